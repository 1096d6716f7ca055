// Bytes to documents and back, replies that carry stored bytes as they are, and BSON number types. For the engine.
import { Buffer } from 'node:buffer';
import { deserialize, Double, Int32, Long, ObjectId, onDemand, serialize, Timestamp } from 'bson';
import type { DeserializeOptions } from 'bson';
import { getField, isPlain, putField } from './paths.ts';

export type Doc = Record<string, unknown>;

// Regular expressions stay BSON: what PCRE understands need not be a JavaScript expression.
const DECODED: DeserializeOptions = { promoteBuffers: false, promoteLongs: false, bsonRegExp: true };
const TYPED: DeserializeOptions = { promoteValues: false, promoteBuffers: false, bsonRegExp: true };
const PLAIN: DeserializeOptions = { promoteBuffers: false, promoteLongs: true, bsonRegExp: true };

/** The BSON bytes of a document. Fields that are `undefined` are left out. */
export function encodeDocument(document: Doc): Uint8Array {
  return serialize(document, { ignoreUndefined: true, checkKeys: false });
}

/** Decodes for matching: Int32 and Double become numbers, Long, Decimal128 and Binary stay what they are. */
export function decodeDocument(bytes: Uint8Array): Doc {
  return deserialize(bytes, DECODED);
}

/** Decodes with every number in its BSON type, so that encoding gives the same bytes again. */
export function decodeTyped(bytes: Uint8Array): Doc {
  return deserialize(bytes, TYPED);
}

/** Decodes for aggregation: a Long that fits becomes a number too. */
export function decodePlain(bytes: Uint8Array): Doc {
  return deserialize(bytes, PLAIN);
}

/** A stored document that goes into a reply without being decoded. */
export class RawDocument {
  bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** The BSON bytes of a reply whose values, at any depth, may be a `RawDocument` or an array of them. */
export function encodeReply(document: Doc): Buffer {
  const parts: Uint8Array[] = [];
  appendDocument(document, parts);
  return Buffer.concat(parts);
}

/** Appends the bytes of a document to `parts`. @returns how many */
function appendDocument(document: Doc, parts: Uint8Array[]): number {
  const head = Buffer.alloc(4);
  parts.push(head);
  let length = 4;
  for (const name of Object.keys(document)) {
    const value = document[name];
    if (value === undefined) continue;
    if (value instanceof RawDocument) {
      length += append(parts, elementHead(3, name)) + append(parts, value.bytes);
    } else if (isRawList(value)) {
      length += append(parts, elementHead(4, name)) + appendRawList(value, parts);
    } else if (isPlain(value)) {
      length += append(parts, elementHead(3, name)) + appendDocument(value, parts);
    } else {
      const bytes = encodeDocument({ [name]: value });
      length += append(parts, bytes.subarray(4, bytes.length - 1));
    }
  }
  length += append(parts, Buffer.of(0));
  head.writeInt32LE(length);
  return length;
}

function appendRawList(list: readonly RawDocument[], parts: Uint8Array[]): number {
  const head = Buffer.alloc(4);
  parts.push(head);
  let length = 4;
  list.forEach((raw, i) => {
    length += append(parts, elementHead(3, String(i))) + append(parts, raw.bytes);
  });
  length += append(parts, Buffer.of(0));
  head.writeInt32LE(length);
  return length;
}

function append(parts: Uint8Array[], bytes: Uint8Array): number {
  parts.push(bytes);
  return bytes.length;
}

function elementHead(type: number, name: string): Buffer {
  return Buffer.from(`${String.fromCharCode(type)}${name}\0`, 'utf8');
}

function isRawList(value: unknown): value is RawDocument[] {
  return Array.isArray(value) && value[0] instanceof RawDocument;
}

/** The same document with `_id` as its first field, made if it is missing; always a copy. */
export function withIdFirst(raw: Uint8Array): Uint8Array {
  const elements = [...onDemand.parseToElements(raw)];
  const at = elements.findIndex(([, name, length]) => length === 3 && isIdName(raw, name));
  if (at === 0) return Buffer.from(raw);
  if (at < 0) {
    const id = encodeDocument({ _id: new ObjectId() });
    return joined([id.subarray(4, id.length - 1), raw.subarray(4)]);
  }
  const start = elementStart(elements[at]);
  const end = at + 1 < elements.length ? elementStart(elements[at + 1]) : raw.length - 1;
  return joined([raw.subarray(start, end), raw.subarray(4, start), raw.subarray(end)]);
}

function isIdName(raw: Uint8Array, at: number): boolean {
  return raw[at] === 95 && raw[at + 1] === 105 && raw[at + 2] === 100;
}

/** Where an element begins: its type byte stands before its name. */
function elementStart(element: readonly number[] | undefined): number {
  return (element?.[1] ?? 1) - 1;
}

function joined(parts: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(4), ...parts]);
  bytes.writeInt32LE(bytes.length);
  return bytes;
}

/**
 * Gives numbers the BSON types back which `decodeDocument` lost, by comparing with the same document decoded typed.
 * A number where a Double was stays a Double and one where a Long was a Long, so counting does not change the type;
 * list elements get it back only where they are unchanged. A caller that needs no guess updates typed documents.
 */
export function restoreTypes(typed: unknown, now: unknown): unknown {
  if (typeof now === 'number') {
    if (typed instanceof Double) return new Double(now);
    return isLong(typed) && Number.isSafeInteger(now) ? Long.fromNumber(now) : now;
  }
  if (Array.isArray(now)) {
    if (!Array.isArray(typed)) return now;
    const before: unknown[] = typed;
    return now.map((value: unknown, i) => (isUnchanged(before[i], value) ? restoreTypes(before[i], value) : value));
  }
  if (!isPlain(now) || !isPlain(typed)) return now;
  const restored: Doc = {};
  for (const name of Object.keys(now)) putField(restored, name, restoreTypes(getField(typed, name), now[name]));
  return restored;
}

function isUnchanged(typed: unknown, now: unknown): boolean {
  if (typeof now !== 'number') return true;
  if (typed instanceof Int32 || typed instanceof Double) return typed.value === now;
  return isLong(typed) && typed.toNumber() === now;
}

function isLong(value: unknown): value is Long {
  return value instanceof Long && !(value instanceof Timestamp);
}
