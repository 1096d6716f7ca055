// Documents and their index entries in the SQLite file. For commands, planner and tests; all calls are synchronous.
//
// Reading is possible at any time; whatever writes runs inside a transaction of group-commit.ts.
import { backup, type DatabaseSync } from 'node:sqlite';
import { BSONRegExp, ObjectId } from 'bson';
import { decodeDocument, withIdFirst, type Doc } from '../values/bson.ts';
import { checkBson, MAX_STORED_DEPTH } from '../values/check-bson.ts';
import { documentTooLarge, duplicateKey, EngineError } from '../values/errors.ts';
import { encodeKey } from '../values/key-string.ts';
import { pathValues, splitPath } from '../values/paths.ts';
import { Catalog } from './catalog.ts';
import { indexKeys, type IndexKeys } from './index-keys.ts';
import { Statements } from './statements.ts';
import type { Collection, Index } from './model.ts';

/** MongoDB's limit for one document. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Copied in one step; a writer waits for one step at most. */
const COPY_PAGES = 200;

export class Store {
  readonly sql: Statements;
  readonly catalog: Catalog;
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.sql = new Statements(database);
    this.catalog = new Catalog(this.sql);
  }

  close(): void {
    this.#database.close();
  }

  /** Writes everything as it is at one moment into a new file, while others read and write on. */
  async copyTo(file: string): Promise<void> {
    await backup(this.#database, file, { rate: COPY_PAGES });
  }

  /** To be called after any rollback: memory follows the file again. */
  forget(): void {
    if (this.catalog.changed) this.catalog.load();
    for (const collection of this.catalog.collections.values()) collection.count = undefined;
  }

  /**
   * Adds a document; `_id` is made if missing and moves to the front.
   * @throws 11000 for a taken key, 53 for an impossible `_id`, 10334 for too large a document, 15 for too deep a one
   * @returns the bytes as stored
   */
  insert(collection: Collection, bytes: Uint8Array): Uint8Array {
    const raw = withIdFirst(bytes);
    requireStorable(raw);
    const doc = decodeDocument(raw);
    requireId(doc['_id']);
    const key = encodeKey([doc['_id']]);
    if (this.sql.get(`SELECT r FROM ${collection.table} WHERE k=?`, key)) {
      throw duplicate(collection, collection.indexes[0], doc);
    }
    // Every key is checked before the first write: a refused document leaves nothing behind.
    const entries = secondary(collection).map((index) => ({ index, ...indexKeys(index, doc) }));
    for (const { index, keys } of entries) this.#requireFree(collection, index, keys, doc, undefined);
    const row = this.sql.run(`INSERT INTO ${collection.table}(k, v) VALUES(?,?)`, key, raw);
    for (const entry of entries) this.#add(entry.index, row, entry);
    if (collection.count !== undefined) collection.count++;
    return raw;
  }

  /** Puts a new version of a document in the place of the old one and moves its index entries. */
  replace(collection: Collection, row: number, before: Doc, after: Doc, raw: Uint8Array): void {
    requireStorable(raw);
    const changes = secondary(collection).map((index) => {
      const old = indexKeys(index, before);
      const now = indexKeys(index, after);
      return { index, multikey: now.multikey, keys: without(now.keys, old.keys), gone: without(old.keys, now.keys) };
    });
    for (const { index, keys } of changes) this.#requireFree(collection, index, keys, after, row);
    this.sql.run(`UPDATE ${collection.table} SET v=? WHERE r=?`, raw, row);
    for (const change of changes) {
      for (const key of change.gone) this.sql.run(`DELETE FROM ${change.index.table} WHERE k=? AND r=?`, key, row);
      this.#add(change.index, row, change);
    }
  }

  remove(collection: Collection, row: number, doc: Doc): void {
    this.sql.run(`DELETE FROM ${collection.table} WHERE r=?`, row);
    for (const index of secondary(collection)) {
      for (const key of indexKeys(index, doc).keys) {
        this.sql.run(`DELETE FROM ${index.table} WHERE k=? AND r=?`, key, row);
      }
    }
    if (collection.count !== undefined) collection.count--;
  }

  /** Makes an index and fills it from the collection. @returns false if it was there already */
  createIndex(collection: Collection, spec: Doc): boolean {
    const index = this.catalog.addIndex(collection, spec);
    if (!index) return false;
    const select = `SELECT r, v FROM ${collection.table} WHERE r>? ORDER BY r LIMIT 500`;
    let last = -1;
    for (;;) {
      const rows = this.sql.all<{ r: number; v: Uint8Array }>(select, last);
      for (const { r, v } of rows) {
        const doc = decodeDocument(v);
        const entry = indexKeys(index, doc);
        this.#requireFree(collection, index, entry.keys, doc, r);
        this.#add(index, r, entry);
        last = r;
      }
      if (rows.length === 0) return true;
    }
  }

  /** Number of documents, counted once and then kept up to date. */
  count(collection: Collection): number {
    collection.count ??= this.#number(`SELECT count(*) AS n FROM ${collection.table}`);
    return collection.count;
  }

  /** Size of the database file in bytes, the write-ahead log not included. */
  fileBytes(): number {
    const pages = this.sql.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    return pages * (this.sql.get<{ page_size: number }>('PRAGMA page_size')?.page_size ?? 0);
  }

  #number(statement: string): number {
    return Number(this.sql.get<{ n: number }>(statement)?.n ?? 0);
  }

  #add(index: Index, row: number, entry: IndexKeys): void {
    for (const key of entry.keys) this.sql.run(`INSERT OR IGNORE INTO ${index.table} VALUES(?,?)`, key, row);
    if (entry.multikey) this.catalog.markMultikey(index);
  }

  #requireFree(collection: Collection, index: Index, keys: readonly Buffer[], doc: Doc, own: number | undefined): void {
    if (!index.unique) return;
    for (const key of keys) {
      const holders = this.sql.all<{ r: number }>(`SELECT r FROM ${index.table} WHERE k=? LIMIT 2`, key);
      if (holders.some((holder) => holder.r !== own)) throw duplicate(collection, index, doc);
    }
  }
}

