// `$project`, `$set` and `$unset` of pipelines: which fields go on and which are computed. For aggregate.ts only.
import { compileStageExpression } from './aggregate-expression.ts';
import type { Doc } from './bson.ts';
import { badValue, location } from './errors.ts';
import { isTrue } from './expression.ts';
import type { Expression } from './expression.ts';
import { isOperators } from './match.ts';
import { isNumber } from './numbers.ts';
import { getField, isPlain, putField, splitPath } from './paths.ts';
import { compileProjection } from './projection.ts';

type Change = (document: Doc) => Doc;

/** `$set`, also `$addFields`: computes fields, nested ones inside what is there. */
export function compileSet(spec: unknown, variables: Doc): Change {
  if (!isPlain(spec)) throw location(40272, '$addFields specification stage must be an object');
  const fields = leaves(spec, '').map(([path, value]): [string, Expression] => [
    path,
    compileStageExpression(value, variables),
  ]);
  return (document) => computeInto(document, document, fields);
}

/** `$project`: flags as in a projection, everything else computed. */
export function compileProject(spec: unknown, variables: Doc): Change {
  if (!isPlain(spec) || Object.keys(spec).length === 0) {
    throw location(51272, '$project specification must have at least one field');
  }
  const flags: Doc = {};
  const computed: [string, Expression][] = [];
  for (const [path, value] of leaves(spec, '')) {
    if (isNumber(value) || typeof value === 'boolean') flags[path] = value;
    else computed.push([path, compileStageExpression(value, variables)]);
  }
  if (computed.length === 0) return compileProjection(flags, {}) ?? ((document) => document);
  const included = Object.keys(flags).filter((path) => path !== '_id');
  const excluded = included.find((path) => !isTrue(flags[path]));
  if (excluded !== undefined) {
    throw location(31310, `Cannot compute fields in exclusion projection, field ${excluded}`);
  }
  if (included.length > 0) {
    const project = compileProjection(flags, {}) ?? ((document: Doc) => document);
    return (document) => computeInto(document, project(document), computed);
  }
  const showId = !('_id' in flags) || isTrue(flags['_id']);
  return (document) => {
    const id = showId && document['_id'] !== undefined;
    return computeInto(document, id ? { _id: document['_id'] } : {}, computed);
  };
}

/** `$unset`: one field name or a list of them. */
export function compileUnset(spec: unknown): Change {
  const names: unknown[] = Array.isArray(spec) ? spec : [spec];
  const flags: Doc = {};
  for (const name of names) {
    if (typeof name !== 'string' || name.startsWith('$')) throw badValue('$unset takes field names');
    flags[name] = 0;
  }
  return compileProjection(flags, {}) ?? ((document) => document);
}

/** The fields of a specification as dotted paths; documents that are no expressions are nested fields. */
function leaves(spec: Doc, prefix: string): [string, unknown][] {
  return Object.keys(spec).flatMap((name): [string, unknown][] => {
    const value = spec[name];
    if (name.startsWith('$') || splitPath(name).includes('')) throw location(16410, `Invalid field name '${name}'`);
    const nested = isPlain(value) && !isOperators(value) && Object.keys(value).length > 0;
    return nested ? leaves(value, `${prefix}${name}.`) : [[prefix + name, value]];
  });
}

function computeInto(document: Doc, base: Doc, fields: readonly [string, Expression][]): Doc {
  let result: unknown = base;
  for (const [path, evaluate] of fields) result = assigned(result, splitPath(path), 0, evaluate(document));
  return result as Doc;
}

/** A copy of `target` with the value at a path: in every element of an array on the way; `undefined` removes. */
function assigned(target: unknown, parts: readonly string[], at: number, value: unknown): unknown {
  const part = parts[at];
  if (part === undefined) return value;
  if (Array.isArray(target)) return target.map((element: unknown) => assigned(element, parts, at, value));
  const copy: Doc = isPlain(target) ? { ...target } : {};
  const child = assigned(getField(copy, part), parts, at + 1, value);
  if (child === undefined) delete copy[part];
  else putField(copy, part, child);
  return copy;
}
