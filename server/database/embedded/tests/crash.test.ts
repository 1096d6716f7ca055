// Kills the database in the middle of writing, twenty times: what was acknowledged is there, and every index is whole.
import fs from 'node:fs';
import path from 'node:path';
import { MongoClient, type Collection } from 'mongodb';
import { afterAll, expect, test } from 'vitest';
import { collectRows } from '../query/find.ts';
import { Operation } from '../query/operation.ts';
import { findDamage } from '../storage/integrity.ts';
import { openDatabaseFile } from '../storage/open-file.ts';
import { Store } from '../storage/store.ts';
import { decodeDocument } from '../values/bson.ts';
import { Random } from './random.ts';
import { startChild } from './child.ts';
import { temporaryFolder } from './support.ts';

const ROUNDS = 20;
const WRITERS = 100;

interface Message {
  _id: string;
  room: number;
  tags: string[];
  edits: number;
}

const folder = temporaryFolder();
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** What the clients were told: messages by `_id` with the number of edits that were acknowledged. */
type Acknowledged = Map<string, number>;

/** Writes until the connection breaks. Each message is edited and every third one is moved to another room. */
async function write(messages: Collection<Message>, writer: number, told: Acknowledged): Promise<void> {
  for (let n = 0; ; n++) {
    const _id = `${writer}-${n}`;
    await messages.insertOne({ _id, room: n % 5, tags: [`w${writer}`, `n${n % 7}`], edits: 0 });
    told.set(_id, 0);
    const update = n % 3 === 0 ? { $inc: { edits: 1, room: 1 } } : { $inc: { edits: 1 } };
    await messages.updateOne({ _id }, update);
    told.set(_id, 1);
  }
}

async function runAndKill(round: number, told: Acknowledged): Promise<void> {
  const child = await startChild('--folder', folder);
  const client = new MongoClient(child.uri, { maxPoolSize: WRITERS, serverSelectionTimeoutMS: 5000 });
  const messages = client.db('crash').collection<Message>(`r${round}`);
  await messages.createIndexes([{ key: { room: 1, edits: -1 } }, { key: { tags: 1 } }]);
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(messages, writer, told).catch(() => undefined));
  await expect.poll(() => told.size, { timeout: 20_000, interval: 5 }).toBeGreaterThan(WRITERS);
  await new Promise((resolve) => setTimeout(resolve, new Random(round).below(80)));
  child.process.kill('SIGKILL');
  expect(await child.ended).toBe('SIGKILL');
  await client.close(true);
  await Promise.all(writers);
}

test('nothing acknowledged is missing after a SIGKILL under 100 writers, twenty times', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const told: Acknowledged = new Map();
    await runAndKill(round, told);
    const store = new Store(openDatabaseFile(path.join(folder, 'strong-together.sqlite')));
    const collection = store.catalog.require(`crash.r${round}`);
    const rows = collectRows(store, collection, { filter: {} }, new Operation());
    const found = new Map(
      [...rows].map(({ raw }) => [decodeDocument(raw)['_id'], Number(decodeDocument(raw)['edits'])]),
    );
    const missing = [...told].filter(([id, edits]) => (found.get(id) ?? -1) < edits);
    expect(missing, `round ${round}`).toEqual([]);
    // At most one write of each writer was still on its way.
    expect(found.size - told.size).toBeLessThanOrEqual(WRITERS);
    expect(findDamage(store), `round ${round}`).toEqual([]);
    store.close();
  }
}, 180_000);
