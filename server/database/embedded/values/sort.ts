// Sorting documents by a sort specification, in the order in which an index would have them. For the engine.
import { Buffer } from 'node:buffer';
import type { Doc } from './bson.ts';
import { badValue } from './errors.ts';
import { encodeKey } from './key-string.ts';
import { isNumber, toDouble } from './numbers.ts';
import { pathValues, splitPath } from './paths.ts';

interface SortField {
  parts: readonly string[];
  direction: readonly number[];
}

/**
 * A key by whose bytes documents sort. Of the values in an array the smallest counts, descending the largest; each
 * field of a compound sort chooses for itself.
 * @param spec field names with 1 or -1
 * @throws code 2 for another direction
 */
export function sortKey(spec: Doc): (document: unknown) => Buffer {
  const fields = Object.keys(spec).map((name) => parseField(name, spec[name]));
  const [first] = fields;
  if (first && fields.length === 1) return (document) => fieldKey(document, first);
  return (document) => Buffer.concat(fields.map((field) => fieldKey(document, field)));
}

function parseField(name: string, direction: unknown): SortField {
  const number = isNumber(direction) ? toDouble(direction) : 0;
  if (number !== 1 && number !== -1) throw badValue(`$sort key ordering must be 1 or -1 (${name})`);
  return { parts: splitPath(name), direction: [number] };
}

function fieldKey(document: unknown, { parts, direction }: SortField): Buffer {
  const values: unknown[] = [];
  pathValues(document, parts, 0, values);
  let smallest = encodeKey([values[0]], direction);
  for (let i = 1; i < values.length; i++) {
    const key = encodeKey([values[i]], direction);
    if (Buffer.compare(key, smallest) < 0) smallest = key;
  }
  return smallest;
}

/** The rows in the order of `spec`; rows that are equal keep their order. The input is left alone. */
export function sortRows<T>(rows: readonly T[], spec: Doc, docOf: (row: T) => Doc): T[] {
  const key = sortKey(spec);
  return rows
    .map((row) => ({ row, key: key(docOf(row)) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ row }) => row);
}
