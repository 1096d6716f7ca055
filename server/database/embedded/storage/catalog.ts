// Which collections and indexes exist: kept in two tables, and in memory while the engine runs. For store.ts and commands.
import { decodeDocument, encodeDocument, type Doc } from '../values/bson.ts';
import { EngineError, indexKeySpecsConflict, indexOptionsConflict, namespaceNotFound } from '../values/errors.ts';
import { makeCollection, makeIndex, type Collection, type Index } from './model.ts';
import type { Statements } from './statements.ts';

/** MongoDB's limits. */
const MAX_INDEXES = 64;
const MAX_NAMESPACE_BYTES = 255;

interface CollectionRow {
  id: number;
  ns: string;
  options: Uint8Array;
}

interface IndexRow {
  id: number;
  spec: Uint8Array;
  multikey: number;
}

export class Catalog {
  readonly collections = new Map<string, Collection>();
  /** Memory and tables may differ until the transaction ends: reload after a rollback. */
  changed = false;
  /** Goes up whenever something may have disappeared: whoever paused while reading looks again. */
  epoch = 0;
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
    this.load();
  }

  /** Reads the tables again, after a rollback undid what memory already shows. */
  load(): void {
    this.collections.clear();
    this.changed = false;
    this.epoch++;
    for (const row of this.#sql.all<CollectionRow>('SELECT id, ns, options FROM collections ORDER BY id')) {
      const collection = makeCollection(row.id, row.ns, decodeDocument(row.options));
      const indexes = this.#sql.all<IndexRow>(
        'SELECT id, spec, multikey FROM indexes WHERE collection=? ORDER BY id',
        row.id,
      );
      for (const index of indexes) {
        collection.indexes.push(makeIndex(index.id, decodeDocument(index.spec), index.multikey === 1));
      }
      this.collections.set(row.ns, collection);
    }
  }

  get(ns: string): Collection | undefined {
    return this.collections.get(ns);
  }

  /** @throws 26 NamespaceNotFound */
  require(ns: string): Collection {
    const collection = this.collections.get(ns);
    if (!collection) throw namespaceNotFound(`ns does not exist: ${ns}`);
    return collection;
  }

  /** Whether what somebody reads is still there; ids are never used again. */
  holds(collection: Collection, index: Index | undefined): boolean {
    const now = this.collections.get(collection.ns);
    return now?.id === collection.id && (!index || now.indexes.some((other) => other.id === index.id));
  }

  inDatabase(database: string): Collection[] {
    return [...this.collections.values()].filter((collection) => collection.database === database);
  }

  /** The collection of that name, made if it does not exist. */
  ensure(ns: string, options: Doc = {}): Collection {
    const found = this.collections.get(ns);
    if (found) return found;
    requireName(ns);
    this.changed = true;
    const id = this.#sql.run('INSERT INTO collections(ns, options) VALUES(?,?)', ns, encodeDocument(options));
    this.#sql.change(`CREATE TABLE d${id}(r INTEGER PRIMARY KEY, k BLOB NOT NULL UNIQUE, v BLOB NOT NULL)`);
    const collection = makeCollection(id, ns, options);
    collection.count = 0;
    this.collections.set(ns, collection);
    return collection;
  }

  drop(collection: Collection): void {
    this.changed = true;
    this.epoch++;
    for (const index of collection.indexes) if (index.id !== 0) this.dropIndex(collection, index);
    this.#sql.change(`DROP TABLE ${collection.table}`);
    this.#sql.run('DELETE FROM collections WHERE id=?', collection.id);
    this.collections.delete(collection.ns);
  }

  dropIndex(collection: Collection, index: Index): void {
    this.changed = true;
    this.epoch++;
    this.#sql.change(`DROP TABLE ${index.table}`);
    this.#sql.run('DELETE FROM indexes WHERE id=?', index.id);
    collection.indexes = collection.indexes.filter((other) => other !== index);
  }

  /**
   * Makes an index, still empty; the store fills it.
   * @returns undefined if the same index is already there
   * @throws 85 or 86 if it contradicts one that is
   */
  addIndex(collection: Collection, spec: Doc): Index | undefined {
    const name = String(spec['name']);
    const named = collection.indexes.find((index) => index.name === name);
    const same = collection.indexes.find((index) => signature(index.spec) === signature(spec));
    if (named && named !== same) {
      throw indexKeySpecsConflict(`An existing index has the same name as the requested index: ${name}`);
    }
    if (same) {
      if (same.id === 0) return undefined;
      if (same.name !== name || same.ttlSeconds !== ttlOf(spec)) {
        throw indexOptionsConflict(`An equivalent index already exists with different options: ${same.name}`);
      }
      return undefined;
    }
    if (collection.indexes.length >= MAX_INDEXES) {
      throw new EngineError(67, 'CannotCreateIndex', `add index fails, too many indexes for ${collection.ns}`);
    }
    this.changed = true;
    const id = this.#sql.run(
      'INSERT INTO indexes(collection, spec, multikey) VALUES(?,?,0)',
      collection.id,
      encodeDocument(spec),
    );
    this.#sql.change(`CREATE TABLE i${id}(k BLOB NOT NULL, r INTEGER NOT NULL, PRIMARY KEY(k, r)) WITHOUT ROWID`);
    const index = makeIndex(id, spec, false);
    collection.indexes.push(index);
    return index;
  }

  markMultikey(index: Index): void {
    if (index.multikey) return;
    index.multikey = true;
    this.changed = true;
    this.#sql.run('UPDATE indexes SET multikey=1 WHERE id=?', index.id);
  }
}

const ttlOf = (spec: Doc): number | undefined =>
  spec['expireAfterSeconds'] === undefined ? undefined : Number(spec['expireAfterSeconds']);

/** What makes two indexes the same for MongoDB: everything but name and TTL. */
function signature(spec: Doc): string {
  const isId = JSON.stringify(Object.keys(spec['key'] as Doc)) === '["_id"]';
  return JSON.stringify([
    Object.entries(spec['key'] as Doc).map(([field, direction]) => [field, Number(direction) < 0 ? -1 : 1]),
    isId ? null : [spec['unique'] === true, spec['sparse'] === true],
    spec['partialFilterExpression'] ?? null,
    spec['collation'] ?? null,
  ]);
}

/** @throws 73 InvalidNamespace */
function requireName(ns: string): void {
  const dot = ns.indexOf('.');
  const database = ns.slice(0, dot);
  const name = ns.slice(dot + 1);
  const valid =
    /^[^/\\. "$*<>:|?\0]{1,63}$/.test(database) &&
    name !== '' &&
    !name.startsWith('.') &&
    !name.includes('\0') &&
    !name.includes('$') &&
    !name.startsWith('system.');
  if (!valid || Buffer.byteLength(ns) > MAX_NAMESPACE_BYTES) {
    throw new EngineError(73, 'InvalidNamespace', `Invalid namespace specified '${ns}'`);
  }
}
