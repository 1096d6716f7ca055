// How many bytes collections and indexes have. Reads all of them, chunk by chunk, so that others can go first. For commands/catalog.ts.
import { EngineError } from '../values/errors.ts';
import type { Collection, Index } from './model.ts';
import type { Store } from './store.ts';

const CHUNK = 5000;

type Sizing = Generator<undefined, number>;

/** Bytes of all documents. @throws 175 QueryPlanKilled if the collection is dropped meanwhile */
export function* documentBytes(store: Store, collection: Collection): Sizing {
  const chunk = `SELECT r, v FROM ${collection.table} WHERE r>? ORDER BY r LIMIT ${CHUNK}`;
  const statement = `SELECT count(*) AS n, coalesce(sum(length(v)), 0) AS bytes, max(r) AS last FROM (${chunk})`;
  let total = 0;
  let last = -1;
  for (;;) {
    const found = store.sql.get<{ n: number; bytes: number; last: number | null }>(statement, last);
    total += found?.bytes ?? 0;
    if (!found || found.last === null || found.n < CHUNK) return total;
    ({ last } = found as { last: number });
    yield;
    requireHeld(store, collection, undefined);
  }
}

/** Bytes of all keys of an index. @throws as `documentBytes` */
export function* indexBytes(store: Store, collection: Collection, index: Index): Sizing {
  const order = index.id === 0 ? 'k' : 'k, r';
  const after = `FROM ${index.table} WHERE (k, r)>(?,?) ORDER BY ${order}`;
  const sum = `SELECT count(*) AS n, coalesce(sum(length(k) + 8), 0) AS bytes FROM (SELECT k ${after} LIMIT ${CHUNK})`;
  const end = `SELECT k, r ${after} LIMIT 1 OFFSET ${CHUNK - 1}`;
  let total = 0;
  let last: { k: Uint8Array; r: number } = { k: new Uint8Array(), r: -1 };
  for (;;) {
    const found = store.sql.get<{ n: number; bytes: number }>(sum, last.k, last.r);
    const next = store.sql.get<{ k: Uint8Array; r: number }>(end, last.k, last.r);
    total += found?.bytes ?? 0;
    if (!next) return total;
    last = next;
    yield;
    requireHeld(store, collection, index);
  }
}

function requireHeld(store: Store, collection: Collection, index: Index | undefined): void {
  if (store.catalog.holds(collection, index)) return;
  throw new EngineError(175, 'QueryPlanKilled', 'collection or index dropped while it was measured');
}