const secondary = (collection: Collection): Index[] => collection.indexes.slice(1);

const without = (keys: readonly Buffer[], others: readonly Buffer[]): Buffer[] =>
  keys.filter((key) => !others.some((other) => other.equals(key)));

function requireStorable(raw: Uint8Array): void {
  checkBson(raw, MAX_STORED_DEPTH);
  if (raw.length <= MAX_DOCUMENT_BYTES) return;
  throw documentTooLarge(`object to write is too large: ${raw.length} bytes, the limit is ${MAX_DOCUMENT_BYTES}`);
}

function requireId(id: unknown): void {
  if (id !== undefined && !Array.isArray(id) && !(id instanceof BSONRegExp) && !(id instanceof RegExp)) return;
  throw new EngineError(53, 'InvalidIdField', "The '_id' value cannot be of type array, regex or undefined");
}

function duplicate(collection: Collection, index: Index | undefined, doc: Doc): EngineError {
  const values: Doc = {};
  for (const field of index?.fields ?? []) {
    const found: unknown[] = [];
    pathValues(doc, splitPath(field), 0, found);
    values[field] = typeof found[0] === 'symbol' || found[0] === undefined ? null : found[0];
  }
  const shown = Object.entries(values).map(([field, value]) => `${field}: ${show(value)}`);
  const message = `E11000 duplicate key error collection: ${collection.ns} index: ${index?.name} dup key: { ${shown.join(', ')} }`;
  return duplicateKey(message, { ...index?.key }, values);
}

function show(value: unknown): string {
  return value instanceof ObjectId ? `ObjectId('${value.toHexString()}')` : JSON.stringify(value);
}
