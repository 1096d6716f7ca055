// The expressions `$expr` understands: comparison, logic, choice and simple sums. For the matcher.
import { Double, Int32, Long } from 'bson';
import type { Doc } from './bson.ts';
import { EngineError, location, typeMismatch } from './errors.ts';
import { compareValues } from './key-string.ts';
import { calculate, isNumber, toDouble } from './numbers.ts';
import type { BsonNumber } from './numbers.ts';
import { getField, isPlain, putField } from './paths.ts';

/** Evaluates to a value of the document, `undefined` if it is missing. */
export type Expression = (document: Doc) => unknown;

type Arguments = readonly Expression[];
type Make = (args: Arguments) => Expression;

/** Whether a value counts as true in MongoDB: all but false, null, missing and zero. */
export function isTrue(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false;
  return !isNumber(value) || toDouble(value) !== 0;
}

/** Order of two values in an expression: as everywhere, but a missing one comes before null. */
function order(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compareValues(a, b);
}

function comparison(accept: (order: number) => boolean | number): [number, Make] {
  return [2, (args) => (document) => accept(order(args[0]?.(document), args[1]?.(document)))];
}

function sum(operation: 'add' | 'multiply', start: number): Make {
  return (args) => (document) => {
    let result: BsonNumber = start;
    for (const arg of args) {
      const value = arg(document);
      if (value === null || value === undefined) return null;
      if (!isNumber(value)) throw typeMismatch(`$${operation} only supports numeric types`);
      result = calculate(operation, result, value) ?? toDouble(result) + toDouble(value);
    }
    return result;
  };
}

function negative(value: BsonNumber): BsonNumber {
  if (typeof value === 'number') return -value;
  if (value instanceof Double || value instanceof Int32) return -value.value;
  return value instanceof Long ? value.negate() : (calculate('multiply', value, -1) ?? NaN);
}

/** Number of arguments (-1: any) and how to evaluate, by operator. */
const operators: Record<string, [number, Make]> = {
  $eq: comparison((n) => n === 0),
  $ne: comparison((n) => n !== 0),
  $gt: comparison((n) => n > 0),
  $gte: comparison((n) => n >= 0),
  $lt: comparison((n) => n < 0),
  $lte: comparison((n) => n <= 0),
  $cmp: comparison((n) => Math.sign(n)),
  $and: [-1, (args) => (document) => args.every((arg) => isTrue(arg(document)))],
  $or: [-1, (args) => (document) => args.some((arg) => isTrue(arg(document)))],
  $not: [1, (args) => (document) => !isTrue(args[0]?.(document))],
  $cond: [3, (args) => (document) => (isTrue(args[0]?.(document)) ? args[1] : args[2])?.(document)],
  $ifNull: [-1, (args) => (document) => firstKnown(args, document)],
  $in: [2, (args) => (document) => includes(args[0]?.(document), args[1]?.(document))],
  $isArray: [1, (args) => (document) => Array.isArray(args[0]?.(document))],
  $size: [1, (args) => (document) => sizeOf(args[0]?.(document))],
  $add: [-1, sum('add', 0)],
  $multiply: [-1, sum('multiply', 1)],
  $subtract: [2, (args) => (document) => subtract(args[0]?.(document), args[1]?.(document))],
};

function firstKnown(args: Arguments, document: Doc): unknown {
  let value: unknown;
  for (const arg of args) {
    value = arg(document);
    if (value !== null && value !== undefined) return value;
  }
  return value;
}

function includes(wanted: unknown, list: unknown): boolean {
  if (!Array.isArray(list)) throw location(40081, '$in requires an array as a second argument');
  return list.some((value: unknown) => order(value, wanted) === 0);
}

function sizeOf(list: unknown): number {
  if (!Array.isArray(list)) throw location(17124, 'The argument to $size must be an array');
  return list.length;
}

function subtract(a: unknown, b: unknown): unknown {
  if (a === null || a === undefined || b === null || b === undefined) return null;
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date && isNumber(b)) return new Date(a.getTime() - toDouble(b));
  if (!isNumber(a) || !isNumber(b)) throw typeMismatch('$subtract only supports numeric types');
  return calculate('add', a, negative(b)) ?? toDouble(a) - toDouble(b);
}

/**
 * Compiles an expression.
 * @param variables by name, without the dollars; `NOW` may be among them
 * @throws code 168 for an operator that is not supported, 17276 for an unknown variable
 */
export function compileExpression(expression: unknown, variables: Doc): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) return compileReference(expression, variables);
  if (Array.isArray(expression)) {
    const items = expression.map((item: unknown) => compileExpression(item, variables));
    return (document) => items.map((item) => item(document) ?? null);
  }
  if (!isPlain(expression)) return () => expression;
  const names = Object.keys(expression);
  const [name = ''] = names;
  if (name.startsWith('$')) {
    if (names.length !== 1) throw location(15983, 'An object representing an expression must have exactly one field');
    return compileOperator(name, expression[name], variables);
  }
  const fields = names.map((field): [string, Expression] => [field, compileExpression(expression[field], variables)]);
  return (document) => {
    const result: Doc = {};
    for (const [field, evaluate] of fields) {
      const value = evaluate(document);
      if (value !== undefined) putField(result, field, value);
    }
    return result;
  };
}

function compileOperator(name: string, argument: unknown, variables: Doc): Expression {
  if (name === '$literal') return () => argument;
  const found = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!found) throw new EngineError(168, 'InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  const [count, make] = found;
  let list: unknown[] = Array.isArray(argument) ? argument : [argument];
  if (name === '$cond' && isPlain(argument)) list = [argument['if'], argument['then'], argument['else']];
  if (count >= 0 && list.length !== count) {
    throw location(16020, `Expression ${name} takes exactly ${count} arguments. ${list.length} were passed in.`);
  }
  return make(list.map((item) => compileExpression(item, variables)));
}

function compileReference(reference: string, variables: Doc): Expression {
  if (!reference.startsWith('$$')) {
    const parts = reference.slice(1).split('.');
    if (parts.includes('')) throw location(40353, 'FieldPath must not end with a dot or have empty parts');
    return (document) => valueAt(document, parts, 0);
  }
  const [name = '', ...parts] = reference.slice(2).split('.');
  if (name === 'ROOT' || name === 'CURRENT') return (document) => valueAt(document, parts, 0);
  if (name === 'REMOVE') return () => undefined;
  if (name === 'NOW') return () => variables['NOW'] ?? new Date();
  if (!Object.hasOwn(variables, name)) throw location(17276, `Use of undefined variable: ${name}`);
  const value = valueAt(variables[name], parts, 0);
  return () => value;
}

/** A field path in an expression: through an array it gives the list of what its elements have. */
function valueAt(value: unknown, parts: readonly string[], at: number): unknown {
  const part = parts[at];
  if (part === undefined) return value;
  if (Array.isArray(value)) {
    return value.map((element: unknown) => valueAt(element, parts, at)).filter((element) => element !== undefined);
  }
  return isPlain(value) ? valueAt(getField(value, part), parts, at + 1) : undefined;
}

/** Whether this file knows an operator. */
export function isKnownOperator(name: string): boolean {
  return Object.hasOwn(operators, name);
}

/** Applies an operator to values that are evaluated already. */
export function applyOperator(name: string, values: readonly unknown[]): unknown {
  return operators[name]?.[1](values.map((value) => () => value))({});
}
