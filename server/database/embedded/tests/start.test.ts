// Tests of the worker thread: what `exited` says, closing twice, and starting again after the thread died.
import fs from 'node:fs';
import type { Worker } from 'node:worker_threads';
import type { MongoClient } from 'mongodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbedded } from '../start.ts';
import { run, temporaryFolder } from './support.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/**
 * Closes a client whose engine is gone. Right after the end the driver takes a connection for open that is not, writes its
 * goodbye into it and waits for ever; the hub has a mend for that (database/driver.ts), the engine stands alone. By the time
 * another engine runs, the driver knows.
 */
const closeLate = (client: MongoClient): Promise<void> => client.close();

test('closing answers what has arrived, and may be asked for twice', async () => {
  const { client, collection, embedded } = await run({ folder });
  const c = collection('c');
  await c.insertOne({ _id: 'first' });
  const writes = Array.from({ length: 20 }, (_, i) =>
    c.insertOne({ _id: i }).then(
      () => i,
      () => undefined,
    ),
  );
  await Promise.all([embedded.close(), embedded.close()]);
  expect(await embedded.exited).toBeUndefined();

  const again = await run({ folder });
  await closeLate(client);
  const done = await Promise.all(writes);
  const found = new Set((await again.collection('c').find().toArray()).map(({ _id }) => _id));
  expect(done.filter((id) => id !== undefined && !found.has(id))).toEqual([]);
  await again.stop();
});

test('a thread that dies is reported, and the folder can be opened again', async () => {
  const started = new Promise<Worker>((resolve) => process.once('worker', resolve));
  const { client, collection, embedded } = await run({ folder });
  await collection('c').insertOne({ _id: 'kept' });
  await (await started).terminate();
  expect(await embedded.exited).toEqual(new Error('the embedded database ended unexpectedly'));
  await embedded.close();

  const again = await run({ folder });
  await closeLate(client);
  expect(await again.collection('c').find().toArray()).toEqual([{ _id: 'kept' }]);
  await again.stop();
});

test('it listens to this machine only, and a refused address does not keep the folder', async () => {
  const listen = { host: '0.0.0.0', port: 0 };
  await expect(startEmbedded({ folder, listen })).rejects.toThrow('the embedded database listens on this machine only');
  const first = await run({ folder, listen: { host: '127.0.0.1', port: 0 } });
  const port = Number(new URL(first.embedded.uri.replace('mongodb', 'http')).port);
  const other = temporaryFolder();
  const taken = { folder: other, listen: { host: '127.0.0.1', port } };
  await expect(startEmbedded(taken)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.stop();
  const second = await startEmbedded(taken);
  await second.close();
  fs.rmSync(other, { recursive: true });
});
