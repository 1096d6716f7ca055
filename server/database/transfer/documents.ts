// Collections as bytes: read one by one, summed up, written again. For backup, restore and copy to another database.
import { createHash } from 'node:crypto';
import { BSON, type ClientSession, type Db, type Document } from 'mongodb';
import { UPKEEP } from '../upkeep.ts';

/** What one collection is besides its documents. */
export interface CollectionPlan {
  name: string;
  /** As createIndexes takes them, the one on `_id` left out. */
  indexes: Document[];
}

/** Enough to tell two collections apart: how many documents, and a sum over all of them in any order. */
export interface CollectionSum {
  documents: number;
  /** 64 hex digits. */
  sum: string;
}

/** Number types, dates and binaries come back as exactly what they were. */
const EXACT = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;
const WRITTEN = { ignoreUndefined: false, checkKeys: false } as const;
const MODULUS = 1n << 256n;
const BATCH_DOCUMENTS = 1_000;
const BATCH_BYTES = 8 * 1024 * 1024;

export const decode = (raw: Uint8Array): Document => BSON.deserialize(raw, EXACT);
export const encode = (document: Document): Uint8Array => BSON.serialize(document, WRITTEN);

/** Adds up documents in whatever order they come: equal sums mean equal documents. */
export function createSum(): { add(document: Document): void; total(): CollectionSum } {
  let documents = 0;
  let sum = 0n;
  return {
    add(document) {
      documents++;
      const digest = createHash('sha256').update(encode(document)).digest('hex');
      sum = (sum + BigInt(`0x${digest}`)) % MODULUS;
    },
    total: () => ({ documents, sum: sum.toString(16).padStart(64, '0') }),
  };
}

export const sameSum = (a: CollectionSum, b: CollectionSum): boolean => a.documents === b.documents && a.sum === b.sum;

/** Everything that belongs to the community, by name; upkeep of this very database stays where it is. */
export async function collectionsOf(db: Db): Promise<CollectionPlan[]> {
  const found = await db.listCollections().toArray();
  const names = found
    .filter(({ name, type }) => type === 'collection' && !name.startsWith('system.') && name !== UPKEEP)
    .map(({ name }) => name)
    .sort();
  const plans: CollectionPlan[] = [];
  for (const name of names) {
    const indexes = await db.collection(name).listIndexes().toArray();
    plans.push({ name, indexes: indexes.filter((index) => index.name !== '_id_').map(withoutVersion) });
  }
  return plans;
}

function withoutVersion({ v: _v, ns: _ns, ...index }: Document): Document {
  return index;
}

/** The stored bytes of each document, in natural order. */
export async function* readRaw(db: Db, name: string, session?: ClientSession): AsyncGenerator<Uint8Array> {
  const cursor = db
    .collection(name)
    .find({}, { raw: true, batchSize: BATCH_DOCUMENTS, ...(session ? { session } : {}) });
  try {
    for await (const raw of cursor) yield raw as unknown as Uint8Array;
  } finally {
    await cursor.close();
  }
}

export async function sumOf(db: Db, name: string): Promise<CollectionSum> {
  const sum = createSum();
  for await (const raw of readRaw(db, name)) sum.add(decode(raw));
  return sum.total();
}

export interface Writer {
  add(document: Document, bytes: number): Promise<void>;
  /** Resolves when everything is durable. */
  end(): Promise<void>;
}

/** Writes into one collection in batches. `resumed`: documents that are there already are left as they are. */
export function createWriter(db: Db, name: string, resumed = false): Writer {
  const collection = db.collection(name);
  let batch: Document[] = [];
  let size = 0;

  async function missing(documents: Document[]): Promise<Document[]> {
    if (!resumed) return documents;
    const ids = documents.map(({ _id }) => _id as never);
    const there = await collection.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
    const known = new Set(there.map(keyOf));
    return documents.filter((document) => !known.has(keyOf(document)));
  }

  async function flush(): Promise<void> {
    const documents = await missing(batch);
    batch = [];
    size = 0;
    if (documents.length === 0) return;
    await collection.insertMany(documents, { ...WRITTEN, writeConcern: { w: 'majority', journal: true } });
  }

  return {
    async add(document, bytes) {
      if (batch.length > 0 && (batch.length >= BATCH_DOCUMENTS || size + bytes > BATCH_BYTES)) await flush();
      batch.push(document);
      size += bytes;
    },
    end: flush,
  };
}

const keyOf = ({ _id }: Document): string => BSON.EJSON.stringify({ _id: _id as unknown }, { relaxed: false });

/** After the documents: unique and expiring indexes have nothing to say while they are still coming. */
export async function createIndexes(db: Db, { name, indexes }: CollectionPlan): Promise<void> {
  if (indexes.length > 0) await db.collection(name).createIndexes(indexes as never);
}
