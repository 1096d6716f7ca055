// Tests of collections, databases, figures about them, and of what remains after closing and opening again.
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { run, useEngine } from './support.ts';

const engine = useEngine();

test('collections are created once, listed, filtered and dropped', async () => {
  const { db } = engine.it;
  await db.createCollection('first');
  await expect(db.createCollection('first')).rejects.toMatchObject({ code: 48, codeName: 'NamespaceExists' });
  await db.collection('second').insertOne({ a: 1 });
  const names = (await db.listCollections().toArray()).map(({ name }) => name);
  expect(names).toEqual(['first', 'second']);
  const [second] = await db.listCollections({ name: 'second' }).toArray();
  expect(second).toMatchObject({ type: 'collection', idIndex: { name: '_id_' } });
  expect(await db.listCollections({}, { nameOnly: true }).toArray()).toContainEqual({
    name: 'first',
    type: 'collection',
  });
  await db.collection('first').drop();
  await db.collection('first').drop();
  expect(await db.listCollections({ name: 'first' }).toArray()).toEqual([]);
  await db.dropDatabase();
  expect(await db.listCollections().toArray()).toEqual([]);
});

test('a dropped collection that is made again is empty', async () => {
  const c = engine.it.collection('again');
  await c.createIndex({ a: 1 });
  await c.insertMany([{ a: 1 }, { a: 2 }]);
  await c.drop();
  await c.insertOne({ a: 3 });
  expect(await c.find({ a: { $gte: 1 } }).toArray()).toMatchObject([{ a: 3 }]);
  expect(await c.indexes()).toHaveLength(1);
});

test('databases are separate and listed', async () => {
  const { client } = engine.it;
  await client.db('other').collection('c').insertOne({ a: 1 });
  await client.db('test').collection('c').insertOne({ a: 2 });
  expect(await client.db('other').collection('c').find().toArray()).toMatchObject([{ a: 1 }]);
  const { databases, totalSize } = await client.db().admin().listDatabases();
  expect(databases.map(({ name }) => name)).toEqual(expect.arrayContaining(['other', 'test']));
  expect(databases.every(({ sizeOnDisk }) => Number(sizeOnDisk) > 0)).toBe(true);
  expect(totalSize).toBeGreaterThan(0);
});

test('collStats and serverStatus tell counts and sizes', async () => {
  const { db } = engine.it;
  await db.collection('stats').insertMany([{ a: 1 }, { a: 2 }]);
  await db.collection('stats').createIndex({ a: 1 });
  const stats = await db.command({ collStats: 'stats' });
  expect(stats).toMatchObject({ ns: 'test.stats', count: 2, nindexes: 2, size: 58, avgObjSize: 29 });
  expect(stats['indexSizes'].a_1).toBeGreaterThan(0);
  expect(await db.command({ collStats: 'nothing' })).toMatchObject({ count: 0, size: 0 });
  const { embedded } = await db.command({ serverStatus: 1 });
  expect(embedded.documents).toBeGreaterThanOrEqual(2);
  expect(embedded.fileBytes).toBeGreaterThan(0);
  expect(embedded.commits.longestCommitMs).toBeGreaterThan(0);
});

test('everything is there after closing and opening again', async () => {
  const first = await run();
  const c = first.collection('kept');
  await c.createIndex({ tags: 1 }, { unique: true, sparse: true });
  await c.insertMany([{ _id: 1, tags: ['a', 'b'] }, { _id: 2, tags: ['c'] }, { _id: 3 }]);
  await first.stop();
  expect(await first.embedded.exited).toBeUndefined();
  expect(fs.readdirSync(first.folder)).toEqual(['strong-together.sqlite']);

  const second = await run({ folder: first.folder });
  const again = second.collection('kept');
  expect(await again.countDocuments()).toBe(3);
  expect((await again.indexes()).map(({ name, unique, sparse }) => [name, unique, sparse])).toEqual([
    ['_id_', undefined, undefined],
    ['tags_1', true, true],
  ]);
  await expect(again.insertOne({ tags: ['x', 'b'] })).rejects.toMatchObject({ code: 11000 });
  expect(await again.find({ tags: 'b' }).toArray()).toMatchObject([{ _id: 1 }]);
  await second.stop();
  fs.rmSync(first.folder, { recursive: true });
});
