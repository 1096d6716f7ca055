// Tests that writes share a commit, that one which fails is undone alone, and that the engine goes on after an error.
import fs from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toEngineError } from '../protocol/error-reply.ts';
import { GroupCommit } from '../storage/group-commit.ts';
import { findDamage } from '../storage/integrity.ts';
import { openDatabaseFile } from '../storage/open-file.ts';
import { Store } from '../storage/store.ts';
import { encodeDocument } from '../values/bson.ts';
import { temporaryFolder, useEngine } from './support.ts';

describe('through the driver', () => {
  const engine = useEngine();

  test('100 concurrent writers need far fewer commits than writes', async () => {
    const c = engine.it.collection('group');
    await c.createIndex({ a: 1 });
    const commits = async (): Promise<{ batches: number; writes: number; largestBatch: number }> =>
      (await engine.it.db.command({ serverStatus: 1 }))['embedded'].commits;
    await Promise.all(Array.from({ length: 100 }, () => c.insertOne({})));
    const before = await commits();
    await Promise.all(Array.from({ length: 2000 }, (_, a) => c.insertOne({ a })));
    const after = await commits();
    expect(after.writes - before.writes).toBe(2000);
    expect(after.batches - before.batches).toBeLessThan(1000);
    expect(after.largestBatch).toBeGreaterThan(2);
    expect(await c.countDocuments({ a: { $gte: 0 } })).toBe(2000);
  });

  test('of many writes at once only the refused ones are missing', async () => {
    const c = engine.it.collection('mixed');
    const results = await Promise.allSettled(Array.from({ length: 300 }, (_, i) => c.insertOne({ _id: i % 100 })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
    expect(await c.countDocuments()).toBe(100);
  });
});

describe('in the store', () => {
  let folder: string;
  let database: DatabaseSync;
  let store: Store;
  let commits: GroupCommit;
  beforeEach(() => {
    folder = temporaryFolder();
    database = openDatabaseFile(path.join(folder, 'file.sqlite'));
    store = new Store(database);
    commits = new GroupCommit(store);
  });
  afterEach(() => {
    store.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const insert = (ns: string, doc: Record<string, unknown>) => () =>
    store.insert(store.catalog.ensure(ns), encodeDocument(doc));

  test('a job that fails after it changed the catalog takes only its own changes back', async () => {
    const jobs = [
      commits.write(insert('t.kept', { _id: 1 })),
      commits.write(() => {
        const made = store.catalog.ensure('t.undone');
        store.createIndex(made, { v: 2, key: { a: 1 }, name: 'a_1' });
        throw new Error('no');
      }),
      commits.write(insert('t.kept', { _id: 2 })),
    ];
    const settled = await Promise.allSettled(jobs);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(commits.statistics).toMatchObject({ batches: 1, writes: 3, largestBatch: 3 });
    expect([...store.catalog.collections.keys()]).toEqual(['t.kept']);
    expect(store.count(store.catalog.require('t.kept'))).toBe(2);
    expect(findDamage(store)).toEqual([]);
  });

  test('a full disk is answered as an error, and the engine goes on when there is room', async () => {
    await commits.write(insert('t.c', { _id: 0 }));
    const pages = database.prepare('PRAGMA page_count').get()?.['page_count'];
    database.exec(`PRAGMA max_page_count=${Number(pages) + 5}`);
    const large = { text: 'x'.repeat(200_000) };
    const settled = await Promise.allSettled([
      commits.write(insert('t.new', large)),
      commits.write(insert('t.c', large)),
    ]);
    for (const one of settled) {
      expect(one.status).toBe('rejected');
      if (one.status === 'rejected') expect(toEngineError(one.reason)).toMatchObject({ code: 14031 });
    }
    expect([...store.catalog.collections.keys()]).toEqual(['t.c']);
    expect(store.count(store.catalog.require('t.c'))).toBe(1);
    database.exec('PRAGMA max_page_count=1000000');
    await commits.write(insert('t.new', large));
    expect(findDamage(store)).toEqual([]);
    expect(store.count(store.catalog.require('t.new'))).toBe(1);
  });
});
