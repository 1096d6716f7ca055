// Compiles filters to functions, with MongoDB's matching rules. For the engine: reads, writes, indexes, projections.
import type { Doc } from './bson.ts';
import { badValue } from './errors.ts';
import { compileExpression, isTrue } from './expression.ts';
import { compileBits, compileMod } from './match-bits.ts';
import { compares, equals, isIn, isOrder, isPattern, matches, means } from './match-operators.ts';
import type { Test } from './match-operators.ts';
import { compileType } from './match-types.ts';
import { isNumber, toInteger } from './numbers.ts';
import { getField, isIndex, isPlain, splitPath } from './paths.ts';
import { isRegex } from './regex.ts';

export type Matcher = (document: Doc) => boolean;

/** Applies a test of a value to what it is about: the value itself or what a path reaches. */
type Place = (test: Test, intoArrays: boolean) => Test;

const inPlace: Place = (test) => test;
const LOGICAL = new Set(['$and', '$or', '$nor']);

/** Whether a condition is made of operators (`{ $gt: 5 }`) and is not a value to compare with. */
export function isOperators(condition: unknown): condition is Doc {
  if (!isPlain(condition)) return false;
  const first = Object.keys(condition)[0];
  return first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id';
}

/**
 * Compiles a filter. Works on documents decoded either way; `$type` of numbers is exact on typed ones.
 * @param variables of the command's `let`, for `$expr`
 * @throws code 2 for anything the filter language does not have, 168 for an expression `$expr` cannot do
 */
export function compileFilter(filter: Doc | undefined, variables: Doc = {}): Matcher {
  const tests: Matcher[] = [];
  for (const name of Object.keys(filter ?? {})) {
    const condition = filter?.[name];
    if (name === '$comment') continue;
    if (name === '$expr') {
      const evaluate = compileExpression(condition, variables);
      tests.push((document) => isTrue(evaluate(document)));
    } else if (LOGICAL.has(name)) tests.push(compileLogical(name, condition, variables));
    else if (name.startsWith('$')) throw badValue(`unknown top level operator: ${name}`);
    else tests.push(...(compileCondition(condition, placeAt(name)) as Matcher[]));
  }
  return every(tests);
}

/** Compiles operators to a test of one value that does not look into arrays, as `$elemMatch` needs it. */
function compileValueTest(operators: Doc): Test {
  return every(compileOperators(operators, inPlace));
}

function every<T>(tests: ((value: T) => boolean)[]): (value: T) => boolean {
  const [first, second, third] = tests;
  if (!first) return () => true;
  if (!second) return first;
  if (!third) return (value) => first(value) && second(value);
  return (value) => {
    for (const test of tests) if (!test(value)) return false;
    return true;
  };
}

function negate(test: Test): Test {
  return (value) => !test(value);
}

function compileLogical(name: string, condition: unknown, variables: Doc): Matcher {
  if (!Array.isArray(condition) || condition.length === 0) throw badValue(`${name} must be a nonempty array`);
  const parts = condition.map((part: unknown) => {
    if (!isPlain(part)) throw badValue(`${name} argument's entries must be objects`);
    return compileFilter(part, variables);
  });
  if (name === '$and') return every(parts);
  if (name === '$or') return (document) => parts.some((part) => part(document));
  return (document) => !parts.some((part) => part(document));
}

function compileCondition(condition: unknown, place: Place): Test[] {
  return isOperators(condition) ? compileOperators(condition, place) : [place(means(condition), true)];
}

function compileOperators(operators: Doc, place: Place): Test[] {
  return Object.keys(operators).flatMap((name): Test[] => {
    const argument = operators[name];
    switch (name) {
      case '$ne':
        if (isRegex(argument)) throw badValue("Can't have regex as arg to $ne.");
        return [negate(place(equals(argument), true))];
      case '$nin':
        return [negate(place(isIn(name, argument), true))];
      case '$not':
        return [negate(every(compileNot(argument, place)))];
      case '$exists': {
        const exists = place((value) => value !== undefined, false);
        return [isTrue(argument) ? exists : negate(exists)];
      }
      case '$all':
        return compileAll(argument, place);
      case '$options':
        if (!('$regex' in operators)) throw badValue('$options needs a $regex');
        return [];
      case '$size':
      case '$elemMatch':
        return [place(compileArray(name, argument), false)];
      default:
        return [place(compileSingle(name, argument, operators), true)];
    }
  });
}

function compileNot(argument: unknown, place: Place): Test[] {
  if (isRegex(argument)) return [place(matches(argument), true)];
  if (!isOperators(argument)) throw badValue('$not needs a regex or a document');
  return compileOperators(argument, place);
}

