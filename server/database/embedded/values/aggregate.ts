// Runs aggregation pipelines over documents. For the engine's aggregate command and updates by pipeline.
import { compileStageExpression } from './aggregate-expression.ts';
import { compileProject, compileSet, compileUnset } from './aggregate-fields.ts';
import { group } from './aggregate-group.ts';
import type { Doc } from './bson.ts';
import { Draft, readPlace, writePlace, clearPlace } from './draft.ts';
import { badValue, location } from './errors.ts';
import { compileFilter } from './match.ts';
import { isNumber, toInteger } from './numbers.ts';
import { isPlain } from './paths.ts';
import { toPlain } from './plain.ts';
import { sortRows } from './sort.ts';

export interface PipelineOptions {
  /** The command's `let`. */
  variables?: Doc | undefined;
  /** What `$$NOW` says; the present if left out. */
  now?: Date | undefined;
}

type Stage = (documents: Doc[], spec: unknown, variables: Doc) => Doc[];

/** Every stage there is; the README of the engine lists them. */
const stages: Readonly<Record<string, Stage>> = {
  $match: match,
  $sort: sort,
  $skip: (documents, spec) => documents.slice(wholeNumber('$skip', spec, 0, 15956)),
  $limit: (documents, spec) => documents.slice(0, wholeNumber('$limit', spec, 1, 15958)),
  $project: (documents, spec, variables) => documents.map(compileProject(spec, variables)),
  $set: (documents, spec, variables) => documents.map(compileSet(spec, variables)),
  $addFields: (documents, spec, variables) => documents.map(compileSet(spec, variables)),
  $unset: (documents, spec) => documents.map(compileUnset(spec)),
  $unwind: unwind,
  $group: group,
  $count: count,
  $replaceRoot: replaceRoot,
  $replaceWith: (documents, spec, variables) => replaceRoot(documents, { newRoot: spec }, variables),
  $sortByCount: sortByCount,
  $facet: facet,
};

/**
 * Runs a pipeline.
 * @param documents decoded by `decodePlain`; they are left alone, though results may share parts with them
 * @throws 40324 for a stage there is not, 40323 for a stage that is not one field, what the stages throw
 */
export function runPipeline(
  documents: readonly Doc[],
  pipeline: readonly unknown[],
  options: PipelineOptions = {},
): Doc[] {
  const variables = { ...(toPlain(options.variables ?? {}) as Doc), NOW: options.now ?? new Date() };
  return run([...documents], pipeline, variables);
}

function run(documents: Doc[], pipeline: readonly unknown[], variables: Doc): Doc[] {
  let results = documents;
  for (const [name, spec] of pipeline.map(parseStage)) {
    const stage = Object.hasOwn(stages, name) ? stages[name] : undefined;
    if (!stage) throw location(40324, `Unrecognized pipeline stage name: '${name}'`);
    results = stage(results, spec, variables);
  }
  return results;
}

function parseStage(stage: unknown): [string, unknown] {
  const names = isPlain(stage) ? Object.keys(stage) : [];
  const [name] = names;
  if (!isPlain(stage) || name === undefined || names.length !== 1) {
    throw location(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  return [name, toPlain(stage[name])];
}

function match(documents: Doc[], spec: unknown, variables: Doc): Doc[] {
  if (!isPlain(spec)) throw location(15959, 'the match filter must be an expression in an object');
  return documents.filter(compileFilter(spec, variables));
}

function sort(documents: Doc[], spec: unknown): Doc[] {
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
function unwind(documents: Doc[], spec: unknown): Doc[] {
  const options = isPlain(spec) ? spec : { path: spec };
  const { path, includeArrayIndex: indexName, preserveNullAndEmptyArrays: preserve } = options;
  if (typeof path !== 'string' || !path.startsWith('$')) throw location(28818, '$unwind needs a path with a leading $');
  if (indexName !== undefined && typeof indexName !== 'string')
    throw location(28810, 'includeArrayIndex must be a string');
  const field = path.slice(1);
  return documents.flatMap((document) => {
    const place = new Draft(document).find(field);
    const value = place && readPlace(place);
    const empty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    if (empty && preserve !== true) return [];
    const elements: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
    return elements.map((element, i) => {
      const draft = new Draft(document);
      if (!empty) writePlace(draft.make(field), element);
      else if (Array.isArray(value)) clearPlace(draft.make(field));
      if (indexName !== undefined) writePlace(draft.make(indexName), Array.isArray(value) && !empty ? i : null);
      return draft.document;
    });
  });
}

function count(documents: Doc[], spec: unknown): Doc[] {
  if (typeof spec !== 'string' || spec === '' || spec.startsWith('$') || spec.includes('.')) {
    throw location(40156, 'the count field must be a non-empty string without $ and .');
  }
  return documents.length === 0 ? [] : [{ [spec]: documents.length }];
}

function replaceRoot(documents: Doc[], spec: unknown, variables: Doc): Doc[] {
  if (!isPlain(spec) || !('newRoot' in spec)) throw location(40231, 'no newRoot specified for the $replaceRoot stage');
  const evaluate = compileStageExpression(spec['newRoot'], variables);
  return documents.map((document) => {
    const root = evaluate(document);
    if (!isPlain(root)) throw location(40228, "'newRoot' expression must evaluate to an object");
    return root;
  });
}

function sortByCount(documents: Doc[], spec: unknown, variables: Doc): Doc[] {
  return sort(group(documents, { _id: spec, count: { $sum: 1 } }, variables), { count: -1 });
}

function facet(documents: Doc[], spec: unknown, variables: Doc): Doc[] {
  if (!isPlain(spec) || Object.keys(spec).length === 0)
    throw location(40169, 'the $facet specification must be an object');
  const result: Doc = {};
  for (const name of Object.keys(spec)) {
    const pipeline = spec[name];
    if (!Array.isArray(pipeline)) throw badValue(`arguments to $facet must be arrays, ${name} is none`);
    result[name] = run([...documents], pipeline, variables);
  }
  return [result];
}
