// The embedded engine dies under the hub: it is started again and the same connection goes on.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterEach, expect, test, vi } from 'vitest';
import { silentLogger } from '../domain/kernel/logger.ts';
import { openDatabase } from './connect.ts';
import { isDatabaseAway } from './errors.ts';
import type { Embedded } from './embedded/start.ts';

const engines = vi.hoisted((): { started: Embedded[] } => ({ started: [] }));
vi.mock(import('./embedded/start.ts'), async (original) => {
  const own = await original();
  return {
    ...own,
    startEmbedded: async (options) => {
      const engine = await own.startEmbedded(options);
      engines.started.push(engine);
      return engine;
    },
  };
});

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

test('what was stored is there after the engine died, without opening the database again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'st-'));
  folders.push(folder);
  const database = await openDatabase({ folder, log: silentLogger });
  const notes = database.connection.collection<{ text: string }>('notes');
  await notes.insertOne({ text: 'kept' });
  expect(database.ready()).toBe(true);

  await engines.started[0]?.close();
  await expect.poll(() => engines.started.length, { timeout: 10_000 }).toBe(2);
  await expect.poll(() => database.ready(), { timeout: 15_000 }).toBe(true);
  expect(await notes.countDocuments({ text: 'kept' })).toBe(1);

  await database.close();
  await expect(engines.started[1]?.exited).resolves.toBeUndefined();
  expect(engines.started).toHaveLength(2);
}, 40_000);

test('a connection that breaks under a bulk write is known as a database that is away', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'st-'));
  folders.push(folder);
  const database = await openDatabase({ folder, log: silentLogger });
  const through = await brokenProxy(database.connection.getClient().options.hosts[0]?.socketPath ?? '');
  const client = new MongoClient(`mongodb://127.0.0.1:${through.port}/test?directConnection=true`, {
    serverSelectionTimeoutMS: 300,
  });
  const notes = client.db().collection('notes');
  await notes.insertOne({ text: 'first' });
  const writing = [notes.insertMany([{}, {}]), notes.bulkWrite([{ insertOne: { document: {} } }])];
  through.cut();
  const ended = await Promise.allSettled(writing);
  const refused = [...ended, ...(await Promise.allSettled([notes.insertMany([{}])]))];
  const reasons = refused.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  expect(reasons.length).toBeGreaterThan(0);
  for (const reason of reasons) expect(isDatabaseAway(reason)).toBe(true);
  await client.close();
  await database.close();
});

test('what is asked on a connection that has just gone is answered, and so is the closing', async () => {
  const sockets: Socket[] = [];
  const note = (message: unknown): void => void sockets.push((message as { socket: Socket }).socket);
  subscribe('net.client.socket', note);
  const folder = await mkdtemp(join(tmpdir(), 'st-'));
  folders.push(folder);
  const database = await openDatabase({ folder, log: silentLogger });
  const notes = database.connection.collection<{ text: string }>('notes');
  await notes.insertOne({ text: 'kept' });
  const goAll = (): void => {
    for (const socket of sockets.splice(0)) socket.destroy();
  };
  goAll();
  // the driver does not know yet
  const answers = [notes.insertOne({ text: 'again' }), notes.countDocuments({ text: 'kept' })];
  await Promise.allSettled(answers);
  expect(await notes.countDocuments({ text: 'kept' })).toBe(1);
  goAll();
  unsubscribe('net.client.socket', note);
  await database.close();
}, 20_000);

/** Passes everything on until `cut`, then nothing any more. */
async function brokenProxy(socketPath: string): Promise<{ port: number; cut: () => void }> {
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = createConnection(socketPath);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const cut = (): void => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port, cut };
}
