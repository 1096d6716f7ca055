// A document under change: what is written is copied first, the original and all it shares stay as they are.
import type { Doc } from './bson.ts';
import { badValue, pathNotViable } from './errors.ts';
import { typeName } from './match-types.ts';
import { getField, isIndex, isPlain, putField, splitPath } from './paths.ts';

/** Empty elements that a write beyond the end of a list may add. */
const MAX_PADDING = 1_500_000;

type Container = Doc | unknown[];

/** The place of a value: its document or list, and its name there. */
export interface Place {
  container: Container;
  name: string;
}

export function readPlace({ container, name }: Place): unknown {
  if (!Array.isArray(container)) return getField(container, name);
  return isIndex(name) ? container[Number(name)] : undefined;
}

export function writePlace({ container, name }: Place, value: unknown): void {
  if (!Array.isArray(container)) return putField(container, name, value);
  const index = Number(name);
  if (index > container.length + MAX_PADDING) throw badValue(`can't backfill more than ${MAX_PADDING} elements`);
  while (container.length < index) container.push(null);
  container[index] = value;
}

/** Removes a field; an element of a list becomes null, so that the others keep their positions. */
export function clearPlace({ container, name }: Place): void {
  if (!Array.isArray(container)) delete container[name];
  else if (isIndex(name) && Number(name) < container.length) container[Number(name)] = null;
}

export class Draft {
  readonly document: Doc;
  private readonly owned = new Set<unknown>();

  constructor(original: Doc) {
    this.document = { ...original };
    this.owned.add(this.document);
  }

  /** Where the value of a path is or would be, without making anything; undefined if nothing can be there. */
  find(path: string): Place | undefined {
    return this.walk(path, false);
  }

  /** Where to write the value of a path; missing documents on the way are made. @throws code 28 at a scalar */
  make(path: string): Place {
    const place = this.walk(path, true);
    if (!place) throw pathNotViable(`Cannot create '${path}'`);
    return place;
  }

  private walk(path: string, create: boolean): Place | undefined {
    const parts = splitPath(path);
    let container: Container = this.document;
    for (let i = 0; ; i++) {
      const name = parts[i] ?? '';
      if (Array.isArray(container) && !isIndex(name)) {
        if (!create) return undefined;
        throw pathNotViable(`Cannot create field '${name}' in element {${parts[i - 1] ?? ''}: array}`);
      }
      const place: Place = { container, name };
      if (i === parts.length - 1) return place;
      const next = this.enter(place, create);
      if (next) container = next;
      else if (!create) return undefined;
      else {
        const type = typeName(readPlace(place));
        throw pathNotViable(`Cannot create field '${parts[i + 1] ?? ''}' in element {${name}: ${type}}`);
      }
    }
  }

  /** The document or list at a place, as a copy of our own; made if it is missing and `create` is set. */
  private enter(place: Place, create: boolean): Container | undefined {
    const value = readPlace(place);
    if (this.owned.has(value)) return value as Container;
    let copy: Container;
    if (Array.isArray(value)) copy = [...(value as unknown[])];
    else if (isPlain(value)) copy = { ...value };
    else if (value === undefined && create) copy = {};
    else return undefined;
    this.owned.add(copy);
    writePlace(place, copy);
    return copy;
  }
}
