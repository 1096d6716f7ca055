// Order-preserving bytes of BSON values: comparing the bytes is comparing the values as MongoDB does. For the engine.
//
// Every value is a type byte and a payload; no value's bytes are the beginning of another's. Adding to or changing
// this encoding means rebuilding every stored index.
import { Buffer } from 'node:buffer';
import { Binary, BSONRegExp, BSONSymbol, BSONValue, Code, DBRef, Decimal128, Double, Int32, Long } from 'bson';
import { MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { writeDecimal, writeDouble, writeInteger } from './key-number.ts';
import { KeyWriter } from './key-writer.ts';

/** Stands in a list of index values for an empty array, which has no element to index. */
export const EMPTY_ARRAY: unique symbol = Symbol('empty array');

const MIN = 1;
const UNDEFINED = 5;
const NULL = 10;
const NUMBER = 20;
const STRING = 30;
const OBJECT = 40;
const ARRAY = 50;
const BINARY = 60;
const OBJECT_ID = 70;
const BOOLEAN = 80;
const DATE = 90;
const TIMESTAMP = 95;
const REGEX = 100;
const CODE = 110;
const CODE_WITH_SCOPE = 115;
const MAX = 240;

const writer = new KeyWriter();

/** The type byte of a value: values of equal type byte compare with each other in queries. */
export function typeByte(value: unknown): number {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return NUMBER;
    case 'string':
      return STRING;
    case 'boolean':
      return BOOLEAN;
    case 'object':
      return value === null ? NULL : objectType(value);
    case 'symbol':
      return value === EMPTY_ARRAY ? UNDEFINED : NULL;
    default:
      return NULL;
  }
}

function objectType(value: object): number {
  if (value instanceof Date) return DATE;
  if (Array.isArray(value)) return ARRAY;
  if (value instanceof RegExp) return REGEX;
  if (value instanceof Uint8Array) return BINARY;
  if (!(value instanceof BSONValue)) return OBJECT;
  switch (value._bsontype) {
    case 'ObjectId':
      return OBJECT_ID;
    case 'Int32':
    case 'Double':
    case 'Long':
    case 'Decimal128':
      return NUMBER;
    case 'Timestamp':
      return TIMESTAMP;
    case 'Binary':
      return BINARY;
    case 'BSONRegExp':
      return REGEX;
    case 'BSONSymbol':
      return STRING;
    case 'Code':
      return (value as Code).scope ? CODE_WITH_SCOPE : CODE;
    case 'MinKey':
      return MIN;
    case 'MaxKey':
      return MAX;
    default:
      return OBJECT;
  }
}

function writeValue(value: unknown): void {
  writer.byte(typeByte(value));
  writePayload(value);
}

function writePayload(value: unknown): void {
  if (typeof value === 'number') writeDouble(writer, value);
  else if (typeof value === 'string') writer.text(value);
  else if (typeof value === 'boolean') writer.byte(value ? 1 : 0);
  else if (typeof value === 'bigint') writeInteger(writer, value);
  else if (typeof value === 'object' && value !== null) writeObject(value);
}

function writeObject(value: object): void {
  if (value instanceof ObjectId) writer.bytes(value.id);
  else if (value instanceof Date) writer.uint64(BigInt(value.getTime() || 0) + (1n << 63n));
  else if (Array.isArray(value)) {
    for (const element of value) writeValue(element);
    writer.byte(0);
  } else if (value instanceof BSONValue) writeBsonValue(value);
  else if (value instanceof RegExp) writeRegex(value.source, regexOptions(value));
  else if (value instanceof Uint8Array) writeBinary(value, 0);
  else writeDocument(value as Record<string, unknown>);
}

function writeBsonValue(value: BSONValue): void {
  if (value instanceof Long && !(value instanceof Timestamp)) writeInteger(writer, value.toBigInt());
  else if (value instanceof Int32 || value instanceof Double) writeDouble(writer, value.value);
  else if (value instanceof Decimal128) writeDecimal(writer, value.toString());
  else if (value instanceof Timestamp) writer.uint64(value.toBigInt());
  else if (value instanceof Binary) writeBinary(value.value(), value.sub_type);
  else if (value instanceof BSONRegExp) writeRegex(value.pattern, value.options);
  else if (value instanceof BSONSymbol) writer.text(value.value);
  else if (value instanceof Code) {
    writer.text(String(value.code));
    if (value.scope) writeDocument(value.scope);
  } else if (value instanceof DBRef) writeDocument({ $ref: value.collection, $id: value.oid, ...value.fields });
  else if (!(value instanceof MinKey || value instanceof MaxKey)) writer.byte(0);
}

function writeRegex(pattern: string, options: string): void {
  writer.text(pattern);
  writer.text(options);
}

/** The BSON options of a JavaScript expression, in the order in which BSON keeps them. */
function regexOptions(value: RegExp): string {
  return `${value.ignoreCase ? 'i' : ''}${value.multiline ? 'm' : ''}${value.dotAll || value.global ? 's' : ''}`;
}

function writeBinary(bytes: Uint8Array, subtype: number): void {
  writer.uint32(bytes.length);
  writer.byte(subtype);
  writer.bytes(bytes);
}

/** Field by field: type, then name, then value, as MongoDB compares documents. */
function writeDocument(document: Record<string, unknown>): void {
  for (const name of Object.keys(document)) {
    const value = document[name];
    writer.byte(typeByte(value));
    writer.text(name);
    writePayload(value);
  }
  writer.byte(0);
}

/**
 * The order-preserving key of a list of values.
 * @param directions for each value 1 (ascending, the default) or -1
 */
export function encodeKey(values: readonly unknown[], directions?: readonly number[]): Buffer {
  writer.start();
  for (let i = 0; i < values.length; i++) {
    const from = writer.length;
    writeValue(values[i]);
    if (directions && (directions[i] ?? 1) < 0) writer.complement(from);
  }
  return writer.finish();
}

/** First type byte of the values that compare with `value`, and the byte after the last (exclusive). */
export function typeBracket(value: unknown): [number, number] {
  const type = typeByte(value);
  return [type, type + 1];
}

/** The smallest byte string above every string that begins with `bytes`; undefined if there is none. */
export function successor(bytes: Buffer): Buffer | undefined {
  for (let i = bytes.length - 1; i >= 0; i--) {
    const byte = bytes[i] ?? 0;
    if (byte === 0xff) continue;
    const next = Buffer.from(bytes.subarray(0, i + 1));
    next[i] = byte + 1;
    return next;
  }
  return undefined;
}

function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const surrogate = x >= 0xd800 && y >= 0xd800; // UTF-16 puts these before U+E000, UTF-8 after U+FFFF
    if (surrogate && x <= 0xdfff !== y <= 0xdfff) return x <= 0xdfff ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}

/** Compares two values of any type in MongoDB's order: negative, zero or positive, as their keys compare. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number' && a === a && b === b) return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : compareText(a, b);
  const types = typeByte(a) - typeByte(b);
  if (types !== 0) return types;
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id);
  if (a instanceof Date && b instanceof Date) return (a.getTime() || 0) - (b.getTime() || 0);
  return Buffer.compare(encodeKey([a]), encodeKey([b]));
}
