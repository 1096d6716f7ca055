// Tests of updates: operators on fields, replacements, errors.
import { Decimal128, Double, Int32, Long, Timestamp } from 'bson';
import { describe, expect, it } from 'vitest';
import { decodeTyped, encodeDocument } from './bson.ts';
import type { Doc } from './bson.ts';
import { applyUpdate, isReplacement, upsertBase } from './update.ts';

const now = new Date(1_700_000_000_123);
const updated = (document: Doc, update: Doc | Doc[], isInsert = false) =>
  applyUpdate(document, update, { now, isInsert });
const refused = (document: Doc, update: Doc | Doc[], code: number) =>
  expect(() => updated(document, update)).toThrow(expect.objectContaining({ code }));

describe('operators on fields', () => {
  it('set, make missing parents and keep the rest', () => {
    const before = { _id: 1, a: { b: 1 }, c: [1, 2] };
    expect(updated(before, { $set: { 'a.c': 2, 'n.m': 3, 'c.3': 9 } })).toEqual({
      _id: 1,
      a: { b: 1, c: 2 },
      c: [1, 2, null, 9],
      n: { m: 3 },
    });
    expect(before).toEqual({ _id: 1, a: { b: 1 }, c: [1, 2] });
  });

  it('unset, also inside lists, and say nothing about what is missing', () => {
    expect(
      updated({ a: 1, l: [1, 2], o: { x: 1, y: 2 } }, { $unset: { a: '', 'l.0': '', 'o.x': '', 'q.r': '' } }),
    ).toEqual({
      l: [null, 2],
      o: { y: 2 },
    });
    expect(updated({ a: 5 }, { $unset: { 'a.b': '' } })).toEqual({ a: 5 });
  });

  it('count with the type that the numbers give', () => {
    const sum = (a: unknown, b: unknown) => updated({ n: a }, { $inc: { n: b } })['n'];
    expect(sum(1, 2)).toBe(3);
    expect(sum(0.5, 1)).toBe(1.5);
    expect(sum(2 ** 31 - 1, 1)).toEqual(Long.fromNumber(2 ** 31));
    expect(sum(Long.fromString('9007199254740993'), 1)).toEqual(Long.fromString('9007199254740994'));
    expect(sum(new Double(5), new Int32(1))).toEqual(new Double(6));
    expect(String(sum(Decimal128.fromString('1.10'), 1))).toBe('2.10');
    expect(String(sum(Decimal128.fromString('0.1'), 0.2))).toBe('0.3');
    expect(updated({}, { $inc: { 'a.b': 4 }, $mul: { c: 4 } })).toEqual({ a: { b: 4 }, c: 0 });
    expect(updated({ m: 3 }, { $mul: { m: Long.fromNumber(5) } })).toEqual({ m: Long.fromNumber(15) });
  });

  it('take the smaller, the larger, the date and a new name', () => {
    expect(
      updated(
        { a: 5, b: 5, r: 'r', old: 1 },
        {
          $min: { a: 3, b: 9, c: 1 },
          $max: { x: 2 },
          $currentDate: { at: true, ts: { $type: 'timestamp' } },
          $rename: { r: 's.t', gone: 'never' },
        },
      ),
    ).toEqual({
      a: 3,
      b: 5,
      c: 1,
      x: 2,
      at: now,
      ts: new Timestamp({ t: 1_700_000_000, i: 1 }),
      s: { t: 'r' },
      old: 1,
    });
    expect(updated({ a: 1, b: 2 }, { $rename: { a: 'b' } })).toEqual({ b: 1 });
  });

  it('turn bits and keep the width', () => {
    expect(
      updated({ a: 13, b: 1, c: Long.fromNumber(6) }, { $bit: { a: { and: 10 }, b: { or: 4 }, c: { xor: 2 } } }),
    ).toEqual({ a: 8, b: 5, c: Long.fromNumber(4) });
  });

  it('set on insert only when a document is made', () => {
    expect(updated({ a: 1 }, { $setOnInsert: { b: 2 } })).toEqual({ a: 1 });
    expect(updated({ a: 1 }, { $setOnInsert: { b: 2 } }, true)).toEqual({ a: 1, b: 2 });
  });

  it('write a field named __proto__ like any other', () => {
    const update = JSON.parse('{"$set":{"__proto__":{"x":1},"a.__proto__":2}}') as Doc;
    const result = updated({}, update);
    expect(JSON.stringify(result)).toBe('{"__proto__":{"x":1},"a":{"__proto__":2}}');
    expect(({} as Doc)['x']).toBeUndefined();
  });

  it('keep every number type of a typed document', () => {
    const stored = encodeDocument({ d: new Double(5), l: Long.fromNumber(1), list: [new Double(1), 2], n: 1 });
    const result = updated(decodeTyped(stored), {
      $set: { x: new Double(1) },
      $inc: { n: new Int32(1) },
      $pop: { list: 1 },
    });
    expect(decodeTyped(encodeDocument(result))).toEqual({
      d: new Double(5),
      l: Long.fromNumber(1),
      list: [new Double(1)],
      n: new Int32(2),
      x: new Double(1),
    });
  });
});

