// The accumulators of `$group`, exact for every number type. For aggregate-group.ts only.
import { Decimal128, Long } from 'bson';
import type { Doc } from './bson.ts';
import { typeMismatch } from './errors.ts';
import { compareValues, encodeKey } from './key-string.ts';
import { average, calculate, numberKind, toDouble, toInteger } from './numbers.ts';
import type { BsonNumber } from './numbers.ts';
import { isPlain } from './paths.ts';

/** Takes one value of each document of a group, then says the result. */
export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

/** A sum that loses nothing: integers apart from doubles, doubles with their rounding errors. */
class Sum implements Accumulator {
  count = 0;
  private integer = 0n;
  private small = 0;
  private double = 0;
  private lost = 0;
  private decimal: BsonNumber | undefined;
  private kinds = new Set<string>();

  add(value: unknown): void {
    const kind = numberKind(value);
    if (kind === undefined) return;
    this.count++;
    this.kinds.add(kind);
    if (kind === 'decimal') this.decimal = calculate('add', this.decimal ?? 0, value as Decimal128);
    else if (kind === 'double') this.addDouble(toDouble(value));
    else if (kind === 'long') this.integer += toInteger(value) ?? 0n;
    else {
      this.small += toDouble(value);
      if (Number.isSafeInteger(this.small)) return;
      this.integer += BigInt(this.small);
      this.small = 0;
    }
  }

  /** Neumaier's summation. */
  private addDouble(value: number): void {
    const sum = this.double + value;
    if (Number.isFinite(sum)) {
      const larger = Math.abs(this.double) >= Math.abs(value);
      this.lost += larger ? this.double - sum + value : value - sum + this.double;
    }
    this.double = sum;
  }

  result(): BsonNumber {
    const integer = this.integer + BigInt(this.small);
    const double = this.double + (Number.isFinite(this.double) ? this.lost : 0);
    if (this.decimal !== undefined) {
      const whole = calculate('add', this.decimal, Decimal128.fromString(integer.toString())) ?? 0;
      return this.kinds.has('double') ? (calculate('add', whole, double) ?? 0) : whole;
    }
    if (this.kinds.has('double')) return double + Number(integer);
    const number = Number(integer);
    if (!this.kinds.has('long') && Number.isSafeInteger(number)) return number;
    return BigInt.asIntN(64, integer) === integer ? Long.fromBigInt(integer) : number;
  }
}

class Average implements Accumulator {
  private sum = new Sum();

  add(value: unknown): void {
    this.sum.add(value);
  }

  result(): BsonNumber | null {
    return this.sum.count === 0 ? null : average(this.sum.result(), this.sum.count);
  }
}

/** The least (`sign` 1) or greatest (-1) value; null and missing do not count. */
class Extreme implements Accumulator {
  private best: unknown = null;
  private sign: number;

  constructor(sign: number) {
    this.sign = sign;
  }

  add(value: unknown): void {
    if (value === null || value === undefined) return;
    if (this.best === null || compareValues(value, this.best) * this.sign < 0) this.best = value;
  }

  result(): unknown {
    return this.best;
  }
}

class List implements Accumulator {
  private values: unknown[] = [];
  private seen: Set<string> | undefined;

  constructor(distinct: boolean) {
    if (distinct) this.seen = new Set();
  }

  add(value: unknown): void {
    if (value === undefined) return;
    if (this.seen) {
      const key = encodeKey([value]).toString('latin1');
      if (this.seen.has(key)) return;
      this.seen.add(key);
    }
    this.values.push(value);
  }

  result(): unknown {
    return this.values;
  }
}

function first(): Accumulator {
  let found: { value: unknown } | undefined;
  return { add: (value) => (found ??= { value }), result: () => found?.value ?? null };
}

function last(): Accumulator {
  let found: unknown;
  return { add: (value) => (found = value), result: () => found ?? null };
}

function count(): Accumulator {
  let documents = 0;
  return { add: () => documents++, result: () => documents };
}

function mergeObjects(): Accumulator {
  let merged: Doc = {};
  return {
    add(value) {
      if (value === null || value === undefined) return;
      if (!isPlain(value)) throw typeMismatch('$mergeObjects requires object inputs');
      merged = { ...merged, ...value };
    },
    result: () => merged,
  };
}

/** How to begin each accumulator, by its name. */
export const accumulators: Readonly<Record<string, () => Accumulator>> = {
  $sum: () => new Sum(),
  $avg: () => new Average(),
  $min: () => new Extreme(1),
  $max: () => new Extreme(-1),
  $first: first,
  $last: last,
  $push: () => new List(false),
  $addToSet: () => new List(true),
  $count: count,
  $mergeObjects: mergeObjects,
};
