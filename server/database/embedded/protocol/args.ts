// Reads the fields of a command with their types. For commands/.
import { BSONValue } from 'bson';
import { failedToParse, location, typeMismatch } from '../values/errors.ts';
import { isPlain } from '../values/paths.ts';
import type { Doc } from '../values/bson.ts';

/** The fields of one command or statement; every reader throws 14 TypeMismatch for a value of another type. */
export class Args {
  readonly command: string;
  readonly #source: Doc;

  constructor(command: string, source: Doc) {
    this.command = command;
    this.#source = source;
  }

  has(field: string): boolean {
    return this.#source[field] !== undefined;
  }

  value(field: string): unknown {
    return this.#source[field];
  }

  document(field: string): Doc | undefined {
    const value = this.#source[field];
    if (value === undefined || value === null) return undefined;
    if (!isPlain(value)) throw this.#wrong(field, value, 'object');
    return value;
  }

  list(field: string): unknown[] | undefined {
    const value = this.#source[field];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) throw this.#wrong(field, value, 'array');
    return value;
  }

  /** @throws 9 if an element is no document */
  documents(field: string): Doc[] | undefined {
    return this.list(field)?.map((element) => {
      if (!isPlain(element)) throw failedToParse(`each element of '${this.command}.${field}' must be an object`);
      return element;
    });
  }

  text(field: string): string | undefined {
    const value = this.#source[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw this.#wrong(field, value, 'string');
    return value;
  }

  /** MongoDB takes numbers as booleans too. */
  flag(field: string): boolean {
    const value = this.#source[field];
    if (value === undefined || value === null) return false;
    if (typeof value === 'boolean') return value;
    const number = numberOf(value);
    if (number === undefined) throw this.#wrong(field, value, 'bool');
    return number !== 0;
  }

  integer(field: string): number | undefined {
    const value = this.#source[field];
    if (value === undefined || value === null) return undefined;
    const number = numberOf(value);
    if (number === undefined) throw this.#wrong(field, value, 'number');
    return Math.trunc(number);
  }

  /** @throws 51024 for a negative number */
  natural(field: string): number | undefined {
    const number = this.integer(field);
    if (number !== undefined && !(number >= 0)) {
      throw location(51024, `BSON field '${field}' value must be >= 0, actual value '${number}'`);
    }
    return number;
  }

  #wrong(field: string, value: unknown, expected: string): Error {
    const message = `BSON field '${this.command}.${field}' is the wrong type '${typeName(value)}', expected type '${expected}'`;
    return typeMismatch(message);
  }
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (!(value instanceof BSONValue)) return undefined;
  return ['Long', 'Int32', 'Double', 'Decimal128'].includes(value._bsontype) ? Number(String(value)) : undefined;
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof BSONValue) return value._bsontype;
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
