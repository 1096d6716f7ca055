// The stages of aggregation pipelines that need nothing but documents. For aggregate.ts only.
import { compileStageExpression } from './aggregate-expression.ts';
import { compileProject, compileSet, compileUnset } from './aggregate-fields.ts';
import type { Doc } from './bson.ts';
import { Draft, readPlace, writePlace, clearPlace } from './draft.ts';
import { location } from './errors.ts';
import { compileFilter } from './match.ts';
import { isNumber, toInteger } from './numbers.ts';
import { isPlain } from './paths.ts';
import { sortRows } from './sort.ts';

/** What becomes of one document. */
type Each = (document: Doc) => Iterable<Doc>;
type Change = (document: Doc) => Doc;

const changing = (change: Change): Each => {
  return (document) => [change(document)];
};

/** Stages that look at one document at a time. Together with `wholeStages` and aggregate.ts: all that the README lists. */
export const eachStages: ReadonlyMap<string, (spec: unknown, variables: Doc) => Each> = new Map(
  Object.entries({
    $match: match,
    $project: (spec: unknown, variables: Doc) => changing(compileProject(spec, variables)),
    $set: (spec: unknown, variables: Doc) => changing(compileSet(spec, variables)),
    $addFields: (spec: unknown, variables: Doc) => changing(compileSet(spec, variables)),
    $unset: (spec: unknown) => changing(compileUnset(spec)),
    $unwind: unwind,
    $replaceRoot: replaceRoot,
    $replaceWith: (spec: unknown, variables: Doc) => replaceRoot({ newRoot: spec }, variables),
  }),
);

/** Stages that need all documents at once. */
export const wholeStages: ReadonlyMap<string, (documents: Doc[], spec: unknown) => Doc[]> = new Map(
  Object.entries({
    $sort: sort,
    $skip: (documents: Doc[], spec: unknown) => documents.slice(wholeNumber('$skip', spec, 0, 15956)),
    $limit: (documents: Doc[], spec: unknown) => documents.slice(0, wholeNumber('$limit', spec, 1, 15958)),
    $count: count,
  }),
);

function match(spec: unknown, variables: Doc): Each {
  if (!isPlain(spec)) throw location(15959, 'the match filter must be an expression in an object');
  const matches = compileFilter(spec, variables);
  return (document) => (matches(document) ? [document] : []);
}

export function sort(documents: Doc[], spec: unknown): Doc[] {
  if (!isPlain(spec)) throw location(15973, 'the $sort key specification must be an object');
  if (Object.keys(spec).length === 0) throw location(15976, '$sort stage must have at least one sort key');
  return sortRows(documents, spec, (document) => document);
}

function wholeNumber(name: string, value: unknown, least: number, code: number): number {
  const integer = isNumber(value) ? toInteger(value) : undefined;
  if (integer === undefined || integer < least) throw location(code, `invalid argument to ${name} stage`);
  return Number(integer);
}

/** `$unwind`: one document for each element of a list. */
function unwind(spec: unknown): Each {
  const options = isPlain(spec) ? spec : { path: spec };
  const { path, includeArrayIndex: indexName, preserveNullAndEmptyArrays: preserve } = options;
  if (typeof path !== 'string' || !path.startsWith('$')) throw location(28818, '$unwind needs a path with a leading $');
  if (indexName !== undefined && typeof indexName !== 'string')
    throw location(28810, 'includeArrayIndex must be a string');
  const field = path.slice(1);
  // One by one: a list may be long and the pipeline stopped before its end.
  return function* (document) {
    const place = new Draft(document).find(field);
    const value = place && readPlace(place);
    const empty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    if (empty && preserve !== true) return;
    const elements: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
    for (const [i, element] of elements.entries()) {
      const draft = new Draft(document);
      if (!empty) writePlace(draft.make(field), element);
      else if (Array.isArray(value)) clearPlace(draft.make(field));
      if (indexName !== undefined) writePlace(draft.make(indexName), Array.isArray(value) && !empty ? i : null);
      yield draft.document;
    }
  };
}

function count(documents: Doc[], spec: unknown): Doc[] {
  if (typeof spec !== 'string' || spec === '' || spec.startsWith('$') || spec.includes('.')) {
    throw location(40156, 'the count field must be a non-empty string without $ and .');
  }
  return documents.length === 0 ? [] : [{ [spec]: documents.length }];
}

function replaceRoot(spec: unknown, variables: Doc): Each {
  if (!isPlain(spec) || !('newRoot' in spec)) throw location(40231, 'no newRoot specified for the $replaceRoot stage');
  const evaluate = compileStageExpression(spec['newRoot'], variables);
  return (document) => {
    const root = evaluate(document);
    if (!isPlain(root)) throw location(40228, "'newRoot' expression must evaluate to an object");
    return [root];
  };
}
