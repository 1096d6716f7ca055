// Tests of filters: which documents match.
import { Binary, BSONRegExp, Decimal128, Long, MinKey, ObjectId } from 'bson';
import { describe, expect, it } from 'vitest';
import type { Doc } from './bson.ts';
import { compileFilter, matchPosition } from './match.ts';

const long = (n: number) => Long.fromNumber(n);
const decimal = (text: string) => Decimal128.fromString(text);

/** Which of the values of `a` (by position) a condition on `path` selects. */
function selected(values: readonly unknown[], condition: unknown, path = 'a'): number[] {
  const matches = compileFilter({ [path]: condition });
  return values.flatMap((a, i) => (matches(a === undefined ? {} : { a }) ? [i] : []));
}

describe('null', () => {
  it('matches null, missing and lists with null, but not undefined elements of other things', () => {
    expect(selected([null, undefined, [null], [], 0, ''], null)).toEqual([0, 1, 2]);
    expect(selected([null, undefined, 1], { $ne: null })).toEqual([2]);
  });

  it('matches through arrays where an element lacks the field', () => {
    const values = [[{ b: 1 }], [{ b: 1 }, {}], [], [1], {}, 5, undefined, [{ b: null }]];
    expect(selected(values, null, 'a.b')).toEqual([1, 4, 5, 6, 7]);
    expect(selected(values, { $exists: false }, 'a.b')).toEqual([2, 3, 4, 5, 6]);
  });

  it('is met by $gte and $lte, not by $gt', () => {
    expect(selected([null, undefined, 1], { $gte: null })).toEqual([0, 1]);
    expect(selected([null, undefined, 1], { $gt: null })).toEqual([]);
  });
});

describe('numbers', () => {
  it('compare across Long, Decimal128 and double', () => {
    const values = [5, long(5), decimal('5.0'), decimal('5.1'), '5', long(6)];
    expect(selected(values, 5)).toEqual([0, 1, 2]);
    expect(selected(values, long(5))).toEqual([0, 1, 2]);
    expect(selected(values, { $in: [decimal('5')] })).toEqual([0, 1, 2]);
    expect(selected(values, { $gt: decimal('5.05') })).toEqual([3, 5]);
    expect(selected(values, { $lte: long(5) })).toEqual([0, 1, 2]);
    expect(selected([decimal('1.10')], decimal('1.1'))).toEqual([0]);
  });

  it('keep Longs beyond a double apart', () => {
    const big = Long.fromString('9007199254740993');
    expect(selected([big, 9007199254740992], big)).toEqual([0]);
    expect(selected([big, 9007199254740992], { $in: [big] })).toEqual([0]);
  });

  it('treat NaN and infinity as MongoDB does', () => {
    expect(selected([NaN, 1, -Infinity, Infinity], { $lt: 5 })).toEqual([1, 2]);
    expect(selected([NaN, 1, decimal('NaN')], { $gte: NaN })).toEqual([0, 2]);
    expect(selected([NaN, 1], NaN)).toEqual([0]);
    expect(selected([Infinity], { $gte: Infinity })).toEqual([0]);
    expect(selected([NaN, 1], { $in: [NaN] })).toEqual([0]);
  });

  it('do not compare with other types', () => {
    expect(selected([1, '1', null, true, new Date(1)], { $lt: 100 })).toEqual([0]);
    expect(selected([1, new Date(1), 'a'], { $gt: new MinKey() })).toEqual([0, 1, 2]);
  });
});

describe('other values', () => {
  it('compare by kind', () => {
    const id = new ObjectId();
    expect(selected([id, new ObjectId(), id.toHexString()], new ObjectId(id.id))).toEqual([0]);
    expect(selected([new Date(5), 5], { $gte: new Date(5) })).toEqual([0]);
    expect(
      selected([new Binary(new Uint8Array([9])), new Binary(new Uint8Array([1, 1]))], {
        $lt: new Binary(new Uint8Array([0, 0])),
      }),
    ).toEqual([0]);
    expect(selected([true, false, 1, 0], { $ne: false })).toEqual([0, 2, 3]);
    expect(selected([true, 1, 'true'], { $in: [true] })).toEqual([0]);
  });

  it('of documents count the order of fields', () => {
    expect(
      selected(
        [
          { x: 1, y: 2 },
          { y: 2, x: 1 },
          { x: long(1), y: 2 },
        ],
        { x: 1, y: 2 },
      ),
    ).toEqual([0, 2]);
  });

  it('in arrays are met by the whole or by an element', () => {
    expect(selected([[1, 2], 1, [2], [[1, 2]]], [1, 2])).toEqual([0, 3]);
    expect(selected([[1, 2], 1, [2]], 1)).toEqual([0, 1]);
    expect(selected([[1, 5], [9]], { $gt: 4, $lt: 2 })).toEqual([0]);
    expect(selected([[[{ b: 1 }]], [{ b: 1 }]], 1, 'a.b')).toEqual([1]);
    expect(selected([[7, 8], { 0: 7 }], 7, 'a.0')).toEqual([0, 1]);
  });
});

