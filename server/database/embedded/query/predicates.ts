// What a filter says about single fields, as far as an index can use it. For plan.ts only.
import { Binary, BSONValue, Decimal128, Long, ObjectId, Timestamp } from 'bson';
import { isOperators } from '../values/match.ts';
import type { Doc } from '../values/bson.ts';

interface Limit {
  readonly value: unknown;
  readonly inclusive: boolean;
}

export interface Predicate {
  /** The field equals one of these values. */
  points?: readonly unknown[];
  lower?: Limit;
  upper?: Limit;
  /** Points or limits say everything that the filter says about this field. */
  exact: boolean;
}

export interface FilterShape {
  readonly fields: ReadonlyMap<string, Predicate>;
  /** No condition lies outside of `fields`. */
  readonly complete: boolean;
}

/** Takes a filter apart. What it cannot express is left to the matcher, which sees every candidate again. */
export function filterShape(filter: Doc): FilterShape {
  const fields = new Map<string, Predicate>();
  const complete = collect(filter, fields);
  for (const predicate of fields.values()) {
    // NaN lies below all numbers in an index, but no comparison finds it.
    if (predicate.upper && !predicate.lower && isNumber(predicate.upper.value)) predicate.exact = false;
  }
  return { fields, complete };
}

function collect(filter: Doc, fields: Map<string, Predicate>): boolean {
  let complete = true;
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(condition)) {
      for (const part of condition) complete = collect(part as Doc, fields) && complete;
    } else if (name.startsWith('$')) {
      complete = complete && name === '$comment';
    } else {
      const known = fields.get(name);
      const predicate = known ?? { exact: true };
      if (known) predicate.exact = false;
      fields.set(name, predicate);
      for (const [operator, operand] of operatorsOf(condition)) apply(predicate, operator, operand);
      if (predicate.points && (predicate.lower || predicate.upper)) predicate.exact = false;
    }
  }
  return complete;
}

function operatorsOf(condition: unknown): [string, unknown][] {
  return isOperators(condition) ? Object.entries(condition) : [['$eq', condition]];
}

function apply(predicate: Predicate, operator: string, operand: unknown): void {
  if (operator === '$eq' && isPoint(operand)) addPoints(predicate, [operand]);
  else if (operator === '$in' && Array.isArray(operand) && operand.every(isPoint)) addPoints(predicate, operand);
  else if ((operator === '$gt' || operator === '$gte') && isScalar(operand) && !predicate.lower) {
    predicate.lower = { value: operand, inclusive: operator === '$gte' };
    if (isNaNumber(operand)) predicate.exact = false;
  } else if ((operator === '$lt' || operator === '$lte') && isScalar(operand) && !predicate.upper) {
    predicate.upper = { value: operand, inclusive: operator === '$lte' };
    if (isNaNumber(operand)) predicate.exact = false;
  } else predicate.exact = false;
}

function addPoints(predicate: Predicate, values: readonly unknown[]): void {
  if (predicate.points) predicate.exact = false;
  else predicate.points = values;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || value instanceof Long || value instanceof Decimal128;
}

function isNaNumber(value: unknown): boolean {
  return isNumber(value) && Number.isNaN(Number(String(value)));
}

const isPoint = (value: unknown): boolean => value === null || isScalar(value);

function isScalar(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    if (!(value instanceof BSONValue)) return value instanceof Date;
    return (
      value instanceof ObjectId ||
      (value instanceof Long && !(value instanceof Timestamp)) ||
      value instanceof Timestamp ||
      value instanceof Decimal128 ||
      value instanceof Binary
    );
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Whether a text decides here: then only an index of the same collation may be used. */
export function usesText(predicate: Predicate): boolean {
  const values = [...(predicate.points ?? []), predicate.lower?.value, predicate.upper?.value];
  return values.some((value) => typeof value === 'string');
}
