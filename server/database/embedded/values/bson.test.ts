// Tests of encoding, raw replies and number types.
import { Buffer } from 'node:buffer';
import { Binary, deserialize, Double, Int32, Long, ObjectId, serialize } from 'bson';
import { describe, expect, it } from 'vitest';
import {
  decodeDocument,
  decodeTyped,
  encodeDocument,
  encodeReply,
  RawDocument,
  restoreTypes,
  withIdFirst,
} from './bson.ts';

describe('replies', () => {
  it('carry stored documents as they are, alone and in lists', () => {
    const bytes = serialize({ x: new Double(5), näme: 'ü' });
    const reply = encodeReply({
      cursor: { firstBatch: [new RawDocument(bytes), new RawDocument(bytes)], id: Long.fromNumber(0), gone: undefined },
      value: new RawDocument(bytes),
      none: null,
      ok: 1,
    });
    expect(deserialize(reply)).toEqual({
      cursor: {
        firstBatch: [
          { x: 5, näme: 'ü' },
          { x: 5, näme: 'ü' },
        ],
        id: 0,
      },
      value: { x: 5, näme: 'ü' },
      none: null,
      ok: 1,
    });
    expect(reply.readInt32LE(0)).toBe(reply.length);
  });
});

describe('the _id of a stored document', () => {
  it('moves to the front', () => {
    expect(Object.keys(deserialize(withIdFirst(serialize({ a: 1, _id: 7, b: 2 }))))).toEqual(['_id', 'a', 'b']);
    expect(deserialize(withIdFirst(serialize({ a: 1, _id: 7 })))).toEqual({ _id: 7, a: 1 });
    expect(deserialize(withIdFirst(serialize({ _id: 7, a: 1 })))).toEqual({ _id: 7, a: 1 });
  });

  it('is made where it is missing', () => {
    const stored = deserialize(withIdFirst(serialize({ a: 1, _idx: 2 })));
    expect(stored['_id']).toBeInstanceOf(ObjectId);
    expect(Object.keys(stored)).toEqual(['_id', 'a', '_idx']);
  });
});

describe('number types', () => {
  const stored = serialize({
    double: new Double(5),
    int: new Int32(5),
    long: Long.fromNumber(5),
    big: Long.fromString('9007199254740993'),
    list: [new Double(1), Long.fromNumber(2), new Double(3)],
    nested: { double: new Double(0) },
    text: 'x',
  });

  it('survive an update of another field', () => {
    const restored = restoreTypes(decodeTyped(stored), { ...decodeDocument(stored), text: 'y' });
    expect(decodeTyped(encodeDocument(restored as Record<string, unknown>))).toEqual({
      ...decodeTyped(stored),
      text: 'y',
    });
  });

  it('survive counting, but not a change of a list element', () => {
    const now = { double: 6, long: 7, list: [9, Long.fromNumber(2), 3] };
    expect(restoreTypes(decodeTyped(stored), now)).toEqual({
      double: new Double(6),
      long: Long.fromNumber(7),
      list: [9, Long.fromNumber(2), new Double(3)],
    });
  });

  it('give the same bytes again when decoded typed', () => {
    expect(Buffer.compare(encodeDocument(decodeTyped(stored)), stored)).toBe(0);
  });
});

describe('odd documents', () => {
  it('keep a field named __proto__ and expressions that only PCRE understands', () => {
    const source = Buffer.from('\0\0\0\0\x10__proto__\0\x01\0\0\0\x0br\0(?<x\0s\0\0', 'latin1');
    source.writeInt32LE(source.length);
    const document = decodeDocument(source);
    expect(Object.keys(document)).toEqual(['__proto__', 'r']);
    expect(Buffer.from(encodeDocument(document)).equals(source)).toBe(true);
    expect(Buffer.from(encodeReply(document)).equals(source)).toBe(true);
  });

  it('keep binary as binary', () => {
    expect(decodeDocument(serialize({ b: new Binary(Buffer.of(1)) }))['b']).toBeInstanceOf(Binary);
  });
});
