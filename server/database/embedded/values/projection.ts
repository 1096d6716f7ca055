// Compiles projections: which fields of a document a reply carries. For find and findAndModify.
import type { Doc } from './bson.ts';
import { badValue, location } from './errors.ts';
import { compileExpression, isTrue } from './expression.ts';
import { compileFilter, isOperators, matchPosition } from './match.ts';
import { isNumber, toInteger } from './numbers.ts';
import { isPlain, putField } from './paths.ts';

/** What happens to a field; a function gives its new value (`undefined` leaves it out). */
type Rule = 'listed' | Branch | ((value: unknown, document: Doc) => unknown);
type Branch = Map<string, Rule>;

interface Parsed {
  filter: Doc;
  rules: Branch;
  /** Fields that are computed, in the order of the projection. */
  computed: [string, (document: Doc) => unknown][];
  includes: boolean | undefined;
  id: boolean | undefined;
  sliced: boolean;
}

/**
 * Compiles a projection: inclusion, exclusion, nested fields, `$slice`, `$elemMatch`, the positional `.$` and the
 * expressions of `$expr`. Documents may be decoded either way; the input is left alone but shares its values.
 * @param filter the filter of the query, for the positional operator
 * @returns undefined if nothing is projected
 * @throws 31253 or 31254 for a mix of inclusion and exclusion, 31249 for paths that collide, 2 for what is unknown
 */
export function compileProjection(
  projection: Doc | undefined,
  filter: Doc | undefined,
): ((document: Doc) => Doc) | undefined {
  if (!projection || Object.keys(projection).length === 0) return undefined;
  const parsed: Parsed = {
    filter: filter ?? {},
    rules: new Map(),
    computed: [],
    includes: undefined,
    id: undefined,
    sliced: false,
  };
  readFields(projection, [], parsed);
  const { rules, computed, id } = parsed;
  const includes = parsed.includes ?? (parsed.sliced ? false : id === true);
  const showId = id ?? true;
  return (document) => {
    const result: Doc = {};
    if (showId && document['_id'] !== undefined) result['_id'] = document['_id'];
    project(document, rules, includes, document, result);
    for (const [name, evaluate] of computed) {
      const value = evaluate(document);
      if (value !== undefined) putField(result, name, value);
    }
    return result;
  };
}

function readFields(fields: Doc, prefix: readonly string[], parsed: Parsed): void {
  for (const name of Object.keys(fields)) {
    const path = [...prefix, ...name.split('.')];
    if (path.includes('')) throw location(40353, `FieldPath '${path.join('.')}' has an empty part`);
    readField(path, fields[name], parsed);
  }
}

function readField(path: readonly string[], value: unknown, parsed: Parsed): void {
  if (path.at(-1) === '$') return readPositional(path.slice(0, -1), value, parsed);
  if (path.some((part) => part.startsWith('$'))) throw badValue(`positional projection must end '${path.join('.')}'`);
  if (isNumber(value) || typeof value === 'boolean') return readFlag(path, isTrue(value), parsed);
  if (isPlain(value) && !isOperators(value)) {
    if (Object.keys(value).length === 0) throw location(51270, 'An empty sub-projection is not a valid value');
    return readFields(value, path, parsed);
  }
  const operators = isPlain(value) ? value : {};
  if ('$slice' in operators) {
    parsed.sliced = true;
    addRule(parsed.rules, path, compileSlice(operators['$slice']));
  } else if ('$elemMatch' in operators) {
    if (path.length > 1) throw location(31275, 'Cannot use $elemMatch projection on a nested field.');
    include(path, parsed);
    addRule(parsed.rules, path, compileFirst(operators['$elemMatch']));
  } else {
    if (path.length > 1) throw badValue('a computed field of a projection must be at the top');
    include(path, parsed);
    const name = path.join('.');
    parsed.computed.push([name, compileExpression(value, {})]);
    addRule(parsed.rules, path, () => undefined);
    if (name === '_id') parsed.id = false;
  }
}

