// Tests of what the engine refuses, and how.
import { Long, type Document } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { useEngine } from './support.ts';

const engine = useEngine();
const command = (body: Document): Promise<Document> => engine.it.db.command(body);

describe('what the engine does not know', () => {
  test('an unknown command is refused by its name', async () => {
    await expect(command({ mapReduce: 'x' })).rejects.toMatchObject({
      code: 59,
      codeName: 'CommandNotFound',
      message: "no such command: 'mapReduce'",
    });
  });

  test.each([
    ['find', { find: 'x', foo: 1 }],
    ['insert', { insert: 'x', documents: [{}], foo: 1 }],
    ['update.updates', { update: 'x', updates: [{ q: {}, u: { $set: { a: 1 } }, foo: 1 }] }],
    ['delete.deletes', { delete: 'x', deletes: [{ q: {}, limit: 1, foo: 1 }] }],
    ['findAndModify', { findAndModify: 'x', query: {}, remove: true, foo: 1 }],
    ['aggregate', { aggregate: 'x', pipeline: [], cursor: {}, foo: 1 }],
    ['count', { count: 'x', foo: 1 }],
    ['create', { create: 'y', foo: 1 }],
    ['ping', { ping: 1, foo: 1 }],
  ])('an unknown option of %s is refused with MongoDB’s code', async (name, body) => {
    await expect(command(body)).rejects.toMatchObject({
      code: 40415,
      message: `BSON field '${name}.foo' is an unknown field.`,
    });
  });

  test.each([
    { create: 'y', capped: true, size: 1000 },
    { create: 'y', validator: { a: 1 } },
    { create: 'y', timeseries: { timeField: 'at' } },
    { find: 'x', tailable: true },
    { find: 'x', min: { a: 1 }, hint: { a: 1 } },
    { find: 'x', showRecordId: true },
    { createIndexes: 'x', indexes: [{ key: { a: 1 }, name: 'a', hidden: true }] },
    { find: 'x', readConcern: { level: 'snapshot' } },
    { find: 'x', apiVersion: '1', apiStrict: true },
  ])('an option it cannot honour is refused, not ignored: %j', async (body) => {
    await expect(command(body)).rejects.toMatchObject({ code: 72, codeName: 'InvalidOptions' });
  });

  test('an option with a value that asks for nothing special is accepted', async () => {
    expect(await command({ find: 'x', tailable: false, allowDiskUse: true })).toMatchObject({ ok: 1 });
  });

  test.each([
    [{ a: 'text' }, 67],
    [{ a: '2dsphere' }, 67],
    [{ a: 0 }, 67],
    [{ '$**': 1 }, 67],
  ])('an index of a kind it does not have is refused: %j', async (key, code) => {
    const specs = [{ key, name: 'x' }];
    await expect(command({ createIndexes: 'x', indexes: specs })).rejects.toMatchObject({ code });
  });

  test('a pipeline stage it does not have is refused by name', async () => {
    const run = command({ aggregate: 'x', pipeline: [{ $notAStage: {} }], cursor: {} });
    await expect(run).rejects.toMatchObject({ code: 40324, message: expect.stringContaining('$notAStage') });
  });
});

describe('what a standalone server does not do', () => {
  test('it presents itself without a replica set', async () => {
    const hello = await command({ hello: 1 });
    expect(hello).toMatchObject({ isWritablePrimary: true, maxWireVersion: 25, logicalSessionTimeoutMinutes: 30 });
    expect(hello).not.toHaveProperty('setName');
    expect(hello).not.toHaveProperty('hosts');
    expect((await command({ buildInfo: 1 }))['version']).toMatch(/^8\.0\./);
  });

  test('a transaction is refused', async () => {
    const session = engine.it.client.startSession();
    const run = session.withTransaction(() => engine.it.collection('x').insertOne({ a: 1 }, { session }));
    await expect(run).rejects.toMatchObject({
      originalError: { code: 20, message: 'Transaction numbers are only allowed on a replica set member or mongos' },
    });
    await session.endSession();
    expect(await engine.it.collection('x').countDocuments()).toBe(0);
  });

  test('a retryable write is refused when a client insists', async () => {
    const insert = { insert: 'x', documents: [{ a: 1 }], txnNumber: Long.fromNumber(1) };
    await expect(command(insert)).rejects.toMatchObject({ code: 20, codeName: 'IllegalOperation' });
  });

  test('a change stream is refused', async () => {
    const stream = engine.it.collection('x').watch();
    await expect(stream.next()).rejects.toMatchObject({ code: 40573 });
    await stream.close();
  });

  test('write concerns it fulfils anyway are accepted, those of several servers refused', async () => {
    const c = engine.it.collection('concern');
    await c.insertOne({ a: 1 }, { writeConcern: { w: 'majority', j: true, wtimeoutMS: 100 } });
    await expect(c.insertOne({ a: 1 }, { writeConcern: { w: 2 } })).rejects.toMatchObject({ code: 2 });
    expect(await c.find({}, { readConcern: { level: 'majority' } }).toArray()).toHaveLength(1);
  });
});

describe('wrong requests', () => {
  test.each<[Document, number]>([
    [{ find: 'x', filter: 'text' }, 14],
    [{ find: 'x', limit: 'many' }, 14],
    [{ find: 'x', skip: -1 }, 51024],
    [{ find: 'x', filter: { $foo: 1 } }, 2],
    [{ find: 'x', filter: { a: { $foo: 1 } } }, 2],
    [{ find: 'x', sort: { a: 3 } }, 2],
    [{ find: '' }, 73],
    [{ insert: 'x', documents: [] }, 21],
    [{ insert: 'system.x', documents: [{}] }, 73],
    [{ delete: 'x', deletes: [{ q: {}, limit: 5 }] }, 9],
    [{ aggregate: 'x', pipeline: [] }, 9],
    [{ getMore: Long.fromNumber(1), collection: 'x' }, 43],
    [{ findAndModify: 'x', query: {} }, 9],
    [{ listIndexes: 'nothing' }, 26],
    [{ dropIndexes: 'nothing', index: 'a' }, 26],
    [{ getParameter: 1, nothing: 1 }, 72],
  ])('%j is answered with code %i', async (body, code) => {
    await expect(command(body)).rejects.toMatchObject({ code });
  });

  test('an operation ends at its time limit', async () => {
    const c = engine.it.collection('slow');
    await c.insertMany(Array.from({ length: 20_000 }, (_, i) => ({ i, text: `text ${i}` })));
    const query = c.find({ text: /^(a|t)*(e|x)+ no$/ }, { maxTimeMS: 1 }).toArray();
    await expect(query).rejects.toMatchObject({ code: 50, codeName: 'MaxTimeMSExpired' });
  });

  test('an update of several fields through one path is refused', async () => {
    const c = engine.it.collection('paths');
    await c.insertOne({ _id: 'o', m: 1 });
    await expect(c.updateOne({ _id: 'o' }, { $set: { m: 1 }, $inc: { m: 1 } })).rejects.toMatchObject({ code: 40 });
    await expect(c.updateOne({ _id: 'o' }, { $set: { _id: 'p' } })).rejects.toMatchObject({ code: 66 });
    await expect(c.updateOne({ _id: 'o' }, { $set: { 'm.x': 1 } })).rejects.toMatchObject({ code: 28 });
  });
});