describe('replacements', () => {
  it('keep the _id and nothing else', () => {
    expect(updated({ _id: 1, a: 1 }, { b: 2 })).toEqual({ _id: 1, b: 2 });
    expect(Object.keys(updated({ _id: 1 }, { b: 2, _id: 1 }))).toEqual(['_id', 'b']);
    expect(isReplacement({})).toBe(true);
    expect(isReplacement({ $set: {} })).toBe(false);
    expect(isReplacement([])).toBe(false);
  });

  it('and operators may not change the _id', () => {
    refused({ _id: 1 }, { _id: 2 }, 66);
    refused({ _id: 1 }, { $set: { _id: 2 } }, 66);
    refused({ _id: 1 }, { $unset: { _id: '' } }, 66);
    expect(updated({ _id: 1 }, { $set: { _id: new Int32(1) } })).toEqual({ _id: new Int32(1) });
  });
});

describe('what MongoDB refuses', () => {
  it('is refused with its codes', () => {
    refused({ n: 'x' }, { $inc: { n: 1 } }, 14);
    refused({ n: null }, { $inc: { n: 1 } }, 14);
    refused({ n: 1 }, { $inc: { n: 'x' } }, 14);
    refused({ n: Long.MAX_VALUE }, { $inc: { n: 1 } }, 2);
    refused({ a: 5 }, { $set: { 'a.b': 1 } }, 28);
    refused({ a: [1] }, { $set: { 'a.b': 1 } }, 28);
    refused({ a: null }, { $set: { 'a.b': 1 } }, 28);
    refused({}, { $set: { 'a.': 1 } }, 56);
    refused({}, { $set: { '': 1 } }, 56);
    refused({}, { $set: { $x: 1 } }, 52);
    refused({}, { a: 1, $set: { b: 1 } }, 52);
    refused({}, { $set: { a: 1 }, b: 1 }, 9);
    refused({}, { $unknown: { a: 1 } }, 9);
    refused({}, { $set: 'x' }, 9);
    refused({}, { $currentDate: { a: 'x' } }, 2);
    refused({}, { $bit: { a: { nand: 1 } } }, 2);
    refused({ a: 1.5 }, { $bit: { a: { or: 1 } } }, 2);
    refused({ a: 1 }, { $rename: { a: 'a' } }, 2);
    refused({ l: [1] }, { $rename: { 'l.0': 'x' } }, 2);
  });

  it('paths that meet are a conflict', () => {
    refused({}, { $set: { a: 1 }, $inc: { a: 1 } }, 40);
    refused({}, { $set: { a: 1, 'a-b': 1, 'a.b': 1 } }, 40);
    refused({}, { $set: { 'a.b': 1 }, $unset: { a: '' } }, 40);
    refused({ x: 1 }, { $rename: { x: 'y' }, $set: { y: 1 } }, 40);
    expect(updated({}, { $set: { 'a.b': 1, 'a.c': 2, ab: 3 } })).toEqual({ a: { b: 1, c: 2 }, ab: 3 });
  });
});

describe('the document of an upsert', () => {
  it('has what the filter asks to be equal', () => {
    expect(
      upsertBase({
        k: 'u',
        'p.q': 3,
        g: { $gt: 1 },
        e: { $eq: 5 },
        i: { $in: [7] },
        $and: [{ z: 1 }],
        r: /x/,
        $or: [{ a: 1 }, { b: 1 }],
      }),
    ).toEqual({ k: 'u', p: { q: 3 }, e: 5, i: 7, z: 1 });
  });

  it('is refused where the filter asks twice', () => {
    expect(() => upsertBase({ a: 1, $and: [{ a: 1 }] })).toThrow(expect.objectContaining({ code: 54 }));
  });
});