function readFlag(path: readonly string[], included: boolean, parsed: Parsed): void {
  if (path.length === 1 && path[0] === '_id') {
    parsed.id = included;
    return;
  }
  if (included) include(path, parsed);
  else {
    if (parsed.includes === true) {
      throw location(31254, `Cannot do exclusion on field ${path.join('.')} in inclusion projection`);
    }
    parsed.includes = false;
  }
  addRule(parsed.rules, path, 'listed');
}

function include(path: readonly string[], parsed: Parsed): void {
  if (parsed.includes === false) {
    throw location(31253, `Cannot do inclusion on field ${path.join('.')} in exclusion projection`);
  }
  parsed.includes = true;
}

function readPositional(path: readonly string[], value: unknown, parsed: Parsed): void {
  if (!isTrue(value)) throw location(31395, 'positional projection cannot be used with exclusion');
  include(path, parsed);
  const field = path.join('.');
  addRule(parsed.rules, path, (array) => {
    if (!Array.isArray(array) || array.length === 0) return array;
    return [array[matchPosition(parsed.filter, field, array)]];
  });
}

function addRule(rules: Branch, path: readonly string[], rule: Rule): void {
  let branch = rules;
  path.forEach((part, i) => {
    const known = branch.get(part);
    if (i === path.length - 1) {
      if (known !== undefined) throw location(31250, `Path collision at ${path.join('.')}`);
      branch.set(part, rule);
    } else if (known === undefined) {
      const next: Branch = new Map();
      branch.set(part, next);
      branch = next;
    } else if (known instanceof Map) branch = known;
    else throw location(31249, `Path collision at ${path.join('.')} remaining portion ${path.slice(i + 1).join('.')}`);
  });
}

/** `$slice: count` or `$slice: [skip, count]`; negative numbers count from the end. */
function compileSlice(argument: unknown): (value: unknown) => unknown {
  const [skip, count] = Array.isArray(argument) ? argument.map(wholeNumber) : [undefined, wholeNumber(argument)];
  if (count === undefined || (Array.isArray(argument) && argument.length !== 2)) {
    throw location(28667, 'Invalid $slice syntax. It takes a number or a list of two');
  }
  if (skip !== undefined && count <= 0) throw location(28724, '$slice limit must be positive');
  return (value) => {
    if (!Array.isArray(value)) return value;
    if (skip === undefined) return count < 0 ? value.slice(count) : value.slice(0, count);
    const from = skip < 0 ? Math.max(value.length + skip, 0) : skip;
    return value.slice(from, from + count);
  };
}

function wholeNumber(value: unknown): number {
  const integer = isNumber(value) ? toInteger(value, true) : undefined;
  if (integer === undefined) throw location(28667, 'Invalid $slice syntax. It takes whole numbers');
  return Number(integer);
}

/** `$elemMatch`: a list of the first element that matches; without one the field is left out. */
function compileFirst(argument: unknown): (value: unknown) => unknown {
  const matches = compileFilter({ a: { $elemMatch: argument } });
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const found = value.findIndex((element) => matches({ a: [element] }));
    return found < 0 ? undefined : [value[found]];
  };
}

function project(source: Doc, rules: Branch, includes: boolean, document: Doc, result: Doc): void {
  for (const name of Object.keys(source)) {
    if (source === document && name === '_id' && !rules.has(name)) continue; // done first
    const rule = rules.get(name);
    let value: unknown;
    if (rule === undefined) value = includes ? undefined : source[name];
    else if (rule === 'listed') value = includes ? source[name] : undefined;
    else if (typeof rule === 'function') value = rule(source[name], document);
    else value = projectValue(source[name], rule, includes, document);
    if (value !== undefined) putField(result, name, value);
  }
}

/** A projection of nested fields goes through arrays; what is no document has none of the fields. */
function projectValue(value: unknown, rules: Branch, includes: boolean, document: Doc): unknown {
  if (Array.isArray(value)) {
    return value
      .map((element: unknown) => projectValue(element, rules, includes, document))
      .filter((element) => element !== undefined);
  }
  if (!isPlain(value)) return includes ? undefined : value;
  const result: Doc = {};
  project(value, rules, includes, document, result);
  return result;
}
