// Tests of indexes through the driver: unique, partial, multikey, TTL, and what explain says about their use.
import type { Document } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { idsOf, useEngine } from './support.ts';

const engine = useEngine({ ttlSeconds: 0.2 });

/** What explain says about a find: the index, the stages from the top, keys and documents looked at. */
async function explain(name: string, filter: Document, sort: Document = {}, options: Document = {}): Promise<Document> {
  const command = { explain: { find: name, filter, sort, ...options }, verbosity: 'executionStats' };
  const { queryPlanner, executionStats } = await engine.it.db.command(command);
  const stages: string[] = [];
  let stage = queryPlanner.winningPlan as Document | undefined;
  let index: unknown;
  for (; stage; stage = stage['inputStage'] as Document | undefined) {
    stages.push(String(stage['stage']));
    index = stage['indexName'] ?? index;
  }
  return { index, stages, keys: executionStats.totalKeysExamined, docs: executionStats.totalDocsExamined };
}

describe('a unique index', () => {
  test('refuses a second document, names key and value, and leaves out what a partial filter leaves out', async () => {
    const c = engine.it.collection('unique');
    await c.createIndex({ email: 1 }, { unique: true, partialFilterExpression: { email: { $exists: true } } });
    await c.insertOne({ email: 'a@x' });
    await expect(c.insertOne({ email: 'a@x' })).rejects.toMatchObject({
      code: 11000,
      message: 'E11000 duplicate key error collection: test.unique index: email_1 dup key: { email: "a@x" }',
      keyPattern: { email: 1 },
      keyValue: { email: 'a@x' },
    });
    await c.insertMany([{ none: 1 }, { none: 2 }]);
    await expect(c.updateOne({ none: 1 }, { $set: { email: 'a@x' } })).rejects.toMatchObject({ code: 11000 });
    await c.updateOne({ email: 'a@x' }, { $set: { email: 'b@x' } });
    await c.insertOne({ email: 'a@x' });
    expect(await c.countDocuments()).toBe(4);
  });

  test('cannot be made over values that are not unique, and leaves nothing behind', async () => {
    const c = engine.it.collection('notunique');
    await c.insertMany([{ a: 1 }, { a: 1 }]);
    await expect(c.createIndexes([{ key: { b: 1 } }, { key: { a: 1 }, unique: true }])).rejects.toMatchObject({
      code: 11000,
    });
    expect(await c.indexes()).toHaveLength(1);
    await c.createIndex({ b: 1 });
    expect(idsOf(await c.find({ b: null }).toArray())).toHaveLength(2);
  });
});

describe('the list of indexes', () => {
  test('tells equal, conflicting and renamed ones apart', async () => {
    const c = engine.it.collection('list');
    expect(await c.createIndex({ a: 1, b: -1 })).toBe('a_1_b_-1');
    await c.createIndex({ a: 1, b: -1 });
    await c.createIndex({ b: -1, a: 1 });
    expect((await c.indexes()).map(({ name }) => name)).toEqual(['_id_', 'a_1_b_-1', 'b_-1_a_1']);
    await expect(c.createIndex({ a: 1, b: -1 }, { name: 'other' })).rejects.toMatchObject({ code: 85 });
    await expect(c.createIndex({ z: 1 }, { name: 'a_1_b_-1' })).rejects.toMatchObject({ code: 86 });
    await expect(c.createIndex({ a: 1, b: -1 }, { unique: true })).rejects.toMatchObject({ code: 86 });
    await c.dropIndex('a_1_b_-1');
    await expect(c.dropIndex('a_1_b_-1')).rejects.toMatchObject({ code: 27 });
    await expect(c.dropIndex('_id_')).rejects.toMatchObject({ code: 72 });
    await c.dropIndexes();
    expect(await c.indexes()).toEqual([{ v: 2, key: { _id: 1 }, name: '_id_' }]);
  });
});