describe('operators', () => {
  it('$nin, $not and $exists answer for missing fields too', () => {
    expect(selected([1, 2, undefined, [1, 3]], { $nin: [1] })).toEqual([1, 2]);
    expect(selected([1, 5, undefined, 'x'], { $not: { $gt: 3 } })).toEqual([0, 2, 3]);
    expect(selected(['ab', 'cd', undefined], { $not: /^a/ })).toEqual([1, 2]);
    expect(selected([1, undefined, null], { $exists: true })).toEqual([0, 2]);
    expect(selected([1, 2, null], { $in: [null, 2] })).toEqual([1, 2]);
    expect(selected(['ab', 'cd'], { $in: [/^A/i] })).toEqual([0]);
  });

  it('$size, $all and $elemMatch look at lists', () => {
    expect(selected([[1, 2], [1], 2], { $size: 2 })).toEqual([0]);
    expect(selected([[1, 2, 3], [1], 1], { $all: [1, 2] })).toEqual([0]);
    expect(selected([1, [2]], { $all: [1] })).toEqual([0]);
    expect(selected([[1]], { $all: [] })).toEqual([]);
    expect(selected([[{ b: 1 }, { b: 2 }], [{ b: 1 }]], { $all: [1, 2] }, 'a.b')).toEqual([0]);
    expect(selected([[1, 9], [5], 5], { $elemMatch: { $gt: 3, $lt: 7 } })).toEqual([1]);
    expect(selected([[[1]]], { $elemMatch: { $eq: 1 } })).toEqual([]);
    expect(selected([[{ x: 1, y: 1 }], [{ x: 1 }, { y: 1 }]], { $elemMatch: { x: 1, y: 1 } })).toEqual([0]);
    expect(selected([[{ x: 1 }], [{ x: 3 }]], { $elemMatch: { $or: [{ x: 1 }, { x: 2 }] } })).toEqual([0]);
    expect(selected([[{ x: 1 }], [{ x: 3 }]], { $all: [{ $elemMatch: { x: 3 } }] })).toEqual([1]);
  });

  it('$type knows ids, numbers and lists', () => {
    const values = [new ObjectId(), 1, 1.5, long(1), 'x', [], ['x'], null, decimal('1'), {}];
    expect(selected(values, { $type: 'objectId' })).toEqual([0]);
    expect(selected(values, { $type: 'number' })).toEqual([1, 2, 3, 8]);
    expect(selected(values, { $type: [16, 'double'] })).toEqual([1, 2]);
    expect(selected(values, { $type: 'array' })).toEqual([5, 6]);
    expect(selected(values, { $type: 2 })).toEqual([4, 6]);
    expect(selected(values, { $type: 'null' })).toEqual([7]);
    expect(selected(values, { $type: 'object' })).toEqual([9]);
  });

  it('$mod and the bits work on every integer', () => {
    expect(selected([10, 7, long(14), 10.5, 'x', NaN], { $mod: [4, 2] })).toEqual([0, 2, 3]);
    expect(selected([6, 2, -1, 6.5, long(6)], { $bitsAllSet: 6 })).toEqual([0, 2, 4]);
    expect(selected([6, 1, 0], { $bitsAnySet: [1] })).toEqual([0]);
    expect(selected([6, 1, 0], { $bitsAllClear: 6 })).toEqual([1, 2]);
    expect(selected([6, 2, 0], { $bitsAnyClear: 6 })).toEqual([1, 2]);
  });

  it('$regex takes options and its stored self', () => {
    expect(selected(['Abc', 'xabc', ['abc'], 5], { $regex: '^abc', $options: 'i' })).toEqual([0, 2]);
    expect(selected(['a\nb'], { $regex: 'a . b', $options: 'sx' })).toEqual([0]);
    expect(selected(['ABC'], { $regex: '(?i)b' })).toEqual([0]);
    expect(selected(['ax', new BSONRegExp('a', 'i')], new BSONRegExp('a', 'i'))).toEqual([0, 1]);
    expect(selected(['ax', new BSONRegExp('a', 'i')], { $eq: new BSONRegExp('a', 'i') })).toEqual([1]);
  });

  it('$and, $or and $nor combine, $comment does nothing', () => {
    const filter = { $or: [{ a: 1 }, { b: 2 }], $nor: [{ c: 3 }], $and: [{ d: 4 }, { e: 5 }], $comment: 'why' };
    const matches = compileFilter(filter);
    expect(matches({ a: 1, d: 4, e: 5 })).toBe(true);
    expect(matches({ b: 2, c: 3, d: 4, e: 5 })).toBe(false);
    expect(matches({ a: 1, d: 4 })).toBe(false);
  });

  it('$expr compares fields of a document, with variables', () => {
    const matches = compileFilter(
      { $expr: { $and: [{ $gt: ['$a', '$b.c'] }, { $eq: ['$who', '$$me'] }] } },
      { me: 'x' },
    );
    expect(matches({ a: long(5), b: { c: 4 }, who: 'x' })).toBe(true);
    expect(matches({ a: 3, b: { c: 4 }, who: 'x' })).toBe(false);
    expect(compileFilter({ $expr: { $eq: ['$gone', null] } })({})).toBe(false);
    expect(compileFilter({ $expr: { $lt: [{ $add: ['$a', 1] }, { $size: '$l' }] } })({ a: 1, l: [1, 2, 3] })).toBe(
      true,
    );
  });
});

