// Runs a query: plan, scan, match, sort, skip and limit. For commands/ and ttl.ts.
import { decodeDocument, type Doc } from '../values/bson.ts';
import { collationFolder } from '../values/collation.ts';
import { EngineError } from '../values/errors.ts';
import { compileFilter } from '../values/match.ts';
import { sortKey, sortRows } from '../values/sort.ts';
import type { Collection, Row } from '../storage/model.ts';
import type { Store } from '../storage/store.ts';
import type { Operation } from './operation.ts';
import { choosePlan, type Plan } from './plan.ts';
import { countKeys, scan, type Paused } from './scan.ts';

export interface Query {
  readonly filter: Doc;
  readonly sort?: Doc | undefined;
  readonly skip?: number;
  /** 0 or undefined: no limit. */
  readonly limit?: number;
  readonly hint?: unknown;
  readonly collation?: Doc | undefined;
  /** Variables of `let`, for `$expr`. */
  readonly variables?: Doc | undefined;
}

/** MongoDB's limit for a sort in memory. */
const SORT_BYTES = 100 * 1024 * 1024;

interface Compiled {
  readonly filter: Doc;
  readonly sort: Doc | undefined;
  readonly fold: ((value: unknown) => unknown) | undefined;
  readonly matches: (row: Row) => boolean;
}

interface Prepared {
  readonly plan: Plan;
  readonly sort: Doc | undefined;
  readonly fold: ((value: unknown) => unknown) | undefined;
  /** Absent if the plan finds nothing else than what matches. */
  readonly matches: ((row: Row) => boolean) | undefined;
}

/** The decoded form of a row, decoded once. */
export function docOf(row: Row): Doc {
  row.doc ??= decodeDocument(row.raw);
  return row.doc;
}

/** Everything of a query that is wrong is refused here, whatever collections and indexes there are. */
function compile(query: Query): Compiled {
  const fold = collationFolder(query.collation);
  const filter = fold ? (fold(query.filter) as Doc) : query.filter;
  const sort = query.sort && Object.keys(query.sort).length > 0 ? query.sort : undefined;
  if (sort && !('$natural' in sort)) sortKey(sort);
  const test = compileFilter(filter, query.variables);
  const matches = fold ? (row: Row) => test(fold(docOf(row)) as Doc) : (row: Row) => test(docOf(row));
  return { filter, sort, fold, matches };
}

function prepare(collection: Collection, query: Query): Prepared {
  const { filter, sort, fold, matches } = compile(query);
  const plan = choosePlan(collection, { filter, sort, hint: query.hint, collation: query.collation });
  return { plan, sort, fold, matches: plan.exact ? undefined : matches };
}

/** The plan a query would run by, for explain. */
export function planOf(collection: Collection, query: Query): Plan {
  return prepare(collection, query).plan;
}

/**
 * The rows of a query in its order; undefined where a pausable operation lets others go first. Lazy: may be left and
 * continued between writes. A collection that does not exist has no rows, but the query must be a valid one all the same.
 */
export function findRows(
  store: Store,
  collection: Collection | undefined,
  query: Query,
  operation: Operation,
): Generator<Row | Paused> {
  if (!collection) {
    compile(query);
    return none();
  }
  return rowsOf(store, collection, query, prepare(collection, query), operation);
}

/** The same all at once, for writing: what is collected before the first write cannot be met again by it. */
export function collectRows(
  store: Store,
  collection: Collection | undefined,
  query: Query,
  operation: Operation,
): Row[] {
  return [...findRows(store, collection, query, operation)].filter((row) => row !== undefined);
}

function* none(): Generator<Row | Paused> {
  // Nothing to yield.
}

function* rowsOf(
  store: Store,
  collection: Collection,
  query: Query,
  prepared: Prepared,
  operation: Operation,
): Generator<Row | Paused> {
  const { plan, sort, matches } = prepared;
  const limit = query.limit || Number.POSITIVE_INFINITY;
  let skip = query.skip ?? 0;
  let left = limit;
  const wanted = plan.sorted ? skip + limit : Number.POSITIVE_INFINITY;
  function* matching(): Generator<Row | Paused> {
    for (const row of scan(store, collection, plan, operation, wanted)) {
      if (!row || !matches || matches(row)) yield row;
    }
  }
  const rows = matching();
  for (const row of plan.sorted || !sort ? rows : sorted(rows, sort, skip + limit, prepared.fold)) {
    if (!row) yield row;
    else if (skip > 0) skip--;
    else {
      yield row;
      if (--left <= 0) return;
    }
  }
}

/** Sorts in memory and keeps little more than the first `wanted` rows. */
function* sorted(
  rows: Iterable<Row | Paused>,
  sort: Doc,
  wanted: number,
  fold: Prepared['fold'],
): Generator<Row | Paused> {
  const sortDoc = (row: Row): Doc => (fold ? (fold(docOf(row)) as Doc) : docOf(row));
  const capacity = wanted * 4 + 1000;
  let kept: Row[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (!row) {
      yield row;
      continue;
    }
    kept.push(row);
    bytes += row.raw.length;
    if (kept.length >= capacity) {
      kept = sortRows(kept, sort, sortDoc).slice(0, wanted);
      bytes = kept.reduce((sum, { raw }) => sum + raw.length, 0);
    }
    if (bytes > SORT_BYTES) {
      const message = 'Sort exceeded memory limit of 104857600 bytes; use an index or a limit';
      throw new EngineError(292, 'QueryExceededMemoryLimitNoDiskUseAllowed', message);
    }
  }
  yield* sortRows(kept, sort, sortDoc);
}

/** How many rows a query has; answered from an index or the kept count where one of them knows. Pauses as `findRows`. */
export function* countRows(
  store: Store,
  collection: Collection | undefined,
  query: Query,
  operation: Operation,
): Generator<Paused, number> {
  if (!collection) {
    compile(query);
    return 0;
  }
  const { plan } = prepare(collection, query);
  let total: number | undefined;
  if (plan.exact && !plan.index) total = store.count(collection);
  else if (plan.exact && plan.index) {
    total = countKeys(store, plan.index, plan.bounds);
    operation.examined(total, 0);
  }
  if (total !== undefined) {
    return Math.min(Math.max(0, total - (query.skip ?? 0)), query.limit || Number.POSITIVE_INFINITY);
  }
  let found = 0;
  for (const row of findRows(store, collection, query, operation)) {
    if (row) found++;
    else yield;
  }
  return found;
}
