// Collections and databases: create, drop and lists of them. For index.ts.
import { Long } from 'bson';
import { encodeDocument, RawDocument, type Doc } from '../values/bson.ts';
import { compileFilter } from '../values/match.ts';
import { invalidOptions, namespaceExists } from '../values/errors.ts';
import type { Paused } from '../query/scan.ts';
import { documentBytes, indexBytes } from '../storage/sizes.ts';
import type { Store } from '../storage/store.ts';
import { collectionOf, namespaceOf, type Command, type PausingCommand } from './context.ts';

/** A whole list as the first and only batch of a cursor. */
export function listReply(ns: string, docs: readonly Doc[]): Doc {
  const firstBatch = docs.map((doc) => new RawDocument(encodeDocument(doc)));
  return { cursor: { firstBatch, id: Long.ZERO, ns }, ok: 1 };
}

/** @throws 48 NamespaceExists */
export const create: Command = ({ store }, { request }) => {
  const ns = namespaceOf(request);
  if (store.catalog.get(ns)) throw namespaceExists(`Collection ${ns} already exists.`);
  store.catalog.ensure(ns);
  return { ok: 1 };
};

/** A collection that does not exist is as good as dropped. */
export const drop: Command = (context, call) => {
  const collection = collectionOf(context, call);
  if (!collection) return { ok: 1 };
  const nIndexesWas = collection.indexes.length;
  context.store.catalog.drop(collection);
  return { nIndexesWas, ns: collection.ns, ok: 1 };
};

export const dropDatabase: Command = ({ store }, { request }) => {
  const collections = store.catalog.inDatabase(request.database);
  for (const collection of collections) store.catalog.drop(collection);
  return collections.length > 0 ? { dropped: request.database, ok: 1 } : { ok: 1 };
};

export const listCollections: Command = ({ store }, { request, args }) => {
  const nameOnly = args.flag('nameOnly');
  const matches = compileFilter(args.document('filter'));
  const found = store.catalog
    .inDatabase(request.database)
    .map((collection): Doc => {
      const entry = { name: collection.name, type: 'collection' };
      if (nameOnly) return entry;
      const idIndex = collection.indexes[0]?.spec;
      return { ...entry, options: collection.options, info: { readOnly: false }, idIndex };
    })
    .filter(matches);
  return listReply(`${request.database}.$cmd.listCollections`, found);
};

/** Sizes are the bytes of the documents and keys; the file is larger by free pages. */
export const listDatabases: PausingCommand = function* ({ store }, { args }) {
  const nameOnly = args.flag('nameOnly');
  const matches = compileFilter(args.document('filter'));
  const names = [...new Set([...store.catalog.collections.values()].map((collection) => collection.database))];
  const databases: Doc[] = [];
  for (const name of names.sort()) {
    databases.push(nameOnly ? { name } : { name, sizeOnDisk: yield* databaseBytes(store, name), empty: false });
  }
  const found = databases.filter(matches);
  if (nameOnly) return { databases: found, ok: 1 };
  const totalSize = store.fileBytes();
  return { databases: found, totalSize, totalSizeMb: Math.round(totalSize / 1048576), ok: 1 };
};

function* databaseBytes(store: Store, name: string): Generator<Paused, number> {
  let bytes = 0;
  for (const collection of store.catalog.inDatabase(name)) {
    bytes += yield* documentBytes(store, collection);
    for (const index of collection.indexes) bytes += yield* indexBytes(store, collection, index);
  }
  return bytes;
}

/** @param call `scale` divides all sizes, as in MongoDB */
export const collStats: PausingCommand = function* (context, call) {
  const { store } = context;
  const ns = namespaceOf(call.request);
  const scale = call.args.integer('scale') ?? 1;
  if (scale < 1) throw invalidOptions('scale has to be >= 1');
  const collection = store.catalog.get(ns);
  const scaled = (bytes: number): number => Math.floor(bytes / scale);
  const bytes = collection ? yield* documentBytes(store, collection) : 0;
  const indexSizes: Record<string, number> = {};
  let totalIndexSize = 0;
  for (const index of collection?.indexes ?? []) {
    const size = collection ? yield* indexBytes(store, collection, index) : 0;
    indexSizes[index.name] = scaled(size);
    totalIndexSize += size;
  }
  const count = collection ? store.count(collection) : 0;
  return {
    ns,
    size: scaled(bytes),
    count,
    ...(count > 0 ? { avgObjSize: Math.round(bytes / count) } : {}),
    storageSize: scaled(bytes),
    nindexes: collection?.indexes.length ?? 0,
    totalIndexSize: scaled(totalIndexSize),
    indexSizes,
    ...(collection ? { capped: false } : {}),
    scaleFactor: scale,
    ok: 1,
  };
};
