// Laws that filters, index values, sorts and updates have to keep together, tried on generated documents.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { Decimal128, Long, ObjectId } from 'bson';
import { describe, expect, it } from 'vitest';
import { decodeDocument, decodeTyped, encodeDocument, restoreTypes } from './bson.ts';
import type { Doc } from './bson.ts';
import { compareValues, encodeKey, typeBracket } from './key-string.ts';
import { compileFilter } from './match.ts';
import { pathValues, splitPath } from './paths.ts';
import { compileProjection } from './projection.ts';
import { sortRows } from './sort.ts';
import { applyUpdate } from './update.ts';

const ids = ['a', 'b'].map((letter) => new ObjectId(letter.repeat(24)));
const scalar = fc.constantFrom<unknown>(
  0,
  1,
  2.5,
  -1,
  NaN,
  Long.fromNumber(1),
  Long.fromNumber(2),
  Decimal128.fromString('2.5'),
  Decimal128.fromString('1.0'),
  '',
  'a',
  'b',
  true,
  false,
  new Date(0),
  new Date(1),
  ...ids,
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '0'), tie('value'), { maxKeys: 2 }),
  ),
}));
const document = fc.dictionary(fc.constantFrom('a', 'b'), value, { maxKeys: 2 });
const path = fc.constantFrom('a', 'a.b', 'a.0', 'a.b.a', 'b.1.a', 'a.a.b');
const runs = { numRuns: 1000 };

function indexKeys(source: Doc, field: string): string[] {
  const values: unknown[] = [];
  pathValues(source, splitPath(field), 0, values);
  return values.map((v) => encodeKey([v]).toString('latin1'));
}

describe('filters and index values', () => {
  it('agree about equality: what matches is found by its key', () => {
    fc.assert(
      fc.property(document, path, scalar, (source, field, wanted) => {
        const key = encodeKey([wanted]).toString('latin1');
        expect(indexKeys(source, field).includes(key)).toBe(compileFilter({ [field]: wanted })(source));
      }),
      runs,
    );
  });

  it('agree about ranges: what matches has a key within the bounds', () => {
    fc.assert(
      fc.property(document, path, scalar, (source, field, bound) => {
        if (!compileFilter({ [field]: { $gte: bound } })(source)) return;
        const from = encodeKey([bound]);
        const [, end] = typeBracket(bound);
        const keys = indexKeys(source, field).map((key) => Buffer.from(key, 'latin1'));
        expect(keys.some((key) => Buffer.compare(key, from) >= 0 && (key[0] ?? 0) < end)).toBe(true);
      }),
      runs,
    );
  });

  it('agree about null: what matches has the key of null', () => {
    fc.assert(
      fc.property(document, path, (source, field) => {
        if (compileFilter({ [field]: null })(source))
          expect(indexKeys(source, field)).toContain(encodeKey([null]).toString('latin1'));
      }),
      runs,
    );
  });
});

describe('operators', () => {
  it('are made of each other', () => {
    fc.assert(
      fc.property(document, path, value, value, (source, field, x, y) => {
        const is = (condition: unknown) => compileFilter({ [field]: condition })(source);
        expect(is({ $in: [x, y] })).toBe(is({ $eq: x }) || is({ $eq: y }));
        expect(is({ $nin: [x, y] })).toBe(is({ $ne: x }) && is({ $ne: y }));
        expect(is({ $not: { $gt: x } })).toBe(!is({ $gt: x }));
        expect(is({ $gte: x })).toBe(is({ $gt: x }) || is({ $eq: x }));
        expect(is({ $all: [x, y] })).toBe(is({ $eq: x }) && is({ $eq: y }));
      }),
      runs,
    );
  });

  it('decide the same on documents decoded either way', () => {
    fc.assert(
      fc.property(document, path, value, (source, field, x) => {
        const bytes = encodeDocument(source);
        for (const condition of [{ $eq: x }, { $lte: x }, { $in: [x] }]) {
          const matches = compileFilter({ [field]: condition });
          expect(matches(decodeTyped(bytes))).toBe(matches(decodeDocument(bytes)));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('documents', () => {
  it('keep every number type through decoding, updating and restoring', () => {
    fc.assert(
      fc.property(document, value, (source, x) => {
        const typed = decodeTyped(encodeDocument(source));
        const update = { $set: { new: x } };
        const now = new Date(0);
        const direct = encodeDocument(applyUpdate(typed, update, { now }));
        const restored = restoreTypes(typed, applyUpdate(decodeDocument(encodeDocument(source)), update, { now }));
        expect(Buffer.compare(encodeDocument(restored as Doc), direct)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('are not changed by an update or a projection', () => {
    fc.assert(
      fc.property(document, path, value, (source, field, x) => {
        const before = Buffer.from(encodeDocument(source));
        try {
          applyUpdate(source, { $set: { [field]: x, c: 1 }, $push: { l: x } }, { now: new Date(0) });
          applyUpdate(source, { $unset: { [field]: 1 } }, { now: new Date(0) });
        } catch (error) {
          expect(error).toMatchObject({ code: 28 });
        }
        compileProjection({ [field]: 0 }, {})?.(source);
        expect(before.equals(encodeDocument(source))).toBe(true);
      }),
      runs,
    );
  });

  it('without lists sort as their values compare', () => {
    fc.assert(
      fc.property(fc.array(scalar, { maxLength: 6 }), fc.constantFrom(1, -1), (values, direction) => {
        const sorted = sortRows(
          values.map((a) => ({ a })),
          { a: direction },
          (row) => row,
        );
        for (let i = 1; i < sorted.length; i++)
          expect(compareValues(sorted[i - 1]?.a, sorted[i]?.a) * direction).toBeLessThanOrEqual(0);
      }),
    );
  });
});