/** Each element must be met on its own, perhaps by different values the path reaches. */
function compileAll(argument: unknown, place: Place): Test[] {
  if (!Array.isArray(argument)) throw badValue('$all needs an array');
  if (argument.length === 0) return [() => false];
  return argument.flatMap((wanted: unknown) => {
    if (isPlain(wanted) && '$elemMatch' in wanted) return compileOperators(wanted, place);
    if (isOperators(wanted)) throw badValue('no $ expressions in $all');
    return [place(means(wanted), true)];
  });
}

function compileArray(name: string, argument: unknown): Test {
  if (name === '$elemMatch') return compileElemMatch(argument);
  const size = isNumber(argument) ? toInteger(argument) : undefined;
  if (size === undefined || size < 0n) throw badValue('Failed to parse $size. Expected a non-negative whole number');
  const length = Number(size);
  return (value) => Array.isArray(value) && value.length === length;
}

function compileElemMatch(argument: unknown): Test {
  if (!isPlain(argument)) throw badValue('$elemMatch needs an Object');
  const first = Object.keys(argument)[0] ?? '';
  let test: Test;
  if (isOperators(argument) && !LOGICAL.has(first) && first !== '$expr') test = compileValueTest(argument);
  else {
    const filter = compileFilter(argument);
    test = (element) => (isPlain(element) ? filter(element) : Array.isArray(element) && filter({ ...element }));
  }
  return (value) => Array.isArray(value) && value.some(test);
}

function compileSingle(name: string, argument: unknown, operators: Doc): Test {
  if (isOrder(name)) return compares(name, argument);
  switch (name) {
    case '$eq':
      return equals(argument);
    case '$in':
      return isIn(name, argument);
    case '$type':
      return compileType(argument);
    case '$mod':
      return compileMod(argument);
    case '$regex': {
      if (!isPattern(argument)) throw badValue('$regex has to be a string');
      const options = operators['$options'];
      if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
      return matches(argument, options);
    }
    case '$bitsAllSet':
    case '$bitsAnySet':
    case '$bitsAllClear':
    case '$bitsAnyClear':
      return compileBits(name, argument);
    default:
      throw badValue(`unknown operator: ${name}`);
  }
}

/** Tests what a dotted field name reaches in a document. */
function placeAt(field: string): Place {
  const parts = splitPath(field);
  const [first] = parts;
  const ordinary = first !== undefined && !(first in Object.prototype);
  return (test, intoArrays) => {
    const leaf: Test = intoArrays ? (value) => test(value) || (Array.isArray(value) && value.some(test)) : test;
    if (parts.length === 1 && ordinary) return (document) => leaf((document as Doc)[first]);
    return (document) => reaches(document, parts, 0, leaf);
  };
}

/** Whether one of the values a path reaches passes; elements of arrays on the way are tried, nested arrays are not. */
function reaches(value: unknown, parts: readonly string[], at: number, test: Test): boolean {
  const part = parts[at];
  if (part === undefined) return test(value);
  if (isPlain(value)) return reaches(getField(value, part), parts, at + 1, test);
  if (!Array.isArray(value)) return test(undefined);
  // A position that exists is meant as one, except by elements with a field of this very name, as in index values.
  const position = isIndex(part) && Number(part) < value.length;
  if (position && reaches(value[Number(part)], parts, at + 1, test)) return true;
  for (const element of value) {
    if (isPlain(element) && (!position || Object.hasOwn(element, part)) && reaches(element, parts, at, test))
      return true;
  }
  return false;
}

type Positions = Map<string, Matcher[]>;
const positions = new WeakMap<Doc, Positions>();

/**
 * The index of the array element that made a filter match: what the positional `$` stands for. Conditions on the
 * array at `path` should meet in one element; if none does, the first condition met by an element decides.
 * @throws code 2 if the filter says nothing about this array
 */
export function matchPosition(filter: Doc, path: string, array: readonly unknown[]): number {
  for (const test of positionTests(filter, path)) {
    const at = array.findIndex((element) => test({ a: [element] }));
    if (at >= 0) return at;
  }
  throw badValue('The positional operator did not find the match needed from the query.');
}

function positionTests(filter: Doc, path: string): Matcher[] {
  let byPath = positions.get(filter);
  if (!byPath) positions.set(filter, (byPath = new Map()));
  let tests = byPath.get(path);
  if (!tests) {
    const conditions = conditionsOn(filter, path);
    tests = conditions.map((condition) => compileFilter(condition));
    if (conditions.length > 1) tests.unshift(compileFilter({ $and: conditions }));
    byPath.set(path, tests);
  }
  return tests;
}

/** The conditions of a filter on an array or fields of its elements, as conditions on the field `a`. */
function conditionsOn(filter: Doc, path: string): Doc[] {
  return Object.keys(filter).flatMap((name) => {
    const condition = filter[name];
    if (name === '$and' || name === '$or') return (condition as Doc[]).flatMap((part) => conditionsOn(part, path));
    return name === path || name.startsWith(`${path}.`) ? [{ [`a${name.slice(path.length)}`]: condition }] : [];
  });
}