describe('what cannot be honoured', () => {
  const refused: [Doc, number][] = [
    [{ a: { $near: 1 } }, 2],
    [{ $where: 'true' }, 2],
    [{ a: { $in: 5 } }, 2],
    [{ $or: [] }, 2],
    [{ a: { $size: -1 } }, 2],
    [{ a: { $gt: 1, b: 2 } }, 2],
    [{ a: { $type: 'nothing' } }, 2],
    [{ a: { $options: 'i' } }, 2],
    [{ a: { $mod: [0, 1] } }, 2],
    [{ a: { $regex: '(' } }, 51091],
    [{ $expr: { $function: {} } }, 168],
    [{ $expr: { $eq: ['$a', '$$who'] } }, 17276],
  ];
  it.each(refused)('is refused: %j', (filter, code) => {
    expect(() => compileFilter(filter)).toThrow(expect.objectContaining({ code }));
  });
});

describe('fields that objects inherit', () => {
  it('are missing unless a document has them', () => {
    expect(compileFilter({ constructor: { $exists: true } })({})).toBe(false);
    expect(compileFilter({ 'a.toString': null })({ a: {} })).toBe(true);
    expect(compileFilter(JSON.parse('{"__proto__":1}') as Doc)(JSON.parse('{"__proto__":1}') as Doc)).toBe(true);
  });
});

describe('the position that matched', () => {
  const list = [
    { q: 1, v: 0 },
    { q: 5, v: 1 },
    { q: 5, v: 0 },
  ];

  it('is the element that meets all conditions', () => {
    expect(matchPosition({ 'l.q': 5, 'l.v': 0 }, 'l', list)).toBe(2);
    expect(matchPosition({ l: { $elemMatch: { q: 5, v: 1 } } }, 'l', list)).toBe(1);
    expect(matchPosition({ $and: [{ 'l.q': 5 }] }, 'l', list)).toBe(1);
  });

  it('falls back to the first condition that an element meets', () => {
    expect(matchPosition({ l: { $size: 3 }, 'l.q': 5 }, 'l', list)).toBe(1);
    expect(matchPosition({ 'l.q': 1, 'l.v': 1 }, 'l', list)).toBe(0);
  });

  it('is refused where the filter does not mention the list', () => {
    expect(() => matchPosition({ other: 1 }, 'l', list)).toThrow(expect.objectContaining({ code: 2 }));
  });
});
