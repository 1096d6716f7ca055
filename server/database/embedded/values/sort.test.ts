// Tests of sorting.
import { Buffer } from 'node:buffer';
import { Int32, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { encodeKey } from './key-string.ts';
import { sortKey, sortRows } from './sort.ts';

const sorted = (values: unknown[], direction: unknown) =>
  sortRows(
    values.map((a) => ({ a })),
    { a: direction },
    (row) => row,
  ).map(({ a }) => a);

describe('sorting', () => {
  it('puts types in order and keeps the order of equals', () => {
    const rows = [{ n: 1, i: 0 }, { n: Long.fromNumber(1), i: 1 }, { n: null, i: 2 }, { i: 3 }, { n: 'a', i: 4 }];
    expect(sortRows(rows, { n: 1 }, (row) => row).map(({ i }) => i)).toEqual([2, 3, 0, 1, 4]);
    expect(sortRows(rows, { n: -1 }, (row) => row).map(({ i }) => i)).toEqual([4, 0, 1, 2, 3]);
  });

  it('takes the least of a list, or the greatest when descending', () => {
    const [a, b, c] = [[5, 1], 3, []];
    expect(sorted([b, a, c], 1)).toEqual([c, a, b]);
    expect(sorted([b, a, c], -1)).toEqual([a, b, c]);
  });

  it('takes several fields and nested ones', () => {
    const rows = [
      { x: { y: 1 }, z: 1 },
      { x: { y: 2 }, z: 1 },
      { x: { y: 1 }, z: 2 },
    ];
    expect(sortRows(rows, { 'x.y': 1, z: new Int32(-1) }, (row) => row)).toEqual([rows[2], rows[0], rows[1]]);
  });

  it('makes the keys that an index would have', () => {
    expect(Buffer.compare(sortKey({ a: 1, b: -1 })({ a: 'x', b: 5 }), encodeKey(['x', 5], [1, -1]))).toBe(0);
  });

  it('refuses other directions', () => {
    for (const direction of [0, 2, '1', { $meta: 'textScore' }])
      expect(() => sorted([1], direction)).toThrow(expect.objectContaining({ code: 2 }));
  });
});
