// The nightly backup: when it is due, by whom it is made, what is kept.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from 'mongodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from './database/connect.ts';
import { MANIFEST, readManifest } from './database/transfer/manifest.ts';
import { silentLogger } from './domain/kernel/logger.ts';
import { createBackupRunner, createNightly, type Nightly } from './nightly.ts';

let root: string;
let database: Database;
let now: Date;
const started: Nightly[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'st-'));
  database = await openDatabase({ folder: join(root, 'data'), log: silentLogger });
  now = new Date(2026, 2, 10, 15, 0);
});
afterEach(async () => {
  for (const nightly of started.splice(0)) nightly.stop();
  await database.close();
  await rm(root, { recursive: true, force: true });
});

const folder = (): string => join(root, 'backups');
const made = async (): Promise<number> => (await readdir(folder()).catch(() => [])).length;
const HOUR = 3_600_000;
const pass = (hours: number): void => void (now = new Date(now.getTime() + hours * HOUR));

/** One process of the hub, with a backup that only writes its manifest. */
function start(options: { days?: number; fails?: () => boolean; errors?: string[] } = {}): Nightly {
  const nightly = createNightly({
    db: () => database.connection.db as unknown as Db,
    at: { hour: 3, minute: 30 },
    days: options.days ?? 14,
    folder: folder(),
    run: async (own) => {
      if (options.fails?.()) throw new Error('the disk is full');
      await mkdir(own, { recursive: true });
      await writeFile(join(own, MANIFEST), '{}');
    },
    clock: { now: () => now },
    log: { ...silentLogger, error: (_fields, message) => void options.errors?.push(message) },
  });
  started.push(nightly);
  return nightly;
}

test('a hub that has just begun makes none in the afternoon, the first in the night, and one each night', async () => {
  const nightly = start();
  await nightly.look();
  pass(12); // 03:00
  await nightly.look();
  expect(await made()).toBe(0);
  pass(0.5);
  for (let i = 0; i < 3; i++) await nightly.look();
  expect(await made()).toBe(1);
  pass(24);
  await nightly.look();
  expect(await made()).toBe(2);
});

test('a machine that was off at night makes up for it when it is on again', async () => {
  await start().look();
  pass(3 * 24);
  await start().look();
  expect(await made()).toBe(1);
});

test('of four processes on one database, one makes it', async () => {
  const all = Array.from({ length: 4 }, () => start());
  await Promise.all(all.map((one) => one.look()));
  pass(24);
  await Promise.all(all.map((one) => one.look()));
  expect(await made()).toBe(1);
});

test('one that failed is told in the log and tried again after an hour', async () => {
  let full = true;
  const errors: string[] = [];
  const nightly = start({ fails: () => full, errors });
  await nightly.look();
  pass(24);
  await nightly.look();
  pass(0.5);
  await nightly.look();
  expect([await made(), errors]).toEqual([0, ['backup failed, trying again in an hour']]);
  full = false;
  pass(0.6);
  await nightly.look();
  await nightly.look();
  expect(await made()).toBe(1);
});

test('what is older than the days to keep goes, also what was not finished; other folders and a last whole one stay', async () => {
  const nightly = start({ days: 3 });
  await nightly.look();
  await mkdir(join(folder(), 'holiday pictures'), { recursive: true });
  await mkdir(join(folder(), '2026-03-09T02-30-00Z'));
  for (let day = 0; day < 6; day++) {
    pass(24);
    await nightly.look();
  }
  const names = (await readdir(folder())).sort();
  expect(names).toHaveLength(4);
  expect(names).toContain('holiday pictures');
  expect(names).not.toContain('2026-03-09T02-30-00Z');
  pass(30 * 24);
  await nightly.look();
  expect((await readdir(folder())).filter((name) => existsSync(join(folder(), name, MANIFEST)))).toHaveLength(1);
});

test('the command that it runs makes a whole backup of a database in use, and its failure is an error with words', async () => {
  await database.connection.collection('letters').insertOne({ text: 'kept' });
  const runner = createBackupRunner(() => ({ MONGODB_URI: database.uri, DATA_DIR: join(root, 'data') }));
  await runner.run(join(folder(), 'one'));
  const { collections, oneMoment } = await readManifest(join(folder(), 'one'));
  expect(oneMoment).toBe(true);
  expect(collections).toContainEqual(expect.objectContaining({ name: 'letters', documents: 1 }));
  await expect(runner.run(join(folder(), 'one'))).rejects.toThrow('is not empty');
  const ended = runner.run(join(folder(), 'two'));
  runner.stop();
  await expect(ended).rejects.toThrow('ended');
});
