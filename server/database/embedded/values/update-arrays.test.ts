// Tests of updates in lists: operators, positional paths, array filters.
import { Long } from 'bson';
import { describe, expect, it } from 'vitest';
import type { Doc } from './bson.ts';
import { applyUpdate } from './update.ts';

const now = new Date(0);
const updated = (document: Doc, update: Doc, filter: Doc = {}, arrayFilters: Doc[] = []) =>
  applyUpdate(document, update, { now, filter, arrayFilters });
const refused = (document: Doc, update: Doc, code: number, filter: Doc = {}, arrayFilters: Doc[] = []) =>
  expect(() => updated(document, update, filter, arrayFilters)).toThrow(expect.objectContaining({ code }));

describe('$push', () => {
  it('appends one value or each of a list, then sorts, then cuts', () => {
    expect(updated({ l: [1] }, { $push: { l: [2] } })).toEqual({ l: [1, [2]] });
    expect(updated({ l: [5] }, { $push: { l: { $each: [3, 1, 2], $sort: 1, $slice: -2 } } })).toEqual({ l: [3, 5] });
    expect(updated({ l: [1, 4] }, { $push: { l: { $each: [2, 3], $position: 1 } } })).toEqual({ l: [1, 2, 3, 4] });
    expect(
      updated({ l: [{ n: 2 }] }, { $push: { l: { $each: [{ n: Long.fromNumber(3) }, { n: 1 }], $sort: { n: -1 } } } }),
    ).toEqual({
      l: [{ n: Long.fromNumber(3) }, { n: 2 }, { n: 1 }],
    });
  });

  it('sorts and cuts on a missing field too', () => {
    expect(updated({}, { $push: { l: { $each: [3, 1, 2], $sort: 1, $slice: 2 } } })).toEqual({ l: [1, 2] });
    expect(updated({}, { $push: { 'a.l': { $each: [1], $slice: 0 } } })).toEqual({ a: { l: [] } });
  });

  it('is refused on other values and with wrong clauses', () => {
    refused({ l: 1 }, { $push: { l: 1 } }, 2);
    refused({ l: null }, { $push: { l: 1 } }, 2);
    refused({ l: [] }, { $push: { l: { $each: 1 } } }, 2);
    refused({ l: [] }, { $push: { l: { $each: [], $foo: 1 } } }, 2);
    refused({ l: [] }, { $push: { l: { $each: [], $sort: 2 } } }, 2);
  });
});

describe('$addToSet, $pop, $pull and $pullAll', () => {
  it('add only what is not there yet', () => {
    expect(
      updated({ l: [1, { a: 1 }] }, { $addToSet: { l: { $each: [Long.fromNumber(1), { a: 1 }, 2, 2] } } }),
    ).toEqual({
      l: [1, { a: 1 }, 2],
    });
    expect(updated({}, { $addToSet: { l: 'x' } })).toEqual({ l: ['x'] });
    refused({ l: 5 }, { $addToSet: { l: 1 } }, 2);
  });

  it('pop at either end', () => {
    expect(updated({ l: [1, 2, 3], m: [1, 2] }, { $pop: { l: -1, m: 1, gone: 1 } })).toEqual({ l: [2, 3], m: [1] });
    refused({ l: 5 }, { $pop: { l: 1 } }, 14);
    refused({ l: [5] }, { $pop: { l: 2 } }, 9);
  });

  it('pull by value, condition, filter of fields and expression', () => {
    const pulled = (l: unknown[], condition: unknown) => updated({ l }, { $pull: { l: condition } })['l'];
    expect(pulled([1, Long.fromNumber(1), 2], 1)).toEqual([2]);
    expect(pulled([1, 5, 9], { $gte: 5 })).toEqual([1]);
    expect(pulled([{ a: 1, b: 2 }, { a: 2 }, 7], { a: 1 })).toEqual([{ a: 2 }, 7]);
    expect(pulled([{ a: 1 }, { a: 2 }, { a: 3 }], { $or: [{ a: 1 }, { a: 3 }] })).toEqual([{ a: 2 }]);
    expect(pulled(['ab', 'cd'], /^a/)).toEqual(['cd']);
    expect(pulled([[1], [2]], [1])).toEqual([[2]]);
    expect(pulled([null, 1], null)).toEqual([1]);
    expect(updated({}, { $pull: { l: 1 } })).toEqual({});
    refused({ l: 5 }, { $pull: { l: 1 } }, 2);
  });

  it('pull all of a list', () => {
    expect(updated({ l: [1, 2, 3, { a: 1 }] }, { $pullAll: { l: [1, { a: 1 }] } })).toEqual({ l: [2, 3] });
    refused({ l: [1] }, { $pullAll: { l: 1 } }, 2);
  });
});

describe('the positional operator', () => {
  const document = {
    l: [
      { q: 1, v: 0 },
      { q: 5, v: 0 },
      { q: 9, v: 7 },
    ],
  };
  const values = (result: Doc) => (result['l'] as Doc[]).map(({ v }) => v);

  it('stands for the element that matched', () => {
    expect(values(updated(document, { $set: { 'l.$.v': 8 } }, { 'l.q': 5 }))).toEqual([0, 8, 7]);
    expect(values(updated(document, { $inc: { 'l.$.v': 1 } }, { l: { $elemMatch: { q: 9, v: 7 } } }))).toEqual([
      0, 0, 8,
    ]);
  });

  it('stands for the one element that meets two conditions', () => {
    expect(values(updated(document, { $set: { 'l.$.v': 8 } }, { 'l.q': { $gt: 1 }, 'l.v': 7 }))).toEqual([0, 0, 8]);
  });

  it('is refused without a condition on the list and at the beginning', () => {
    refused(document, { $set: { 'l.$.v': 8 } }, 2);
    refused(document, { $set: { '$.v': 8 } }, 2);
  });

  it('may stand for all elements or those of a filter', () => {
    expect(values(updated(document, { $inc: { 'l.$[].v': 1 } }))).toEqual([1, 1, 8]);
    expect(values(updated(document, { $set: { 'l.$[e].v': 7 } }, {}, [{ 'e.q': { $gte: 5 } }]))).toEqual([0, 7, 7]);
    expect(updated({ l: [1, 5] }, { $set: { 'l.$[e]': 0 } }, {}, [{ $or: [{ e: 5 }, { e: 6 }] }])).toEqual({
      l: [1, 0],
    });
    const nested = { l: [{ m: [1, 2] }, { m: [2] }] };
    expect(updated(nested, { $set: { 'l.$[].m.$[x]': 0 } }, {}, [{ x: 2 }])).toEqual({
      l: [{ m: [1, 0] }, { m: [0] }],
    });
  });

  it('with filters is refused where they do not fit', () => {
    refused(document, { $set: { 'l.$[e].v': 1 } }, 2);
    refused(document, { $set: { 'l.0.v': 1 } }, 9, {}, [{ e: 1 }]);
    refused(document, { $set: { 'l.$[e].v': 1 } }, 9, {}, [{ e: 1 }, { 'e.q': 2 }]);
    refused(document, { $set: { 'l.$[e].v': 1 } }, 9, {}, [{ e: 1, f: 2 }]);
    refused(document, { $set: { 'l.$[E].v': 1 } }, 2, {}, [{ E: 1 }]);
    refused({}, { $set: { 'l.$[].v': 1 } }, 2);
    refused({ l: 5 }, { $set: { 'l.$[].v': 1 } }, 2);
  });
});
