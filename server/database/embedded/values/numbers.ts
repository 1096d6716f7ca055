// Arithmetic of BSON numbers with MongoDB's result types. For the updater, expressions and accumulators.
import { Decimal128, Double, Int32, Long, Timestamp } from 'bson';
import { parseDecimal } from './decimal.ts';

const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;
const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

/** A BSON number; a plain one counts as int32 if encoding would make it one, else as double. */
export type BsonNumber = number | Int32 | Double | Long | Decimal128;
export type NumberKind = 'int' | 'long' | 'double' | 'decimal';

/** The type of a number, or undefined if the value is no number. */
export function numberKind(value: unknown): NumberKind | undefined {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Int32) return 'int';
  if (value instanceof Double) return 'double';
  if (value instanceof Long) return value instanceof Timestamp ? undefined : 'long';
  return value instanceof Decimal128 ? 'decimal' : undefined;
}

export function isNumber(value: unknown): value is BsonNumber {
  return numberKind(value) !== undefined;
}

function isInt32(value: number): boolean {
  return Number.isInteger(value) && value >= INT_MIN && value <= INT_MAX && !Object.is(value, -0);
}

/** The nearest double; NaN if the value is no number. */
export function toDouble(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return value.toNumber();
  return value instanceof Decimal128 ? Number(value.toString()) : NaN;
}

/** The value as an integer that fits int64, its fraction cut off if `truncate`; undefined if it is none. */
export function toInteger(value: unknown, truncate = false): bigint | undefined {
  let integer: bigint;
  if (value instanceof Long && !(value instanceof Timestamp)) return value.toBigInt();
  if (value instanceof Decimal128) {
    const parts = parseDecimal(value.toString());
    if (!parts || parts.exponent > 20) return undefined;
    const scale = 10n ** BigInt(Math.abs(parts.exponent));
    integer = parts.exponent < 0 ? parts.coefficient / scale : parts.coefficient * scale;
    if (!truncate && parts.exponent < 0 && integer * scale !== parts.coefficient) return undefined;
  } else {
    const double = toDouble(value);
    if (!Number.isFinite(double) || (!truncate && !Number.isInteger(double))) return undefined;
    integer = BigInt(Math.trunc(double));
  }
  return integer < LONG_MIN || integer > LONG_MAX ? undefined : integer;
}

/**
 * Sum (or product) of two numbers: int32 grows to Long, a double makes it double, a Decimal128 decimal, exactly as
 * far as the type goes.
 * @returns undefined if an integer result does not fit a Long
 */
export function calculate(operation: 'add' | 'multiply', a: BsonNumber, b: BsonNumber): BsonNumber | undefined {
  const kinds = [numberKind(a), numberKind(b)];
  if (kinds.includes('decimal')) return decimals(operation, a, b);
  if (kinds.includes('double')) {
    const result = operation === 'add' ? toDouble(a) + toDouble(b) : toDouble(a) * toDouble(b);
    return a instanceof Double || b instanceof Double ? new Double(result) : result;
  }
  if (kinds.includes('long')) return toLong(integers(operation, a, b));
  const result = operation === 'add' ? toDouble(a) + toDouble(b) : toDouble(a) * toDouble(b);
  return isInt32(result) || result === 0 ? result + 0 : toLong(integers(operation, a, b));
}

function integers(operation: 'add' | 'multiply', a: BsonNumber, b: BsonNumber): bigint {
  const x = toInteger(a) ?? 0n;
  const y = toInteger(b) ?? 0n;
  return operation === 'add' ? x + y : x * y;
}

function toLong(value: bigint): Long | undefined {
  return value < LONG_MIN || value > LONG_MAX ? undefined : Long.fromBigInt(value);
}

function decimals(operation: 'add' | 'multiply', a: BsonNumber, b: BsonNumber): Decimal128 {
  const x = parseDecimal(decimalText(a));
  const y = parseDecimal(decimalText(b));
  if (!x || !y) {
    const result = operation === 'add' ? toDouble(a) + toDouble(b) : toDouble(a) * toDouble(b);
    return Decimal128.fromString(String(result));
  }
  if (operation === 'multiply') return toDecimal(x.coefficient * y.coefficient, x.exponent + y.exponent);
  const exponent = Math.min(x.exponent, y.exponent);
  const sum =
    x.coefficient * 10n ** BigInt(x.exponent - exponent) + y.coefficient * 10n ** BigInt(y.exponent - exponent);
  return toDecimal(sum, exponent);
}

/** A sum divided by a count, for averages: a Decimal128 of a Decimal128, else a double. */
export function average(sum: BsonNumber, count: number): BsonNumber {
  const parts = sum instanceof Decimal128 ? parseDecimal(sum.toString()) : undefined;
  if (!parts) return sum instanceof Decimal128 ? sum : toDouble(sum) / count;
  const quotient = (parts.coefficient * 10n ** 34n) / BigInt(count);
  const shift = /0*$/.exec(quotient.toString())?.[0].length ?? 0;
  const zeros = quotient === 0n ? 0 : Math.min(shift, 34);
  return toDecimal(quotient / 10n ** BigInt(zeros), parts.exponent - 34 + zeros);
}

function toDecimal(coefficient: bigint, exponent: number): Decimal128 {
  return Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`);
}

/** A number as Decimal128 text; of a double 15 digits count, as in MongoDB. */
function decimalText(value: BsonNumber): string {
  if (value instanceof Decimal128 || value instanceof Long) return value.toString();
  const double = toDouble(value);
  return Number.isInteger(double) ? BigInt(double).toString() : String(Number(double.toPrecision(15)));
}
