// Walks through the rows of a plan. Reads in chunks continued by key, so that no SQLite statement stays open between two
// calls and writes may happen in the meantime. For find.ts.
import { EngineError } from '../values/errors.ts';
import type { Collection, Index, Row } from '../storage/model.ts';
import type { Store } from '../storage/store.ts';
import type { Bound } from './bounds.ts';
import type { Operation } from './operation.ts';
import type { Plan } from './plan.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;
const FIRST_CHUNK = 32;
const MAX_CHUNK = 500;

interface DocumentRow {
  r: number;
  v: Uint8Array;
}

interface KeyedRow extends DocumentRow {
  k: Uint8Array;
}

/** A reader gets a row, or undefined where it may let others go first before it asks for the next one. */
export type Paused = undefined;

/**
 * The rows of a plan.
 * @param wanted how many rows the caller expects to need, the size of the first chunk
 * @throws 175 QueryPlanKilled if collection or index are dropped meanwhile
 */
export function* scan(
  store: Store,
  collection: Collection,
  plan: Plan,
  operation: Operation,
  wanted: number,
): Generator<Row | Paused> {
  const { index } = plan;
  const seen = index && (index.multikey || plan.bounds.length > 1) ? new Set<number>() : undefined;
  let { epoch } = store.catalog;
  for (const { r, v } of rowsOf(store, collection, plan, wanted)) {
    const again = seen?.has(r) === true;
    operation.examined(index ? 1 : 0, again ? 0 : 1, v.length);
    if (again) continue;
    seen?.add(r);
    if (operation.takePause()) {
      yield undefined;
      operation.resume();
    }
    yield { row: r, raw: v };
    if (store.catalog.epoch === epoch) continue;
    epoch = store.catalog.epoch;
    if (store.catalog.holds(collection, index)) continue;
    throw new EngineError(175, 'QueryPlanKilled', 'collection or index dropped during the query');
  }
}

function* rowsOf(store: Store, collection: Collection, plan: Plan, wanted: number): Generator<DocumentRow> {
  const first = Math.min(Math.max(wanted, 1), wanted > MAX_CHUNK ? FIRST_CHUNK : MAX_CHUNK);
  const { index, reverse } = plan;
  if (!index) {
    yield* scanTable(store, collection, reverse, first);
    return;
  }
  for (const bound of reverse ? plan.bounds.toReversed() : plan.bounds) {
    if (index.id === 0) yield* scanIds(store, collection, bound, reverse, first);
    else yield* scanIndex(store, collection, index, bound, reverse, first);
  }
}

function* scanTable(store: Store, collection: Collection, reverse: boolean, first: number): Generator<DocumentRow> {
  const statement = reverse
    ? `SELECT r, v FROM ${collection.table} WHERE r<? ORDER BY r DESC LIMIT ?`
    : `SELECT r, v FROM ${collection.table} WHERE r>? ORDER BY r LIMIT ?`;
  let at = reverse ? Number.MAX_SAFE_INTEGER : -1;
  let size = first;
  for (;;) {
    const rows: DocumentRow[] = store.sql.all<DocumentRow>(statement, at, size);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < size) return;
    at = last.r;
    size = nextSize(rows);
  }
}

/** The `_id` index is part of the collection's own table. */
function* scanIds(
  store: Store,
  collection: Collection,
  bound: Bound,
  reverse: boolean,
  first: number,
): Generator<DocumentRow> {
  const { table } = collection;
  let { from, to }: { from: Uint8Array; to: Uint8Array } = bound;
  let size = first;
  let after = '>=';
  for (;;) {
    const statement = reverse
      ? `SELECT r, k, v FROM ${table} WHERE k>=? AND k<? ORDER BY k DESC LIMIT ?`
      : `SELECT r, k, v FROM ${table} WHERE k${after}? AND k<? ORDER BY k LIMIT ?`;
    const rows: KeyedRow[] = store.sql.all<KeyedRow>(statement, from, to, size);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < size) return;
    if (reverse) to = last.k;
    else from = last.k;
    after = '>';
    size = nextSize(rows);
  }
}

function* scanIndex(
  store: Store,
  collection: Collection,
  index: Index,
  bound: Bound,
  reverse: boolean,
  first: number,
): Generator<DocumentRow> {
  const join = `SELECT i.k, i.r, d.v FROM ${index.table} i CROSS JOIN ${collection.table} d ON d.r=i.r`;
  const statement = reverse
    ? `${join} WHERE (i.k, i.r)<(?,?) AND i.k>=? ORDER BY i.k DESC, i.r DESC LIMIT ?`
    : `${join} WHERE (i.k, i.r)>(?,?) AND i.k<? ORDER BY i.k, i.r LIMIT ?`;
  let key: Uint8Array = reverse ? bound.to : bound.from;
  let row = -1;
  let size = first;
  for (;;) {
    const rows: KeyedRow[] = store.sql.all<KeyedRow>(statement, key, row, reverse ? bound.from : bound.to, size);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < size) return;
    key = last.k;
    row = last.r;
    size = nextSize(rows);
  }
}

/** Few large documents or many small ones at a time. */
function nextSize(rows: readonly DocumentRow[]): number {
  const bytes = rows.reduce((sum, { v }) => sum + v.length, 0);
  return Math.max(2, Math.min(MAX_CHUNK, Math.floor(CHUNK_BYTES / (bytes / rows.length + 1))));
}

/** How many rows a plan has, from the index alone; only for an exact plan over an index that is not multikey. */
export function countKeys(store: Store, index: Index, bounds: readonly Bound[]): number {
  const statement = `SELECT count(*) AS n FROM ${index.table} WHERE k>=? AND k<?`;
  return bounds.reduce((sum, { from, to }) => sum + (store.sql.get<{ n: number }>(statement, from, to)?.n ?? 0), 0);
}