describe('the planner', () => {
  test('uses equal fields first, then one range, then the order of the sort', async () => {
    const c = engine.it.collection('plan');
    await c.createIndexes([{ key: { room: 1, at: -1 } }, { key: { at: 1 } }]);
    await c.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: i, room: i % 3, at: i, text: `t${i}` })));
    expect(await explain('plan', { room: 1 }, { at: -1 }, { limit: 10 })).toEqual({
      index: 'room_1_at_-1',
      stages: ['FETCH', 'IXSCAN'],
      keys: 10,
      docs: 10,
    });
    expect(await explain('plan', { room: 1, at: { $gte: 200, $lt: 230 } })).toMatchObject({
      index: 'room_1_at_-1',
      keys: 10,
    });
    expect(await explain('plan', { _id: { $in: [5, 7, 5] } })).toMatchObject({ index: '_id_', keys: 2, docs: 2 });
    expect(await explain('plan', {}, { at: -1 }, { limit: 3 })).toMatchObject({ index: 'at_1', keys: 3 });
    expect(await explain('plan', { room: 2 }, { text: 1 })).toMatchObject({
      stages: ['SORT', 'FETCH', 'IXSCAN'],
      docs: 100,
    });
    expect(await explain('plan', { text: 't5' })).toEqual({
      index: undefined,
      stages: ['COLLSCAN'],
      keys: 0,
      docs: 300,
    });
    expect(idsOf(await c.find({ room: 1 }).sort({ at: -1 }).limit(3).toArray())).toEqual([298, 295, 292]);
    expect(idsOf(await c.find({ room: 1 }).sort({ at: 1 }).limit(3).toArray())).toEqual([1, 4, 7]);
  });

  test('obeys a hint and refuses one that names no index', async () => {
    expect(await explain('plan', { room: 1 }, {}, { hint: 'at_1' })).toMatchObject({ index: 'at_1', keys: 300 });
    expect(await explain('plan', { room: 1 }, {}, { hint: { room: 1, at: -1 } })).toMatchObject({
      index: 'room_1_at_-1',
    });
    expect(await explain('plan', { room: 1 }, {}, { hint: { $natural: -1 } })).toMatchObject({ stages: ['COLLSCAN'] });
    await expect(engine.it.collection('plan').find({}, { hint: 'none' }).toArray()).rejects.toMatchObject({ code: 2 });
    const backwards = await engine.it.collection('plan').find().sort({ $natural: -1 }).limit(2).toArray();
    expect(idsOf(backwards)).toEqual([299, 298]);
  });

  test('explains other commands too', async () => {
    const { db } = engine.it;
    const inner: Document[] = [
      { count: 'plan', query: { room: 1 } },
      { distinct: 'plan', key: 'at', query: { room: 1 } },
      { aggregate: 'plan', pipeline: [{ $match: { room: 1 } }, { $group: { _id: '$at' } }], cursor: {} },
      { update: 'plan', updates: [{ q: { room: 1 }, u: { $set: { z: 1 } }, multi: true }] },
      { delete: 'plan', deletes: [{ q: { room: 1 }, limit: 0 }] },
    ];
    for (const command of inner) {
      const { queryPlanner, executionStats } = await db.command({ explain: command });
      expect(queryPlanner.winningPlan.inputStage.indexName).toBe('room_1_at_-1');
      expect(executionStats.nReturned).toBe(100);
    }
    expect(await db.collection('plan').countDocuments({ z: 1 })).toBe(0);
  });

  test('does not answer from an index that leaves documents out', async () => {
    const c = engine.it.collection('leaveout');
    await c.createIndex({ s: 1 }, { sparse: true });
    await c.createIndex({ p: 1 }, { partialFilterExpression: { p: { $gt: 10 } } });
    await c.insertMany([
      { _id: 1, s: 1, p: 5 },
      { _id: 2, p: 20 },
      { _id: 3, s: 3 },
    ]);
    expect(idsOf(await c.find({ s: null }).toArray())).toEqual([2]);
    expect(idsOf(await c.find().sort({ s: 1 }).toArray())).toEqual([2, 1, 3]);
    expect(idsOf(await c.find({ p: 5 }).toArray())).toEqual([1]);
    expect(await explain('leaveout', { p: 20 })).toMatchObject({ index: 'p_1' });
    expect(await explain('leaveout', { s: { $gte: 1 } })).toMatchObject({ index: 's_1' });
  });
});

describe('a multikey index', () => {
  test('finds every element and forgets removed ones', async () => {
    const c = engine.it.collection('multikey');
    await c.createIndex({ tags: 1, at: -1 });
    await c.insertMany([
      { _id: 1, tags: ['a', 'b'], at: 1 },
      { _id: 2, tags: ['b'], at: 2 },
      { _id: 3, tags: [], at: 3 },
    ]);
    expect(idsOf(await c.find({ tags: 'b' }).sort({ at: -1 }).toArray())).toEqual([2, 1]);
    expect(idsOf(await c.find({ tags: { $in: ['a', 'b'] } }).toArray())).toEqual([1, 2]);
    await c.updateOne({ _id: 1 }, { $pull: { tags: 'b' } } as Document);
    expect(idsOf(await c.find({ tags: 'b' }).toArray())).toEqual([2]);
    await expect(c.insertOne({ tags: ['a', 'b'], at: [1, 2] })).rejects.toMatchObject({ code: 171 });
  });
});

describe('a TTL index', () => {
  test('removes what is older than its seconds, and nothing without a date', async () => {
    const c = engine.it.collection('ttl');
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 1 });
    await c.insertMany([
      { _id: 1, at: new Date(Date.now() - 5000) },
      { _id: 2, at: new Date(Date.now() + 60_000) },
      { _id: 3, at: 'no date' },
      { _id: 4 },
      { _id: 5, at: 1 },
    ]);
    await expect.poll(() => c.countDocuments({ _id: 1 }), { timeout: 5000 }).toBe(0);
    expect(idsOf(await c.find().toArray())).toEqual([2, 3, 4, 5]);
    const two = [{ key: { x: 1, y: 1 }, expireAfterSeconds: 5 }];
    await expect(c.createIndexes(two)).rejects.toMatchObject({ code: 67 });
    await expect(c.createIndex({ at: 1 }, { expireAfterSeconds: 7 })).rejects.toMatchObject({ code: 85 });
  });
});
