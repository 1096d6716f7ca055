// An engine in a folder of its own with a driver connected to it. For the tests beside this file.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MongoClient, type Collection, type Db, type Document, type ObjectId } from 'mongodb';
import { afterAll, beforeAll } from 'vitest';
import { startEmbedded, type Embedded, type EmbeddedOptions } from '../start.ts';

export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'st-embedded-'));
}

/** A document whose `_id` may be of other types than ObjectId. */
interface AnyDocument extends Document {
  _id?: ObjectId | string | number | RegExp | number[];
}

export interface Running {
  readonly folder: string;
  readonly embedded: Embedded;
  readonly client: MongoClient;
  readonly db: Db;
  collection(name: string): Collection<AnyDocument>;
  /** Closes client and engine; the folder stays. */
  stop(): Promise<void>;
}

export async function run(options: Partial<EmbeddedOptions> = {}): Promise<Running> {
  const folder = options.folder ?? temporaryFolder();
  const embedded = await startEmbedded({ ...options, folder });
  const client = new MongoClient(embedded.uri);
  await client.connect();
  const db = client.db('test');
  return {
    folder,
    embedded,
    client,
    db,
    collection: (name) => db.collection(name),
    async stop() {
      await client.close();
      await embedded.close();
    },
  };
}

/** One engine for all tests of a file, in a folder that goes with it. */
export function useEngine(options: Partial<EmbeddedOptions> = {}): { readonly it: Running } {
  const holder = {} as { it: Running };
  beforeAll(async () => {
    holder.it = await run(options);
  });
  afterAll(async () => {
    await holder.it.stop();
    fs.rmSync(holder.it.folder, { recursive: true, force: true });
  });
  return holder;
}

/** The `_id`s of documents, in their order. */
export const idsOf = (documents: readonly Document[]): unknown[] => documents.map((document) => document['_id']);
