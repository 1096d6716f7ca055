// Walks through the rows of a plan. Reads in chunks continued by key, so that no SQLite statement stays open between two
// calls and writes may happen in the meantime. For find.ts.
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

/** @param wanted how many rows the caller expects to need, the size of the first chunk */
export function* scan(
  store: Store,
  collection: Collection,
  plan: Plan,
  operation: Operation,
  wanted: number,
): Generator<Row> {
  const first = Math.min(Math.max(wanted, 1), wanted > MAX_CHUNK ? FIRST_CHUNK : MAX_CHUNK);
  if (!plan.index) {
    yield* scanTable(store, collection, plan.reverse, operation, first);
    return;
  }
  const seen = plan.index.multikey || plan.bounds.length > 1 ? new Set<number>() : undefined;
  const bounds = plan.reverse ? plan.bounds.toReversed() : plan.bounds;
  for (const bound of bounds) {
    const rows =
      plan.index.id === 0
        ? scanIds(store, collection, bound, plan.reverse, first)
        : scanIndex(store, collection, plan.index, bound, plan.reverse, first);
    for (const { r, v } of rows) {
      operation.examined(1, seen?.has(r) ? 0 : 1);
      if (seen?.has(r)) continue;
      seen?.add(r);
      yield { row: r, raw: v };
    }
  }
}

function* scanTable(
  store: Store,
  collection: Collection,
  reverse: boolean,
  operation: Operation,
  first: number,
): Generator<Row> {
  const statement = reverse
    ? `SELECT r, v FROM ${collection.table} WHERE r<? ORDER BY r DESC LIMIT ?`
    : `SELECT r, v FROM ${collection.table} WHERE r>? ORDER BY r LIMIT ?`;
  let at = reverse ? Number.MAX_SAFE_INTEGER : -1;
  let size = first;
  for (;;) {
    const rows = store.sql.all<DocumentRow>(statement, at, size);
    for (const { r, v } of rows) {
      operation.examined(0, 1);
      yield { row: r, raw: v };
      at = r;
    }
    if (rows.length < size) return;
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
