// Changes documents one by one: what update and findAndModify have in common. For commands/ only.
import { ObjectId } from 'bson';
import { decodeDocument, decodeTyped, encodeDocument, type Doc } from '../values/bson.ts';
import { failedToParse } from '../values/errors.ts';
import { isPlain } from '../values/paths.ts';
import { applyUpdate, isReplacement, upsertBase, type UpdateOptions } from '../values/update.ts';
import { collectRows, docOf, type Query } from '../query/find.ts';
import type { Operation } from '../query/operation.ts';
import type { Collection, Row } from '../storage/model.ts';
import type { Store } from '../storage/store.ts';

/** An update document with operators, a whole new document, or an aggregation pipeline. */
export type Update = Doc | Doc[];

export interface Change {
  readonly query: Query;
  /** The filter once more, with number types, for what an upsert takes over from it. */
  readonly typedFilter: Doc;
  /** Decoded with number types. */
  readonly update: Update;
  readonly upsert: boolean;
  readonly multi: boolean;
  readonly arrayFilters: Doc[] | undefined;
}

export interface Changed {
  readonly matched: number;
  readonly modified: number;
  /** The `_id` of a document that was made. */
  readonly upserted?: unknown;
  /** Of the last document: its bytes before and after. */
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
}

/** @throws 9 for anything that is no update */
export function requireUpdate(update: unknown, multi: boolean): Update {
  if (Array.isArray(update) && update.every(isPlain)) return update;
  if (!isPlain(update)) throw failedToParse('Update argument must be either an object or an array');
  if (multi && isReplacement(update)) {
    throw failedToParse('multi update is not supported for replacement-style update');
  }
  return update;
}

/** Writing a document takes about so much longer than reading one. */
export const PIECES = 10;

/** Carries one change out. The rows are collected before the first write: no document is met twice. */
export function applyChange(store: Store, collection: Collection, change: Change, operation: Operation): Changed {
  const query = { ...change.query, limit: change.multi ? 0 : 1 };
  const rows = collectRows(store, collection, query, operation);
  if (rows.length === 0) return change.upsert ? insertNew(store, collection, change) : { matched: 0, modified: 0 };
  let modified = 0;
  let last: { before?: Uint8Array; after?: Uint8Array } = {};
  for (const row of rows) {
    const after = changeRow(store, collection, row, change);
    operation.worked(PIECES);
    if (after) modified++;
    last = { before: row.raw, after: after ?? row.raw };
  }
  return { matched: rows.length, modified, ...last };
}

/** @returns the new bytes, or undefined if nothing changed */
function changeRow(store: Store, collection: Collection, row: Row, change: Change): Uint8Array | undefined {
  // Decoded with its number types: what the update does not touch is written back as it was.
  const changed = applyUpdate(decodeTyped(row.raw), change.update, optionsOf(change, false));
  const raw = encodeDocument(changed);
  if (Buffer.compare(raw, row.raw) === 0) return undefined;
  store.replace(collection, row.row, docOf(row), decodeDocument(raw), raw);
  return raw;
}

function insertNew(store: Store, collection: Collection, change: Change): Changed {
  const base = upsertBase(change.typedFilter);
  const idOnly = base['_id'] === undefined ? {} : { _id: base['_id'] };
  const start = isReplacement(change.update) ? idOnly : base;
  const { _id = new ObjectId(), ...rest } = applyUpdate(start, change.update, optionsOf(change, true));
  const raw = store.insert(collection, encodeDocument({ _id, ...rest }));
  return { matched: 0, modified: 0, upserted: _id, after: raw };
}

function optionsOf(change: Change, isInsert: boolean): UpdateOptions {
  const { arrayFilters, query } = change;
  return { arrayFilters, filter: query.filter, variables: query.variables, isInsert, now: new Date() };
}
