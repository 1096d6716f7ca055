// The keys under which an index holds a document. For store.ts, the integrity check and the fuzz test.
import { EngineError } from '../values/errors.ts';
import { encodeKey } from '../values/key-string.ts';
import { pathValues, splitPath } from '../values/paths.ts';
import type { Doc } from '../values/bson.ts';
import type { Index } from './model.ts';

export interface IndexKeys {
  readonly keys: readonly Buffer[];
  /** An array lies on one of the paths, even if it gives a single key. */
  readonly multikey: boolean;
}

const NONE: IndexKeys = { keys: [], multikey: false };

/**
 * All keys of `doc` in `index`, each once; none if a partial or sparse index leaves it out.
 * @throws 171 CannotIndexParallelArrays if two fields of the index hold arrays of their own
 */
export function indexKeys(index: Index, doc: Doc): IndexKeys {
  if (index.accepts && !index.accepts(doc)) return NONE;
  const source = index.fold ? index.fold(doc) : doc;
  const columns: unknown[][] = [];
  const arrayRoots = new Set<string | undefined>();
  let multikey = false;
  let present = false;
  for (const field of index.fields) {
    const parts = splitPath(field);
    const values: unknown[] = [];
    if (pathValues(source, parts, 0, values)) {
      multikey = true;
      if (values.length > 1) arrayRoots.add(parts[0]);
    }
    present ||= values.some((value) => value !== undefined);
    columns.push(values);
  }
  if (arrayRoots.size > 1) throw new EngineError(171, 'CannotIndexParallelArrays', 'cannot index parallel arrays');
  if (index.sparse && !present) return NONE;
  const keys = combinations(columns).map((values) => encodeKey(values, index.directions));
  return { keys: keys.length > 1 ? distinct(keys) : keys, multikey };
}

function combinations(columns: readonly unknown[][]): unknown[][] {
  let rows: unknown[][] = [[]];
  for (const values of columns) rows = rows.flatMap((row) => values.map((value) => [...row, value]));
  return rows;
}

function distinct(keys: readonly Buffer[]): Buffer[] {
  return [...new Map(keys.map((key) => [key.toString('latin1'), key])).values()];
}
