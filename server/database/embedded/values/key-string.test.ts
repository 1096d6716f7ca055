// Tests of the order-preserving keys.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { Binary, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { describe, expect, it } from 'vitest';
import { compareValues, EMPTY_ARRAY, encodeKey, successor, typeBracket } from './key-string.ts';

const decimal = (text: string) => Decimal128.fromString(text);
const long = (text: string) => Long.fromString(text);

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.integer({ min: -3, max: 3 }),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc
    .tuple(fc.bigInt({ min: -1000n, max: 1000n }), fc.integer({ min: -5, max: 5 }))
    .map(([c, e]) => decimal(`${c}E${e}`)),
  fc.tuple(fc.bigInt(), fc.integer({ min: -400, max: 400 })).map(([c, e]) => decimal(`${c % 10n ** 34n}E${e}`)),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 3 }).map((bytes) => new Binary(bytes)),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.constantFrom(new MinKey(), new MaxKey(), new Timestamp({ t: 4_000_000_000, i: 2 }), /a/i),
);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b', '\u0000'), scalar, { maxKeys: 2 }),
);
const sign = (n: number) => (n < 0 ? -1 : n > 0 ? 1 : 0);

describe('keys of values', () => {
  it('compare as the values do, in a total order', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const ab = sign(compareValues(a, b));
        expect(ab).toBe(Buffer.compare(encodeKey([a]), encodeKey([b])));
        expect(sign(compareValues(b, a)) + ab).toBe(0);
        if (ab <= 0 && compareValues(b, c) <= 0) expect(compareValues(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 3000 },
    );
  });

  it('are never the beginning of another key', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const x = encodeKey([a]);
        const y = encodeKey([b]);
        if (!x.equals(y)) expect(y.subarray(0, x.length).equals(x)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('turn around for a descending field and keep the order of the fields', () => {
    fc.assert(
      fc.property(value, value, value, value, (a, b, c, d) => {
        const expected = sign(compareValues(a, c)) || -sign(compareValues(b, d));
        expect(Buffer.compare(encodeKey([a, b], [1, -1]), encodeKey([c, d], [1, -1])) - expected).toBe(0);
      }),
    );
  });

  it('follow the order of the types', () => {
    const ordered = [
      new MinKey(),
      EMPTY_ARRAY,
      null,
      -Infinity,
      'a',
      {},
      [],
      new Binary(new Uint8Array(1)),
      new ObjectId(),
      false,
      new Date(0),
      new Timestamp(0n),
      /a/,
      new MaxKey(),
    ];
    const keys = ordered.map((v) => encodeKey([v]));
    expect([...keys].sort(Buffer.compare)).toEqual(keys);
  });
});

describe('numbers', () => {
  it('are equal across their types', () => {
    for (const [a, b] of [
      [decimal('1.10'), decimal('1.1')],
      [decimal('1.5'), 1.5],
      [decimal('5'), long('5')],
      [long('9007199254740993'), decimal('9007199254740993.0')],
      [decimal('0E+10'), -0],
      [decimal('Infinity'), Infinity],
      [decimal('-Infinity'), -Infinity],
      [decimal('NaN'), NaN],
    ])
      expect(compareValues(a, b), String(a)).toBe(0);
  });

  it('keep digits beyond a double apart', () => {
    const ordered = [
      NaN,
      -Infinity,
      decimal('-1E400'),
      decimal('-1E-400'),
      0,
      decimal('1E-400'),
      decimal('0.1'),
      0.1,
      decimal('0.1000000000000000055511151231257828'),
      long('9007199254740992'),
      long('9007199254740993'),
      decimal('9007199254740993.5'),
      long('9223372036854775807'),
      2 ** 63,
      decimal('1E400'),
      Infinity,
    ];
    for (let i = 1; i < ordered.length; i++)
      expect(compareValues(ordered[i - 1], ordered[i]), String(ordered[i])).toBeLessThan(0);
  });
});

describe('binary and text', () => {
  it('orders binary by length, then subtype, then bytes', () => {
    const short = new Binary(new Uint8Array([9]));
    const long2 = new Binary(new Uint8Array([1, 1]));
    expect(compareValues(short, long2)).toBeLessThan(0);
    expect(compareValues(short, new Binary(new Uint8Array([1]), 5))).toBeLessThan(0);
  });

  it('orders text by its UTF-8 bytes, also beyond the basic plane', () => {
    expect(compareValues('\uffee', '😀')).toBeLessThan(0);
    expect(compareValues('Z', 'a')).toBeLessThan(0);
    expect(compareValues('z', 'ä')).toBeLessThan(0);
    expect(compareValues('a\u0000b', 'a')).toBeGreaterThan(0);
  });
});

describe('bounds', () => {
  it('enclose all values of a type', () => {
    const [from, to] = typeBracket('x');
    for (const text of ['', '\uffff', 'abc']) {
      const first = encodeKey([text])[0] ?? 0;
      expect(first >= from && first < to).toBe(true);
    }
  });

  it('follow every key with the same beginning', () => {
    expect(successor(Buffer.of(1, 255))).toEqual(Buffer.of(2));
    expect(successor(Buffer.of(255))).toBeUndefined();
  });
});
