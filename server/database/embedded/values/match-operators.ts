// Tests of single values: equality, order, membership. For the matcher.
import { BSONSymbol, MaxKey, MinKey, ObjectId } from 'bson';
import type { BSONRegExp } from 'bson';
import { badValue } from './errors.ts';
import { compareValues, encodeKey, typeByte } from './key-string.ts';
import { compileRegex, isRegex } from './regex.ts';
import { isNumber, toDouble } from './numbers.ts';

/** Decides about one value; a missing one is `undefined`. */
export type Test = (value: unknown) => boolean;

const isNull: Test = (value) => value === null || value === undefined;

const STRING = typeByte('');

/** Equality as in `{ field: { $eq: wanted } }`, without looking into arrays. */
export function equals(operand: unknown): Test {
  const wanted = primitive(operand);
  if (wanted === null || wanted === undefined) return isNull;
  if (typeof wanted === 'boolean') return (value) => value === wanted;
  if (typeof wanted === 'string') return (value) => value === wanted || (isObject(value) && equalKeys(value, wanted));
  if (typeof wanted === 'number' && wanted === wanted) {
    return (value) => value === wanted || (isObject(value) && equalKeys(value, wanted));
  }
  if (wanted instanceof ObjectId) return (value) => value instanceof ObjectId && equalIds(value.id, wanted.id);
  if (wanted instanceof Date) {
    const time = wanted.getTime();
    return (value) => value instanceof Date && value.getTime() === time;
  }
  const type = typeByte(wanted);
  const key = encodeKey([wanted]);
  return (value) => value !== undefined && typeByte(value) === type && encodeKey([value]).equals(key);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** For values whose JavaScript types differ but whose BSON types may compare (Long and number). */
function equalKeys(a: object, b: string | number): boolean {
  return typeByte(a) === typeByte(b) && compareValues(a, b) === 0;
}

function equalIds(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 11; i >= 0; i--) if (a[i] !== b[i]) return false;
  return true;
}

/** `{ field: /expression/ }`: text that matches, or the same expression stored as a value. */
export function matches(expression: unknown, options?: string): Test {
  const regex = compileRegex(expression, options);
  const same = isRegex(expression) ? equals(expression) : undefined;
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    if (!isObject(value)) return false;
    if (typeByte(value) === STRING) return regex.test(String(value));
    return same !== undefined && isRegex(value) && same(value);
  };
}

/** What a list (`$in`, `$all`) or a plain condition means by a value: expressions match, others are equal. */
export function means(wanted: unknown): Test {
  return isRegex(wanted) ? matches(wanted) : equals(wanted);
}

/** Membership in a list that may hold expressions and null. */
export function isIn(name: string, list: unknown): Test {
  if (!Array.isArray(list)) throw badValue(`${name} needs an array`);
  const values: unknown[] = list;
  const expressions = values.filter(isRegex).map((expression) => matches(expression));
  const others = values.filter((value) => !isRegex(value)).map((value) => primitive(value) ?? null);
  const direct = new Set(others);
  const keys = new Set(others.map(keyOf));
  return (value) => {
    if (isObject(value) ? keys.has(keyOf(value)) : direct.has(value ?? null)) return true;
    return expressions.length > 0 && expressions.some((expression) => expression(value));
  };
}

/** A BSON number or symbol as the JavaScript value that is equal to it, if there is one; others as they are. */
function primitive(value: unknown): unknown {
  if (typeof value !== 'object') return value;
  if (value instanceof BSONSymbol) return value.value;
  if (!isNumber(value)) return value;
  const double = toDouble(value);
  return compareValues(double, value) === 0 ? double : value;
}

function keyOf(value: unknown): string {
  return encodeKey([value]).toString('latin1');
}

type Order = '$gt' | '$gte' | '$lt' | '$lte';
const accepts: Record<Order, (order: number) => boolean> = {
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

/** `$gt`, `$gte`, `$lt`, `$lte`: only values of the same type compare, NaN only with NaN. */
export function compares(name: Order, bound: unknown): Test {
  const accept = accepts[name];
  if (bound === null || bound === undefined) return accept(0) ? isNull : () => false;
  if (isRegex(bound)) throw badValue("Can't have RegEx as arg to predicate over field");
  if (bound instanceof MinKey || bound instanceof MaxKey) return (value) => accept(compareValues(value, bound));
  if (isNumber(bound)) return comparesNumber(accept, bound);
  if (bound instanceof Date) {
    const time = bound.getTime();
    return (value) => value instanceof Date && accept(value.getTime() - time);
  }
  const type = typeByte(bound);
  return (value) => value !== undefined && typeByte(value) === type && accept(compareValues(value, bound));
}

function comparesNumber(accept: (order: number) => boolean, operand: unknown): Test {
  const bound = primitive(operand);
  if (Number.isNaN(toDouble(bound))) return (value) => accept(0) && isNumber(value) && Number.isNaN(toDouble(value));
  return (value) => {
    if (typeof value === 'number' && typeof bound === 'number') {
      return value === value && accept(compareValues(value, bound));
    }
    return isNumber(value) && !Number.isNaN(toDouble(value)) && accept(compareValues(value, bound));
  };
}

export function isOrder(name: string): name is Order {
  return Object.hasOwn(accepts, name);
}

/** Whether text or an expression may stand as `$regex`. */
export function isPattern(value: unknown): value is string | RegExp | BSONRegExp {
  return typeof value === 'string' || isRegex(value);
}
