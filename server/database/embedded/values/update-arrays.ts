// The update operators on lists: what becomes of a list. For update-operators.ts only.
import { Buffer } from 'node:buffer';
import type { Doc } from './bson.ts';
import { badValue, failedToParse, typeMismatch } from './errors.ts';
import { compareValues } from './key-string.ts';
import { compileFilter, isOperators } from './match.ts';
import { equals } from './match-operators.ts';
import type { Test } from './match-operators.ts';
import { typeName } from './match-types.ts';
import { isNumber, toDouble, toInteger } from './numbers.ts';
import { isPlain } from './paths.ts';
import { isRegex } from './regex.ts';
import { sortKey } from './sort.ts';

type List = readonly unknown[];

const PUSH_CLAUSES = new Set(['$each', '$position', '$slice', '$sort']);

/** `$push`: one value, or `$each` with `$position`, then `$sort`, then `$slice`. */
export function push(list: List, argument: unknown): unknown[] {
  if (!isPlain(argument) || !('$each' in argument)) return [...list, argument];
  for (const clause of Object.keys(argument)) {
    if (!PUSH_CLAUSES.has(clause)) throw badValue(`Unrecognized clause in $push: ${clause}`);
  }
  const { $each: values, $position: position, $sort: sort, $slice: slice } = argument;
  if (!Array.isArray(values))
    throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeName(values)}`);
  const at = position === undefined ? list.length : wholeNumber('$position', position);
  let result = [...list];
  result.splice(at, 0, ...(values as unknown[]));
  if (sort !== undefined) result = sorted(result, sort);
  if (slice === undefined) return result;
  const count = wholeNumber('$slice', slice);
  return count < 0 ? result.slice(count) : result.slice(0, count);
}

function wholeNumber(clause: string, value: unknown): number {
  const integer = isNumber(value) ? toInteger(value) : undefined;
  if (integer === undefined) throw badValue(`The value for ${clause} must be an integer value`);
  return Number(integer);
}

function sorted(list: unknown[], sort: unknown): unknown[] {
  if (isPlain(sort)) {
    const key = sortKey(sort);
    return list
      .map((value) => ({ value, key: key(value) }))
      .sort((a, b) => Buffer.compare(a.key, b.key))
      .map(({ value }) => value);
  }
  const direction = isNumber(sort) ? toDouble(sort) : 0;
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
  return list.sort((a, b) => direction * compareValues(a, b));
}

/** `$addToSet`: values that the list does not have yet. */
export function addToSet(list: List, argument: unknown): unknown[] {
  const result = [...list];
  let values: unknown = [argument];
  if (isPlain(argument) && '$each' in argument) {
    values = argument['$each'];
    if (Object.keys(argument).length > 1) throw badValue('Found unexpected fields after $each in $addToSet');
  }
  if (!Array.isArray(values)) throw typeMismatch('The argument to $each in $addToSet must be an array');
  for (const value of values) if (!result.some(equals(value))) result.push(value);
  return result;
}

/** `$pop`: without the last element (1) or the first (-1). */
export function pop(list: List, argument: unknown): unknown[] {
  const end = isNumber(argument) ? toDouble(argument) : 0;
  if (end !== 1 && end !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${String(argument)}`);
  return end < 0 ? list.slice(1) : list.slice(0, -1);
}

/** `$pullAll`: without the elements that equal one of the values. */
export function pullAll(list: List, argument: unknown): unknown[] {
  if (!Array.isArray(argument)) throw badValue('$pullAll requires an array argument');
  const tests = argument.map((value: unknown) => equals(value));
  return list.filter((element) => !tests.some((test) => test(element)));
}

const conditions = new WeakMap<Doc, Test>();

/** `$pull`: without the elements that meet a condition, match a filter of their fields or equal a value. */
export function pull(list: List, argument: unknown): unknown[] {
  let test: Test | undefined;
  if (isPlain(argument)) {
    test = conditions.get(argument);
    if (!test) conditions.set(argument, (test = compileCondition(argument)));
  } else test = isRegex(argument) ? compileCondition(argument) : equals(argument);
  const removes = test;
  return list.filter((element) => !removes(element));
}

function compileCondition(argument: unknown): Test {
  const logical = isPlain(argument) && /^\$(and|or|nor)$/.test(Object.keys(argument)[0] ?? '');
  if (isPlain(argument) && (logical || !isOperators(argument))) {
    const filter = compileFilter(argument);
    return (element) => isPlain(element) && filter(element);
  }
  const filter = compileFilter({ element: argument });
  return (element) => filter({ element });
}
