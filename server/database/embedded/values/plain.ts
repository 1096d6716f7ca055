// BSON numbers as JavaScript numbers, for mingo, which knows no others. For aggregation.
import { Double, Int32, Long, Timestamp } from 'bson';
import type { Doc } from './bson.ts';
import { isPlain, putField } from './paths.ts';

/** A copy in which every Int32, Double and every Long that fits is a number. Decimal128 stays what it is. */
export function toPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (isPlain(value)) {
    const plain: Doc = {};
    for (const name of Object.keys(value)) putField(plain, name, toPlain(value[name]));
    return plain;
  }
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long && !(value instanceof Timestamp)) {
    const number = value.toNumber();
    return Number.isSafeInteger(number) ? number : value;
  }
  return value;
}
