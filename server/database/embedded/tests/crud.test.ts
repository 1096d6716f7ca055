// Tests of reading and writing documents through the official driver.
import type { Document } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { idsOf, useEngine } from './support.ts';

const engine = useEngine();

describe('one document', () => {
  test('is inserted, found, changed, replaced and deleted', async () => {
    const c = engine.it.collection('one');
    const { insertedId } = await c.insertOne({ a: 1, b: 'x' });
    expect(await c.findOne({ _id: insertedId })).toEqual({ _id: insertedId, a: 1, b: 'x' });
    expect(await c.updateOne({ _id: insertedId }, { $set: { a: 2, 'n.m': [1] } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(await c.findOne({ 'n.m': 1 })).toEqual({ _id: insertedId, a: 2, b: 'x', n: { m: [1] } });
    expect((await c.replaceOne({ a: 2 }, { z: 1 })).modifiedCount).toBe(1);
    expect(await c.findOne({})).toEqual({ _id: insertedId, z: 1 });
    expect((await c.deleteOne({ z: 1 })).deletedCount).toBe(1);
    expect(await c.countDocuments({})).toBe(0);
  });

  test('is matched but not modified by an update that changes nothing', async () => {
    const c = engine.it.collection('same');
    await c.insertOne({ _id: 1, a: 1 });
    expect(await c.updateOne({ _id: 1 }, { $set: { a: 1 } })).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
  });

  test('is made by an upsert from filter, $set and $setOnInsert, once', async () => {
    const c = engine.it.collection('upsert');
    const change = { $set: { v: 1 }, $setOnInsert: { w: 2 } };
    const made = await c.updateOne({ k: 'u', 'p.q': 3 }, change, { upsert: true });
    expect(await c.findOne({ k: 'u' })).toEqual({ _id: made.upsertedId, k: 'u', p: { q: 3 }, v: 1, w: 2 });
    const again = await c.updateOne({ k: 'u' }, { $set: { v: 5 }, $setOnInsert: { w: 9 } }, { upsert: true });
    expect(again).toMatchObject({ matchedCount: 1, upsertedCount: 0 });
    expect(await c.findOne({ k: 'u' })).toMatchObject({ v: 5, w: 2 });
  });

  test('is written without waiting for an acknowledgement', async () => {
    const c = engine.it.collection('silent');
    await c.insertOne({ a: 1 }, { writeConcern: { w: 0 } });
    await expect.poll(() => c.countDocuments()).toBe(1);
  });

  test('is refused with a second document of its _id', async () => {
    const c = engine.it.collection('twice');
    await c.insertOne({ _id: 'x' });
    await expect(c.insertOne({ _id: 'x' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
      keyValue: { _id: 'x' },
    });
  });

  test('is refused with an array or an expression as its _id', async () => {
    const c = engine.it.collection('badid');
    await expect(c.insertOne({ _id: [1] })).rejects.toMatchObject({ code: 53 });
    await expect(c.insertOne({ _id: /x/ })).rejects.toMatchObject({ code: 53 });
  });

  test('is refused beyond 16 MiB', async () => {
    const { db } = engine.it;
    const large = { insert: 'large', documents: [{ _id: 1, text: 'x'.repeat(16 * 1024 * 1024) }] };
    const reply = await db.command(large);
    expect(reply['writeErrors']).toMatchObject([{ index: 0, code: 10334 }]);
    expect(await db.collection('large').countDocuments()).toBe(0);
  });
});

describe('findAndModify', () => {
  test('returns the document before or after, or null', async () => {
    const c = engine.it.collection('fam');
    await c.insertOne({ _id: 'f', n: 1, l: [] as number[] });
    const push: Document = { $inc: { n: 2 }, $push: { l: { $each: [3, 1, 2], $sort: 1, $slice: -2 } } };
    expect(await c.findOneAndUpdate({ _id: 'f' }, push, { returnDocument: 'after' })).toEqual({
      _id: 'f',
      n: 3,
      l: [2, 3],
    });
    const before = await c.findOneAndUpdate({ _id: 'f' }, { $unset: { n: '' } }, { returnDocument: 'before' });
    expect(before).toMatchObject({ n: 3 });
    expect(await c.findOneAndUpdate({ _id: 'none' }, { $set: { x: 1 } })).toBeNull();
    expect(await c.findOneAndDelete({ _id: 'f' })).toMatchObject({ _id: 'f' });
    expect(await c.countDocuments()).toBe(0);
  });

  test('makes a document by upsert and shows a projection of it', async () => {
    const c = engine.it.collection('famup');
    const change: Document = { $setOnInsert: { made: true }, $inc: { n: 1 }, $push: { h: 1 } };
    const options = { upsert: true, returnDocument: 'after' } as const;
    expect(await c.findOneAndUpdate({ _id: 'g' }, change, options)).toEqual({ _id: 'g', made: true, n: 1, h: [1] });
    expect(await c.findOneAndUpdate({ _id: 'g' }, change, { ...options, projection: { n: 1, _id: 0 } })).toEqual({
      n: 2,
    });
  });

  test('takes the first in the order of its sort', async () => {
    const c = engine.it.collection('famsort');
    await c.insertMany([
      { _id: 1, at: 5 },
      { _id: 2, at: 1 },
      { _id: 3, at: 3 },
    ]);
    expect(await c.findOneAndDelete({}, { sort: { at: 1 } })).toEqual({ _id: 2, at: 1 });
  });
});

describe('bulk writes', () => {
  test('end with the first error when ordered', async () => {
    const c = engine.it.collection('ordered');
    const writes = [1, 1, 2].map((_id) => ({ insertOne: { document: { _id } } }));
    await expect(c.bulkWrite(writes)).rejects.toMatchObject({ code: 11000, result: { insertedCount: 1 } });
    expect(await c.countDocuments()).toBe(1);
  });

  test('go on after an error when unordered', async () => {
    const c = engine.it.collection('unordered');
    await c.insertOne({ _id: 1 });
    const writes = c.bulkWrite(
      [
        { insertOne: { document: { _id: 1 } } },
        { insertOne: { document: { _id: 3 } } },
        { updateOne: { filter: { _id: 3 }, update: { $set: { z: 1 } } } },
        { updateOne: { filter: { _id: 8 }, update: { $set: { z: 1 } }, upsert: true } },
        { deleteOne: { filter: { _id: 3 } } },
      ],
      { ordered: false },
    );
    await expect(writes).rejects.toMatchObject({ code: 11000, result: { upsertedCount: 1, deletedCount: 1 } });
    expect(idsOf(await c.find().sort({ _id: 1 }).toArray())).toEqual([1, 8]);
  });
});

describe('reading', () => {
  test('comes in batches through a cursor, in order', async () => {
    const c = engine.it.collection('cursor');
    await c.insertMany(Array.from({ length: 1000 }, (_, i) => ({ _id: i, pad: 'x'.repeat(50) })));
    const seen: unknown[] = [];
    for await (const document of c.find({}).sort({ _id: -1 }).batchSize(37)) seen.push(document._id);
    expect(seen).toEqual(Array.from({ length: 1000 }, (_, i) => 999 - i));
    expect(await c.find({ _id: { $gte: 100, $lt: 200 } }).toArray()).toHaveLength(100);
    expect(idsOf(await c.find({ pad: /^x/ }).limit(5).skip(3).toArray())).toEqual([3, 4, 5, 6, 7]);
  });

  test('ends a cursor that is closed early', async () => {
    const c = engine.it.collection('cursor');
    const cursor = c.find({}).batchSize(2);
    await cursor.next();
    const { id } = cursor;
    await cursor.close();
    const more = engine.it.db.command({ getMore: id, collection: 'cursor' });
    await expect(more).rejects.toMatchObject({ code: 43, codeName: 'CursorNotFound' });
  });

  test('ends a cursor whose collection is dropped', async () => {
    const c = engine.it.collection('dropped');
    await c.insertMany([{ a: 1 }, { a: 2 }, { a: 3 }]);
    const cursor = c.find({}).batchSize(2);
    await cursor.next();
    await c.drop();
    await cursor.next();
    await expect(cursor.next()).rejects.toMatchObject({ code: 175 });
  });

  test('shows the fields of a projection', async () => {
    const c = engine.it.collection('projection');
    await c.insertOne({
      _id: 5,
      pad: 'x',
      l: [
        { q: 1, v: 1 },
        { q: 5, v: 2 },
      ],
    });
    expect(await c.findOne({ _id: 5 }, { projection: { pad: 0, l: 0 } })).toEqual({ _id: 5 });
    expect(await c.findOne({ _id: 5 }, { projection: { _id: 1 } })).toEqual({ _id: 5 });
    expect(await c.findOne({ _id: 5 }, { projection: { 'l.q': 1, _id: 0 } })).toEqual({ l: [{ q: 1 }, { q: 5 }] });
    expect(await c.findOne({ _id: 5 }, { projection: { l: { $slice: 1 }, pad: 0 } })).toEqual({
      _id: 5,
      l: [{ q: 1, v: 1 }],
    });
    expect(await c.findOne({ 'l.q': 5 }, { projection: { 'l.$': 1, _id: 0 } })).toEqual({ l: [{ q: 5, v: 2 }] });
  });

  test('counts and lists distinct values', async () => {
    const c = engine.it.collection('distinct');
    await c.insertMany([{ l: [3, 1] }, { l: [1, 9] }, { l: 5 }, { other: 1 }]);
    expect(await c.estimatedDocumentCount()).toBe(4);
    expect(await c.countDocuments({ l: 1 }, { skip: 1 })).toBe(1);
    expect(await c.distinct('l')).toEqual([1, 3, 5, 9]);
    expect(await engine.it.collection('nothing').distinct('l')).toEqual([]);
    expect(await engine.it.collection('nothing').find().toArray()).toEqual([]);
  });
});
