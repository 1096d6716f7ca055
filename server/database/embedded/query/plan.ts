// Chooses the index for a query: fixed fields first, then one range, then the order of the sort; otherwise a table scan.
// For find.ts, explain and the fuzz test.
import { badValue } from '../values/errors.ts';
import { isPlain } from '../values/paths.ts';
import type { Doc } from '../values/bson.ts';
import type { Collection, Index } from '../storage/model.ts';
import { useIndex, type Bound, type IndexUse } from './bounds.ts';
import { filterShape, usesText, type FilterShape } from './predicates.ts';

export interface Plan {
  /** Absent: the documents are read in natural order. */
  readonly index: Index | undefined;
  /** None: no document can match. */
  readonly bounds: readonly Bound[];
  readonly reverse: boolean;
  /** Rows come in the order of the sort. */
  readonly sorted: boolean;
  /** Every row matches; the filter need not be asked again. */
  readonly exact: boolean;
}

export interface PlanRequest {
  readonly filter: Doc;
  readonly sort?: Doc | undefined;
  readonly hint?: unknown;
  readonly collation?: Doc | undefined;
}

type SortField = readonly [field: string, direction: number];

/** @throws 2 BadValue if a hint names no index */
export function choosePlan(collection: Collection, request: PlanRequest): Plan {
  const shape = filterShape(request.filter);
  const sort = Object.entries(request.sort ?? {}).map(([field, order]): SortField => [
    field,
    Number(order) < 0 ? -1 : 1,
  ]);
  const hinted = hintedIndex(collection, request.hint);
  const naturalOrder = hinted === 'natural' ? Number(Object.values(request.hint as Doc)[0]) : (sort[0]?.[1] ?? 1);
  const byNature = sort.length === 0 || sort[0]?.[0] === '$natural';
  const table: Plan = {
    index: undefined,
    bounds: [],
    reverse: (hinted === 'natural' || (byNature && sort.length > 0)) && naturalOrder < 0,
    sorted: byNature,
    exact: shape.complete && shape.fields.size === 0,
  };
  if (hinted === 'natural' || (sort.length > 0 && byNature)) return table;
  if (hinted) return planFor(hinted, request, shape, sort).plan;
  let best = table;
  let bestScore = sort.length > 0 ? 0 : 0.5;
  for (const index of collection.indexes) {
    if (!covers(index, request, shape)) continue;
    const { plan, score } = planFor(index, request, shape, sort);
    if (score > bestScore) {
      best = plan;
      bestScore = score;
    }
  }
  return best;
}

function planFor(
  index: Index,
  request: PlanRequest,
  shape: FilterShape,
  sort: readonly SortField[],
): { plan: Plan; score: number } {
  const sameCollation = collationId(index.collation) === collationId(request.collation);
  const fields = sameCollation ? shape.fields : withoutText(shape.fields);
  const use = useIndex(index, fields);
  const order = sameCollation ? sortDirection(index, use, sort) : undefined;
  const sorted = sort.length === 0 || order !== undefined;
  const all = [...shape.fields.keys()].every((field) => use.used.has(field));
  const plan: Plan = {
    index,
    bounds: use.bounds,
    reverse: order === -1,
    sorted,
    exact: shape.complete && all && use.exact && !index.multikey,
  };
  const helpsSort = sort.length > 0 && order !== undefined;
  if (use.equal === 0 && !use.range && !helpsSort) return { plan, score: 0 };
  const complete = use.equal === index.fields.length && index.unique;
  return { plan, score: use.equal * 10 + (use.range ? 6 : 0) + (helpsSort ? 7 : 0) + (complete ? 5 : 0) };
}

/** 1 or -1 if walking the index forwards or backwards gives the order of the sort. */
function sortDirection(index: Index, use: IndexUse, sort: readonly SortField[]): 1 | -1 | undefined {
  if (index.multikey || !use.single) return undefined;
  const fixed = index.fields.slice(0, use.equal);
  const open = sort.filter(([field]) => !fixed.includes(field));
  let direction: 1 | -1 | undefined;
  for (const [i, [field, order]] of open.entries()) {
    if (index.fields[use.equal + i] !== field) return undefined;
    const step = order === index.directions[use.equal + i] ? 1 : -1;
    if (direction !== undefined && direction !== step) return undefined;
    direction = step;
  }
  return direction ?? 1;
}

/** Whether every document that can match is in the index at all. */
function covers(index: Index, request: PlanRequest, shape: FilterShape): boolean {
  if (index.partial && !implies(request.filter, index.partial)) return false;
  if (!index.sparse) return true;
  return index.fields.some((field) => {
    const predicate = shape.fields.get(field);
    if (predicate?.points) return !predicate.points.includes(null);
    return predicate?.lower !== undefined || predicate?.upper !== undefined;
  });
}

/** Whether a filter says at least what a partial index asks for; the few forms that partial indexes are made with. */
function implies(filter: Doc, partial: Doc): boolean {
  return Object.entries(partial).every(([field, wanted]) => {
    if (!Object.hasOwn(filter, field)) return false;
    const given = filter[field];
    if (JSON.stringify(given) === JSON.stringify(wanted) && !(given instanceof RegExp)) return true;
    if (!isPlain(wanted) || Object.keys(wanted).length !== 1) return false;
    if (wanted['$exists'] === true) return isValue(given);
    if (wanted['$type'] === 'string') return typeof given === 'string';
    if (typeof wanted['$gt'] === 'number') return typeof given === 'number' && given > wanted['$gt'];
    return false;
  });
}

function isValue(given: unknown): boolean {
  if (given === null || given === undefined) return false;
  return !isPlain(given) || !Object.keys(given).some((name) => name.startsWith('$'));
}

function hintedIndex(collection: Collection, hint: unknown): Index | 'natural' | undefined {
  if (hint === undefined || (isPlain(hint) && Object.keys(hint).length === 0)) return undefined;
  if (isPlain(hint) && Object.keys(hint)[0] === '$natural') return 'natural';
  const found = collection.indexes.find((index) =>
    typeof hint === 'string' ? index.name === hint : sameKey(index.key, hint as Doc),
  );
  if (!found)
    throw badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  return found;
}

/** Whether two index keys are the same fields in the same order and direction. */
export function sameKey(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const text = (key: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(Object.entries(key).map(([field, direction]) => [field, Number(direction)]));
  return text(a) === text(b);
}

function collationId(collation: Doc | undefined): string {
  const strength = Number(collation?.['strength'] ?? 3);
  const numeric = collation?.['numericOrdering'] === true;
  // Strength 3 compares as without a collation, see values/collation.ts.
  if (!collation || collation['locale'] === 'simple' || (strength === 3 && !numeric)) return '';
  return JSON.stringify([collation['locale'], strength, numeric]);
}

function withoutText(fields: FilterShape['fields']): FilterShape['fields'] {
  return new Map([...fields].filter(([, predicate]) => !usesText(predicate)));
}
