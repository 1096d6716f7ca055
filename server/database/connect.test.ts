// The embedded engine dies under the hub: it is started again and the same connection goes on.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { silentLogger } from '../domain/kernel/logger.ts';
import { openDatabase } from './connect.ts';
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

test('a second opener is told that the database is in use, and the first goes on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'st-'));
  folders.push(folder);
  const first = await openDatabase({ folder, log: silentLogger });
  await expect(openDatabase({ folder, log: silentLogger })).rejects.toMatchObject({
    name: 'DatabaseOpenError',
    reason: 'in-use',
  });
  expect(await first.connection.collection('notes').countDocuments()).toBe(0);
  await first.close();
});
