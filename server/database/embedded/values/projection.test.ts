// Tests of projections.
import { Double, Int32, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { decodeTyped, encodeDocument } from './bson.ts';
import type { Doc } from './bson.ts';
import { compileProjection } from './projection.ts';

const document = { _id: 1, a: 1, b: { c: 2, d: 3 }, l: [{ q: 1, v: 1 }, { q: 5, v: 2 }, 7], n: [1, 2, 3, 4] };
const projected = (projection: Doc, filter: Doc = {}, source: Doc = document) =>
  compileProjection(projection, filter)?.(source);
const refused = (projection: Doc, code: number) =>
  expect(() => compileProjection(projection, {})).toThrow(expect.objectContaining({ code }));

describe('inclusion and exclusion', () => {
  it('of nothing is no projection', () => {
    expect(compileProjection({}, {})).toBeUndefined();
    expect(compileProjection(undefined, {})).toBeUndefined();
  });

  it('show or hide fields, the _id on its own', () => {
    expect(projected({ a: 1 })).toEqual({ _id: 1, a: 1 });
    expect(projected({ a: true, _id: 0 })).toEqual({ a: 1 });
    expect(projected({ _id: 1 })).toEqual({ _id: 1 });
    expect(projected({ _id: 0, l: 0, n: 0 })).toEqual({ a: 1, b: { c: 2, d: 3 } });
    expect(projected({ _id: 0 }, {}, { _id: 1, x: 1 })).toEqual({ x: 1 });
    expect(projected({ a: new Double(0), b: 0, l: 0 })).toEqual({ _id: 1, n: [1, 2, 3, 4] });
  });

  it('reach into documents and lists', () => {
    expect(projected({ 'b.c': 1, _id: 0 })).toEqual({ b: { c: 2 } });
    expect(projected({ b: { c: 1 }, _id: 0 })).toEqual({ b: { c: 2 } });
    expect(projected({ 'l.q': 1, _id: 0 })).toEqual({ l: [{ q: 1 }, { q: 5 }] });
    expect(projected({ 'l.q': 0, n: 0, b: 0 })).toEqual({ _id: 1, a: 1, l: [{ v: 1 }, { v: 2 }, 7] });
    expect(projected({ 'a.x': 1, _id: 0 })).toEqual({});
    expect(projected({ '_id.x': 1 }, {}, { _id: { x: 1, y: 2 }, a: 1 })).toEqual({ _id: { x: 1 } });
  });

  it('leave the document as it is', () => {
    const before = structuredClone(document);
    projected({ 'l.q': 0, 'b.c': 0 });
    expect(document).toEqual(before);
  });

  it('keep the number types of typed documents', () => {
    const typed = decodeTyped(encodeDocument({ _id: 1, a: { d: new Double(5), l: Long.fromNumber(1) }, b: 1 }));
    expect(projected({ a: 1 }, {}, typed)).toEqual({
      _id: new Int32(1),
      a: { d: new Double(5), l: Long.fromNumber(1) },
    });
  });
});

describe('parts of lists', () => {
  it('are cut by $slice, which keeps the other fields', () => {
    expect(projected({ n: { $slice: 2 } })).toEqual({ ...document, n: [1, 2] });
    expect(projected({ n: { $slice: -1 } })?.['n']).toEqual([4]);
    expect(projected({ n: { $slice: [1, 2] } })?.['n']).toEqual([2, 3]);
    expect(projected({ n: { $slice: [-3, 2] } })?.['n']).toEqual([2, 3]);
    expect(projected({ n: { $slice: 1 }, a: 1 })).toEqual({ _id: 1, a: 1, n: [1] });
    expect(projected({ n: { $slice: 1 }, l: 0, b: 0 })).toEqual({ _id: 1, a: 1, n: [1] });
    expect(projected({ a: { $slice: 1 } })?.['a']).toBe(1);
  });

  it('are the first element that matches', () => {
    expect(projected({ l: { $elemMatch: { q: { $gt: 1 } } } })).toEqual({ _id: 1, l: [{ q: 5, v: 2 }] });
    expect(projected({ n: { $elemMatch: { $gt: 2 } } })).toEqual({ _id: 1, n: [3] });
    expect(projected({ n: { $elemMatch: { $gt: 9 } } })).toEqual({ _id: 1 });
  });

  it('are the element that the filter matched', () => {
    expect(projected({ 'l.$': 1 }, { 'l.q': 5 })).toEqual({ _id: 1, l: [{ q: 5, v: 2 }] });
    expect(projected({ 'n.$': 1, a: 1 }, { n: { $gte: 2 } })).toEqual({ _id: 1, a: 1, n: [2] });
    expect(projected({ 'x.l.$': 1 }, { 'x.l': 2 }, { _id: 1, x: { l: [1, 2], m: 1 } })).toEqual({
      _id: 1,
      x: { l: [2] },
    });
    expect(() => projected({ 'l.$': 1 }, { a: 1 })).toThrow(expect.objectContaining({ code: 2 }));
  });
});

describe('computed fields', () => {
  it('follow the included ones', () => {
    expect(projected({ a: 1, sum: { $add: ['$a', '$b.c'] }, copy: '$b.d' })).toEqual({ _id: 1, a: 1, sum: 3, copy: 3 });
    expect(projected({ a: { $ifNull: ['$gone', 'x'] } })).toEqual({ _id: 1, a: 'x' });
  });
});

describe('what cannot be projected', () => {
  it('is refused', () => {
    refused({ a: 0, b: 1 }, 31253);
    refused({ a: 1, b: 0 }, 31254);
    refused({ a: 0, l: { $elemMatch: { q: 1 } } }, 31253);
    refused({ a: 1, 'a.b': 1 }, 31249);
    refused({ 'a.b': 1, a: 1 }, 31250);
    refused({ 'l.$': 0 }, 31395);
    refused({ 'l.$.q': 1 }, 2);
    refused({ a: {} }, 51270);
    refused({ a: { $slice: 'x' } }, 28667);
    refused({ a: { $slice: [1, 0] } }, 28724);
    refused({ a: { $meta: 'textScore' } }, 168);
    refused({ 'b.c': { $elemMatch: {} } }, 31275);
    refused({ 'a..b': 1 }, 40353);
  });
});
