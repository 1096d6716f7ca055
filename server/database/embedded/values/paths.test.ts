// Tests of dotted paths.
import { Binary, ObjectId } from 'bson';
import { describe, expect, it } from 'vitest';
import { EMPTY_ARRAY } from './key-string.ts';
import { isPlain, pathValues, splitPath } from './paths.ts';

function values(document: unknown, path: string): [unknown[], boolean] {
  const out: unknown[] = [];
  const met = pathValues(document, splitPath(path), 0, out);
  return [out, met];
}

describe('the values of a path', () => {
  it('are one for a field, missing or not', () => {
    expect(values({ a: { b: 1 } }, 'a.b')).toEqual([[1], false]);
    expect(values({ a: 5 }, 'a.b')).toEqual([[undefined], false]);
    expect(values({}, 'constructor')).toEqual([[undefined], false]);
  });

  it('are all elements of lists', () => {
    expect(values({ a: [1, 2] }, 'a')).toEqual([[1, 2], true]);
    expect(values({ a: [] }, 'a')).toEqual([[EMPTY_ARRAY], true]);
    expect(values({ a: [{ b: 1 }, { b: [2, 3] }, 7, {}] }, 'a.b')).toEqual([[1, 2, 3, undefined, undefined], true]);
    expect(values({ a: [] }, 'a.b')).toEqual([[undefined], true]);
  });

  it('may name a position', () => {
    expect(values({ a: [{ b: 1 }, { b: 2 }] }, 'a.1.b')).toEqual([[2], true]);
    expect(values({ a: { 0: 'x' } }, 'a.0')).toEqual([['x'], false]);
  });
});

describe('a plain document', () => {
  it('is an object and no BSON value', () => {
    expect([{}, Object.create(null), { constructor: 1 }].every(isPlain)).toBe(true);
    expect([null, [], new Date(), /x/, new ObjectId(), new Binary(new Uint8Array()), 'x', 1].some(isPlain)).toBe(false);
  });
});
