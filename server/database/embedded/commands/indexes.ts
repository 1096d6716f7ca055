// createIndexes, listIndexes and dropIndexes. For index.ts.
import { BSONValue } from 'bson';
import {
  badValue,
  cannotCreateIndex,
  EngineError,
  failedToParse,
  indexNotFound,
  invalidOptions,
} from '../values/errors.ts';
import { isPlain } from '../values/paths.ts';
import type { Doc } from '../values/bson.ts';
import { sameKey } from '../query/plan.ts';
import type { Collection, Index } from '../storage/model.ts';
import { listReply } from './catalog.ts';
import { collectionOf, namespaceOf, type Command } from './context.ts';

/** Kept in the specification of an index. */
const KEPT = ['key', 'name', 'unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'collation'] as const;
/** Accepted without effect, as MongoDB does: they say how to build, not what. */
const BUILD_ONLY = new Set(['v', 'background', 'ns']);
const UNSUPPORTED = new Set(
  'hidden weights default_language language_override textIndexVersion 2dsphereIndexVersion bits min max bucketSize storageEngine wildcardProjection prepareUnique clustered'.split(
    ' ',
  ),
);
const MAX_TTL_SECONDS = 2 ** 31 - 1;

/** All or none: a key that is not unique, for instance, undoes the whole command. */
export const createIndexes: Command = ({ store }, { request, args }) => {
  const given = args.documents('indexes');
  if (!given || given.length === 0) throw badValue('Must specify at least one index to create');
  const specs = given.map(readSpec);
  const ns = namespaceOf(request);
  const createdCollectionAutomatically = !store.catalog.get(ns);
  const collection = store.catalog.ensure(ns);
  const numIndexesBefore = collection.indexes.length;
  for (const spec of specs) store.createIndex(collection, spec);
  const numIndexesAfter = collection.indexes.length;
  const note = numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {};
  return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ...note, ok: 1 };
};

function readSpec(given: Doc): Doc {
  const kept = new Set<string>(KEPT);
  for (const [name, value] of Object.entries(given)) {
    if (kept.has(name) || BUILD_ONLY.has(name)) continue;
    if (!UNSUPPORTED.has(name)) {
      const message = `The field '${name}' is not valid for an index specification.`;
      throw new EngineError(197, 'InvalidIndexSpecificationOption', message);
    }
    if (value !== false && value !== null) {
      throw invalidOptions(`the index option '${name}' is not supported by the embedded engine`);
    }
  }
  const key = readKey(given['key']);
  if (typeof given['name'] !== 'string' || given['name'] === '')
    throw failedToParse("The 'name' field is a required property of an index specification");
  if (given['name'] === '*') throw badValue("The index name '*' is not valid.");
  checkTtl(given['expireAfterSeconds'], key);
  const isId = Object.keys(key).join() === '_id';
  const spec: Doc = { v: 2 };
  for (const name of KEPT) if (given[name] !== undefined && given[name] !== false) spec[name] = given[name];
  spec['key'] = key;
  // Whatever it is called by the client, there is one index on _id.
  return isId && Number(key['_id']) > 0 ? { v: 2, key, name: '_id_' } : spec;
}

/** @throws 67 CannotCreateIndex for kinds of indexes the engine does not have */
function readKey(key: unknown): Doc {
  if (!isPlain(key) || Object.keys(key).length === 0) throw cannotCreateIndex('Index keys cannot be empty.');
  if (Object.keys(key).length > 32) throw new EngineError(13103, 'Location13103', 'too many compound keys');
  const result: Doc = {};
  for (const [field, direction] of Object.entries(key)) {
    const number =
      typeof direction === 'number' || direction instanceof BSONValue ? Number(String(direction)) : Number.NaN;
    if (!number) throw cannotCreateIndex(`unsupported index type '${String(direction)}' of field '${field}'`);
    if (field.split('.').some((part) => part === '' || part.startsWith('$'))) {
      throw cannotCreateIndex(`Index key contains an illegal field name: '${field}'`);
    }
    result[field] = number;
  }
  return result;
}

function checkTtl(seconds: unknown, key: Doc): void {
  if (seconds === undefined) return;
  const fields = Object.keys(key);
  if (fields.length !== 1 || fields[0] === '_id') {
    throw cannotCreateIndex('TTL indexes are single-field indexes, and not on _id');
  }
  const number = Number(String(seconds));
  if (!(number >= 0 && number <= MAX_TTL_SECONDS)) {
    throw cannotCreateIndex('TTL index expireAfterSeconds must be within 0 and 2147483647');
  }
}

/** @throws 26 NamespaceNotFound */
export const listIndexes: Command = ({ store }, { request }) => {
  const collection = store.catalog.require(namespaceOf(request));
  return listReply(
    collection.ns,
    collection.indexes.map(({ spec }) => spec),
  );
};

/** By name, by key, several names, or `*` for all but `_id`. @throws 26, 27 IndexNotFound, 72 for the `_id` index */
export const dropIndexes: Command = (context, call) => {
  const { store } = context;
  const collection = collectionOf(context, call) ?? store.catalog.require(namespaceOf(call.request));
  const nIndexesWas = collection.indexes.length;
  const wanted = call.args.value('index');
  const all =
    wanted === '*'
      ? collection.indexes.slice(1)
      : (Array.isArray(wanted) ? wanted : [wanted]).map((one) => findIndex(collection, one));
  if (all.some((index) => index.id === 0)) throw invalidOptions('cannot drop _id index');
  for (const index of all) store.catalog.dropIndex(collection, index);
  return { nIndexesWas, ok: 1 };
};

function findIndex(collection: Collection, wanted: unknown): Index {
  const found = collection.indexes.find((index) =>
    isPlain(wanted) ? sameKey(index.key, wanted) : index.name === wanted,
  );
  const shown = isPlain(wanted) ? JSON.stringify(wanted) : String(wanted);
  if (!found) throw indexNotFound(`index not found with name [${shown}]`);
  return found;
}
