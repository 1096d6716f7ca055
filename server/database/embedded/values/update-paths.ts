// The paths of an update: positional parts made concrete, conflicts found. For update.ts only.
import type { Doc } from './bson.ts';
import { badValue, conflictingUpdate, emptyFieldName, EngineError, failedToParse } from './errors.ts';
import { compileFilter, matchPosition } from './match.ts';
import type { Matcher } from './match.ts';
import { typeName } from './match-types.ts';
import { getField, isIndex, isPlain, splitPath } from './paths.ts';

/** The fields of a reference to another document, the only names that may begin with a dollar. */
const REFERENCE = new Set(['$ref', '$id', '$db']);

/** `arrayFilters` of one update, by the name they give the element. */
export class ArrayFilters {
  private readonly filters = new Map<string, Matcher>();
  private readonly used = new Set<string>();

  /** @throws code 9 for a filter without a single name, or a name given twice */
  constructor(list: readonly Doc[]) {
    for (const filter of list) {
      const [name, ...others] = new Set(namesIn(filter));
      if (name === undefined || others.length > 0) {
        throw failedToParse('Error parsing array filter :: Expected a single top-level field name');
      }
      if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) throw badValue(`The array filter identifier '${name}' is not valid`);
      if (this.filters.has(name)) throw failedToParse(`Found multiple array filters with the same name ${name}`);
      this.filters.set(name, compileFilter(filter));
    }
  }

  /** The indexes of the elements which the filter of this name selects; all for the empty name. */
  select(name: string, array: readonly unknown[], path: string): number[] {
    if (name === '') return [...array.keys()];
    const matches = this.filters.get(name);
    if (!matches) throw badValue(`No array filter found for identifier '${name}' in path '${path}'`);
    this.used.add(name);
    return [...array.keys()].filter((i) => matches({ [name]: array[i] }));
  }

  /** Notes which names a path mentions, also where no array is there to filter. */
  mention(name: string): void {
    this.used.add(name);
  }

  /** @throws code 9 if a filter was given for nothing */
  requireUsed(): void {
    for (const name of this.filters.keys()) {
      if (!this.used.has(name)) {
        throw failedToParse(`The array filter for identifier '${name}' was not used in the update`);
      }
    }
  }
}

function namesIn(filter: Doc): string[] {
  return Object.keys(filter).flatMap((name) => {
    const value = filter[name];
    if (!name.startsWith('$')) return [name.split('.')[0] ?? ''];
    return Array.isArray(value) ? value.filter(isPlain).flatMap(namesIn) : [];
  });
}

/**
 * The concrete paths that a path with `$`, `$[]` or `$[name]` means in a document.
 * @throws code 2 where there is no array or no position, 56 for an empty name, 52 for a field beginning with a dollar
 */
export function concretePaths(document: Doc, path: string, filter: Doc, filters: ArrayFilters): string[] {
  const parts = splitPath(path);
  if (parts.includes('')) {
    throw emptyFieldName(`The update path '${path}' contains an empty field name, which is not allowed.`);
  }
  if (!path.includes('$')) return [path];
  let found: { value: unknown; parts: string[] }[] = [{ value: document, parts: [] }];
  parts.forEach((part, i) => {
    const positional = part === '$' || (part.startsWith('$[') && part.endsWith(']'));
    if (!positional) {
      if (part.startsWith('$') && !REFERENCE.has(part)) {
        throw new EngineError(52, 'DollarPrefixedFieldName', `The dollar ($) prefixed field '${part}' is not allowed`);
      }
      found = found.map(({ value, parts: before }) => ({ value: childOf(value, part), parts: [...before, part] }));
      return;
    }
    if (i === 0) throw badValue(`Cannot have positional (i.e. '${part}') element in the first position in '${path}'`);
    found = found.flatMap(({ value, parts: before }) => {
      const indexes = indexesOf(value, part, before.join('.'), path, filter, filters);
      const list = value as unknown[];
      return indexes.map((index) => ({ value: list[index], parts: [...before, String(index)] }));
    });
    if (part.length > 3) filters.mention(part.slice(2, -1));
  });
  return found.map(({ parts: concrete }) => concrete.join('.'));
}

function indexesOf(
  value: unknown,
  part: string,
  at: string,
  path: string,
  filter: Doc,
  filters: ArrayFilters,
): number[] {
  if (part === '$') return [matchPosition(filter, at, Array.isArray(value) ? value : [])];
  if (value === undefined) {
    throw badValue(`The path '${at}' must exist in the document in order to apply array updates.`);
  }
  if (!Array.isArray(value)) {
    throw badValue(`Cannot apply array updates to non-array element ${at}: ${typeName(value)}`);
  }
  return filters.select(part.slice(2, -1), value, path);
}

function childOf(value: unknown, part: string): unknown {
  if (Array.isArray(value)) return isIndex(part) ? value[Number(part)] : undefined;
  return isPlain(value) ? getField(value, part) : undefined;
}

/** Finds paths of one update that meet: the same path twice, or one inside another. */
export class PathConflicts {
  private readonly paths = new Set<string>();
  private readonly parents = new Set<string>();

  /** @throws code 40 if an earlier path is the same, a part of this one, or this a part of it */
  add(path: string): void {
    if (this.paths.has(path) || this.parents.has(path)) throw conflict(path, path);
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      const parent = path.slice(0, dot);
      if (this.paths.has(parent)) throw conflict(path, parent);
      this.parents.add(parent);
    }
    this.paths.add(path);
  }
}

function conflict(path: string, at: string): EngineError {
  return conflictingUpdate(`Updating the path '${path}' would create a conflict at '${at}'`);
}
