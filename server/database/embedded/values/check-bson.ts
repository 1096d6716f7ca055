// Looks whether bytes are one whole BSON document, not nested too deeply, before anything decodes them. For protocol/ and storage/.
import { EngineError } from './errors.ts';

/** MongoDB's limits: of what it takes in, and of what it stores, so that there is room for a reply around it. */
const MAX_DEPTH = 200;
export const MAX_STORED_DEPTH = 180;

/** Bytes of the values of each type; -1: they begin with their own length. */
const SIZES = new Int8Array(256).fill(-2);
const LENGTH_FIRST = -1;
for (const [type, size] of [
  [0x01, 8], // double
  [0x06, 0], // undefined
  [0x07, 12], // ObjectId
  [0x08, 1], // boolean
  [0x09, 8], // date
  [0x0a, 0], // null
  [0x10, 4], // int32
  [0x11, 8], // timestamp
  [0x12, 8], // int64
  [0x13, 16], // decimal128
  [0x7f, 0], // MaxKey
  [0xff, 0], // MinKey
  [0x02, LENGTH_FIRST], // string
  [0x0d, LENGTH_FIRST], // code
  [0x0e, LENGTH_FIRST], // symbol
] as const) {
  SIZES[type] = size;
}
const DOCUMENT = 0x03;
const ARRAY = 0x04;
const BINARY = 0x05;
const REGEX = 0x0b;
const POINTER = 0x0c;
const CODE_WITH_SCOPE = 0x0f;
const POINTER_BYTES = 12;

/** @throws 22 InvalidBSON, 15 Overflow for a document that is nested too deeply */
export function checkBson(bytes: Uint8Array, maxDepth = MAX_DEPTH): void {
  new Walk(bytes).run(maxDepth);
}

/** Goes through the elements of a document and of those in it without recursion: depth costs no stack. */
class Walk {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  run(maxDepth: number): void {
    const bytes = this.#bytes;
    /** Where each document that is open ends. */
    const ends: number[] = [];
    let end = this.#begin(bytes.length);
    if (end !== bytes.length) throw invalid('the length of a document is wrong');
    for (;;) {
      const type = bytes[this.#at++];
      if (type === 0) {
        if (this.#at !== end) throw invalid('a document ends before its length says');
        const outer = ends.pop();
        if (outer === undefined) return;
        end = outer;
        continue;
      }
      if (type === undefined || this.#at >= end) throw invalid('a document has no end');
      this.#skipText(end);
      if (type === DOCUMENT || type === ARRAY || type === CODE_WITH_SCOPE) {
        if (type === CODE_WITH_SCOPE) this.#code(end);
        ends.push(end);
        if (ends.length >= maxDepth) {
          throw new EngineError(15, 'Overflow', `BSONObj exceeded maximum nested object depth: ${maxDepth}`);
        }
        end = this.#begin(end);
      } else this.#skipValue(type, end);
    }
  }

  /** @returns where the document that begins here ends */
  #begin(limit: number): number {
    const length = this.#length(limit);
    const end = this.#at + length;
    if (length < 5 || end > limit) throw invalid('a document exceeds what it lies in');
    this.#at += 4;
    return end;
  }

  #skipValue(type: number, end: number): void {
    const size = SIZES[type] ?? -2;
    if (size >= 0) this.#skip(size, end);
    else if (size === LENGTH_FIRST) this.#skipString(end);
    else if (type === BINARY) this.#skip(this.#natural(end) + 5, end);
    else if (type === REGEX) {
      this.#skipText(end);
      this.#skipText(end);
    } else if (type === POINTER) {
      this.#skipString(end);
      this.#skip(POINTER_BYTES, end);
    } else throw invalid(`there is no type ${type}`);
  }

  /** Of code with scope everything before its document; its own length must say the same as that of its parts. */
  #code(end: number): void {
    const stop = this.#at + this.#natural(end);
    this.#skip(4, end);
    this.#skipString(end);
    if (this.#at + this.#natural(end) !== stop) throw invalid('the length of code is wrong');
  }

  #skipString(end: number): void {
    const length = this.#natural(end);
    this.#skip(4 + length, end);
    if (length < 1 || this.#bytes[this.#at - 1] !== 0) throw invalid('a text has no end');
  }

  /** A text that ends with the first zero. */
  #skipText(end: number): void {
    const bytes = this.#bytes;
    let at = this.#at;
    while (at < end && bytes[at] !== 0) at++;
    this.#at = at + 1;
    if (this.#at >= end) throw invalid('a name has no end');
  }

  #skip(count: number, end: number): void {
    this.#at += count;
    // the zero at the end of the document is not part of a value
    if (this.#at >= end) throw invalid('a value exceeds its document');
  }

  #natural(limit: number): number {
    const length = this.#length(limit);
    if (length < 0) throw invalid('a length is negative');
    return length;
  }

  #length(limit: number): number {
    const bytes = this.#bytes;
    const at = this.#at;
    if (at + 4 > limit) throw invalid('a length exceeds its document');
    return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  }
}

const invalid = (message: string): EngineError => new EngineError(22, 'InvalidBSON', message);
