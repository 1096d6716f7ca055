// Plain documents and the values a dotted path reaches in them. For every file of the engine.
import { EMPTY_ARRAY } from './key-string.ts';
import type { Doc } from './bson.ts';
import { EngineError } from './errors.ts';

const cache = new Map<string, readonly string[]>();
const MAX_CACHED = 10_000;
/** MongoDB's limit: no document is nested more deeply. */
const MAX_PARTS = 200;

/** Whether the value is a BSON document: an object, but no array, date, binary or other BSON value. */
export function isPlain(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The parts of a dotted field name. Callers must not change the result: it is shared. @throws 15 for more than 200 */
export function splitPath(field: string): readonly string[] {
  let parts = cache.get(field);
  if (!parts) {
    if (cache.size >= MAX_CACHED) cache.clear();
    parts = field.split('.');
    if (parts.length > MAX_PARTS) throw new EngineError(15, 'Overflow', 'FieldPath is too long');
    cache.set(field, parts);
  }
  return parts;
}

/** Whether a part of a path may be the position in an array: digits, no leading zero. */
export function isIndex(part: string): boolean {
  const first = part.charCodeAt(0);
  if (!(first >= 48 && first <= 57)) return false;
  return part.length === 1 || (first !== 48 && /^\d+$/.test(part));
}

/** Writes a field, also one named `__proto__`, as an ordinary own field. */
export function putField(target: Doc, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}

/** Reads an own field; what objects inherit (`constructor`) is no field of a document. */
export function getField(source: Doc, name: string): unknown {
  const value = source[name];
  return (typeof value === 'function' || name === '__proto__') && !Object.hasOwn(source, name) ? undefined : value;
}

/**
 * Collects into `out` what the path `parts` (from part `at` on) reaches from `value`, as an index or a sort sees it:
 * arrays are expanded, a missing value is `undefined`, an empty array at the end is `EMPTY_ARRAY`.
 * @returns whether an array was met on the way
 */
export function pathValues(value: unknown, parts: readonly string[], at: number, out: unknown[]): boolean {
  const part = parts[at];
  if (part === undefined) {
    if (!Array.isArray(value)) {
      out.push(value);
      return false;
    }
    if (value.length === 0) out.push(EMPTY_ARRAY);
    else for (const element of value) out.push(element);
    return true;
  }
  if (Array.isArray(value)) {
    if (isIndex(part) && Number(part) < value.length) {
      pathValues(value[Number(part)], parts, at + 1, out);
      for (const element of value)
        if (isPlain(element) && Object.hasOwn(element, part)) pathValues(element, parts, at, out);
      return true;
    }
    if (value.length === 0) out.push(undefined);
    for (const element of value) {
      if (isPlain(element)) pathValues(element, parts, at, out);
      else out.push(undefined);
    }
    return true;
  }
  if (!isPlain(value)) {
    out.push(undefined);
    return false;
  }
  return pathValues(getField(value, part), parts, at + 1, out);
}
