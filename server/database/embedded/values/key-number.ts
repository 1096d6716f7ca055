// Order-preserving bytes of numbers of every BSON type; equal numbers give equal bytes. For key-string.ts only.
//
// A number is written as the nearest double, then on which side of this double it lies (nearly always: on it), then,
// only if beside it, its own decimal digits. Rounding keeps order, so the whole is exact for Long and Decimal128 too.
import { exactParts, parseDecimal } from './decimal.ts';
import type { KeyWriter } from './key-writer.ts';

const BELOW = 0x40;
const ON = 0x80;
const ABOVE = 0xc0;

/** Writes a double or an int32. NaN comes before every other number; -0 is 0. */
export function writeDouble(writer: KeyWriter, value: number): void {
  if (Number.isNaN(value)) writer.uint64(0n);
  else writer.double(value === 0 ? 0 : value);
  writer.byte(ON);
}

/** Writes an integer of any size. */
export function writeInteger(writer: KeyWriter, value: bigint): void {
  const nearest = Number(value);
  const difference = value - BigInt(nearest);
  writer.double(nearest);
  writeSide(writer, difference < 0n ? -1 : difference > 0n ? 1 : 0, value, 0);
}

/** Writes a Decimal128 given as text; an infinity or NaN is that of the doubles. */
export function writeDecimal(writer: KeyWriter, text: string): void {
  const decimal = parseDecimal(text);
  if (!decimal) return writeDouble(writer, Number(text));
  const { coefficient, exponent } = decimal;
  if (coefficient === 0n) return writeDouble(writer, 0);
  const nearest = Number(`${coefficient}e${exponent}`);
  writer.double(nearest === 0 ? 0 : nearest);
  writeSide(writer, compareWithDouble(coefficient, exponent, nearest), coefficient, exponent);
}

function writeSide(writer: KeyWriter, side: number, coefficient: bigint, exponent: number): void {
  writer.byte(side < 0 ? BELOW : side > 0 ? ABOVE : ON);
  if (side === 0) return;
  const negative = coefficient < 0n;
  const written = (negative ? -coefficient : coefficient).toString();
  const digits = written.replace(/0+$/, '');
  const from = writer.length;
  writer.uint16(0x8000 + written.length + exponent); // the power of ten of the first digit
  for (const digit of digits) writer.byte(digit.charCodeAt(0) - 47);
  writer.byte(0);
  if (negative) writer.complement(from);
}

/** Exact comparison of `coefficient` times ten to the `exponent` with a double. */
function compareWithDouble(coefficient: bigint, exponent: number, double: number): number {
  if (double === Infinity) return -1;
  if (double === -Infinity) return 1;
  if (double === 0) return coefficient < 0n ? -1 : 1;
  const { mantissa, power } = exactParts(double);
  const left = coefficient * 10n ** BigInt(Math.max(exponent, 0)) * 2n ** BigInt(Math.max(-power, 0));
  const right = mantissa * 2n ** BigInt(Math.max(power, 0)) * 10n ** BigInt(Math.max(-exponent, 0));
  return left < right ? -1 : left > right ? 1 : 0;
}
