// Tests of arithmetic across the number types.
import { Decimal128, Double, Int32, Long, Timestamp } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from './decimal.ts';
import { average, calculate, numberKind, toInteger } from './numbers.ts';

const decimal = (text: string) => Decimal128.fromString(text);

describe('the type of a number', () => {
  it('is that which encoding would give it', () => {
    expect([1, 1.5, -0, 2 ** 31, NaN].map(numberKind)).toEqual(['int', 'double', 'double', 'double', 'double']);
    expect([new Int32(1), new Double(1), Long.ONE, decimal('1')].map(numberKind)).toEqual([
      'int',
      'double',
      'long',
      'decimal',
    ]);
    expect([null, '1', new Timestamp(1n), {}].map(numberKind)).toEqual(Array(4).fill(undefined));
  });
});

describe('sums and products', () => {
  it('of integers are exact or refused', () => {
    const whole = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(whole, whole, fc.constantFrom('add' as const, 'multiply' as const), (a, b, operation) => {
        const exact = operation === 'add' ? a + b : a * b;
        const result = calculate(operation, Long.fromBigInt(a), Long.fromBigInt(b));
        if (BigInt.asIntN(64, exact) === exact) expect(String(result)).toBe(String(exact));
        else expect(result).toBeUndefined();
      }),
    );
  });

  it('grow from int to long', () => {
    expect(calculate('multiply', 2 ** 30, 2 ** 30)).toEqual(Long.fromBigInt(2n ** 60n));
    expect(calculate('add', new Int32(-1), 1)).toBe(0);
    expect(Object.is(calculate('multiply', 0, -5), 0)).toBe(true);
  });

  it('with a Decimal128 are decimal', () => {
    expect(String(calculate('multiply', decimal('1.10'), Long.fromNumber(3)))).toBe('3.30');
    expect(String(calculate('add', decimal('1E+3'), 0.1))).toBe('1000.1');
    expect(String(calculate('add', decimal('Infinity'), 1))).toBe('Infinity');
    expect(String(calculate('add', decimal('1'), NaN))).toBe('NaN');
    expect(String(calculate('multiply', decimal('1.234567890123456789012345678901234'), decimal('3.3')))).toBe(
      '4.074074037407407403740740740374072',
    );
  });
});

describe('averages', () => {
  it('are doubles, of decimals decimal', () => {
    expect(average(5, 2)).toBe(2.5);
    expect(average(Long.fromNumber(6), 3)).toBe(2);
    expect(String(average(decimal('1'), 4))).toBe('0.25');
    expect(String(average(decimal('20'), 2))).toBe('10');
    expect(String(average(decimal('1'), 3))).toMatch(/^0\.3{33,34}$/);
    expect(String(average(decimal('0.0'), 3))).toMatch(/^0/);
  });
});

describe('integers', () => {
  it('are taken from every type that fits', () => {
    expect(
      [5, decimal('5.0'), Long.MAX_VALUE, 5.5, 1e300, decimal('1E+30'), NaN, 'x'].map((n) => toInteger(n)),
    ).toEqual([5n, 5n, 2n ** 63n - 1n, ...Array(5).fill(undefined)]);
    expect([5.9, -5.9, decimal('-5.9')].map((n) => toInteger(n, true))).toEqual([5n, -5n, -5n]);
  });

  it('are parsed from the text of a Decimal128', () => {
    expect(parseDecimal('-1.10E+5')).toEqual({ coefficient: -110n, exponent: 3 });
    expect(parseDecimal('NaN')).toBeUndefined();
  });
});
