// Changes of stored data: in order, once, by one process, and never backwards.
import type { Db } from 'mongodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { systemClock } from '../../domain/kernel/clock.ts';
import { silentLogger } from '../../domain/kernel/logger.ts';
import { upkeepOf } from '../upkeep.ts';
import { MIGRATIONS, SCHEMA, type Migration } from './index.ts';
import { migrate, schemaOf } from './migrate.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await openTestDatabase();
  db = database.connection.db as unknown as Db;
});
afterAll(() => database.close());
beforeEach(() => db.dropDatabase());

const parts = (migrations: readonly Migration[]) => ({ db, clock: systemClock, log: silentLogger, migrations });

/** Migrations 1 to `count` that write down when they ran. */
function recording(count: number, ran: number[], run?: (number: number) => Promise<void>): Migration[] {
  return Array.from({ length: count }, (_, i) => ({
    number: i + 1,
    name: `change ${i + 1}`,
    run: async () => {
      ran.push(i + 1);
      await run?.(i + 1);
    },
  }));
}

test('the list is numbered from one without a hole', () => {
  expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_one, i) => i + 1));
  expect(SCHEMA).toBe(MIGRATIONS.length);
});

test('a new database gets them all in order, a later start only what is new', async () => {
  const ran: number[] = [];
  await migrate(parts(recording(2, ran)));
  await migrate(parts(recording(2, ran)));
  expect(ran).toEqual([1, 2]);
  await migrate(parts(recording(4, ran)));
  expect(ran).toEqual([1, 2, 3, 4]);
  expect(await schemaOf(db)).toBe(4);
});

test('five processes that start at once: each change runs once, and all wait until it is done', async () => {
  const ran: number[] = [];
  const slowly = () => new Promise<void>((resolve) => setTimeout(resolve, 100));
  const all = Array.from({ length: 5 }, async () => {
    await migrate(parts(recording(3, ran, slowly)));
    expect(await schemaOf(db)).toBe(3);
  });
  await Promise.all(all);
  expect(ran).toEqual([1, 2, 3]);
});

test('one that fails stops the start; the next start begins with it again', async () => {
  const ran: number[] = [];
  let broken = true;
  const work = (number: number): Promise<void> =>
    broken && number === 2 ? Promise.reject(new Error('the disk is full')) : Promise.resolve();
  await expect(migrate(parts(recording(3, ran, work)))).rejects.toThrow('the disk is full');
  expect(await schemaOf(db)).toBe(1);
  broken = false;
  await migrate(parts(recording(3, ran, work)));
  expect(ran).toEqual([1, 2, 2, 3]);
});

test('a process that died in the middle holds the others up for its lease only', async () => {
  const later = (seconds: number) => new Date(systemClock.now().getTime() + seconds * 1000);
  await upkeepOf(db).insertOne({ _id: 'lease:migrations', holder: 'dead', until: later(0.8) });
  const ran: number[] = [];
  const waited: string[] = [];
  const log = { ...silentLogger, info: (_fields: object, message: string) => void waited.push(message) };
  await migrate({ ...parts(recording(1, ran)), log });
  expect(ran).toEqual([1]);
  expect(waited[0]).toContain('another process');
  expect(await upkeepOf(db).countDocuments({ _id: 'lease:migrations' })).toBe(0);
});

test('data of a newer release is refused with words for whoever started it, and left alone', async () => {
  await migrate(parts(recording(7, [])));
  const ran: number[] = [];
  await expect(migrate(parts(recording(5, ran)))).rejects.toThrow(/newer release \(its data has shape 7.* knows 5/);
  expect(ran).toEqual([]);
  expect(await schemaOf(db)).toBe(7);
});

test('a long one says how far it is', async () => {
  const said: object[] = [];
  const log = { ...silentLogger, info: (fields: object, message: string) => void said.push({ ...fields, message }) };
  const long: Migration = {
    number: 1,
    name: 'a long one',
    run: async (_db, progress) => {
      const real = performance.now.bind(performance);
      const ahead = 6_000;
      performance.now = () => real() + ahead;
      progress(500, 2_000);
      performance.now = real;
      await Promise.resolve();
    },
  };
  await migrate({ ...parts([long]), log });
  expect(said[0]).toEqual({ migration: 1, done: 500, all: 2_000, message: 'migration goes on' });
});
