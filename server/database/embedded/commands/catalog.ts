// Collections and databases: create, drop and lists of them. For index.ts.
import { Long } from 'bson';
import { encodeDocument, RawDocument, type Doc } from '../values/bson.ts';
import { compileFilter } from '../values/match.ts';
import { invalidOptions, namespaceExists } from '../values/errors.ts';
import type { Collection } from '../storage/model.ts';
import type { Store } from '../storage/store.ts';
import { collectionOf, namespaceOf, type Command } from './context.ts';

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

/** Sizes are the bytes of the documents; the file is larger by keys and free pages. */
export const listDatabases: Command = ({ store }, { args }) => {
  const nameOnly = args.flag('nameOnly');
  const matches = compileFilter(args.document('filter'));
  const names = new Set([...store.catalog.collections.values()].map((collection) => collection.database));
  const databases = [...names]
    .sort()
    .map((name): Doc => (nameOnly ? { name } : { name, sizeOnDisk: databaseBytes(store, name), empty: false }))
    .filter(matches);
  if (nameOnly) return { databases, ok: 1 };
  return { databases, totalSize: store.fileBytes(), totalSizeMb: Math.round(store.fileBytes() / 1048576), ok: 1 };
};

function databaseBytes(store: Store, name: string): number {
  return store.catalog
    .inDatabase(name)
    .reduce((sum, collection) => sum + store.documentBytes(collection) + indexBytes(store, collection), 0);
}

function indexBytes(store: Store, collection: Collection): number {
  return collection.indexes.reduce((sum, index) => sum + store.indexBytes(index), 0);
}

/** @param call `scale` divides all sizes, as in MongoDB */
export const collStats: Command = (context, call) => {
  const { store } = context;
  const ns = namespaceOf(call.request);
  const scale = call.args.integer('scale') ?? 1;
  if (scale < 1) throw invalidOptions('scale has to be >= 1');
  const collection = store.catalog.get(ns);
  const scaled = (bytes: number): number => Math.floor(bytes / scale);
  if (!collection) {
    return {
      ns,
      size: 0,
      count: 0,
      storageSize: 0,
      nindexes: 0,
      totalIndexSize: 0,
      indexSizes: {},
      scaleFactor: scale,
      ok: 1,
    };
  }
  const bytes = store.documentBytes(collection);
  const count = store.count(collection);
  const sizes = collection.indexes.map((index): [string, number] => [index.name, scaled(store.indexBytes(index))]);
  return {
    ns,
    size: scaled(bytes),
    count,
    ...(count > 0 ? { avgObjSize: Math.round(bytes / count) } : {}),
    storageSize: scaled(bytes),
    nindexes: collection.indexes.length,
    totalIndexSize: scaled(indexBytes(store, collection)),
    indexSizes: Object.fromEntries(sizes),
    capped: false,
    scaleFactor: scale,
    ok: 1,
  };
};
