// Tests through the driver that values keep their types and compare as MongoDB compares them.
import { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp, type Document } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { idsOf, useEngine } from './support.ts';

const engine = useEngine();

const sample = {
  _id: new ObjectId(),
  dec: Decimal128.fromString('1.10'),
  date: new Date(0),
  oid: new ObjectId(),
  bin: new Binary(Buffer.from([1, 2, 3])),
  long: Long.fromString('9007199254740993'),
  small: Long.fromNumber(5),
  dbl: new Double(5),
  int: new Int32(5),
  ts: new Timestamp({ t: 1, i: 2 }),
  nul: null,
  re: /a/i,
  nest: { l: [Long.fromNumber(1), new Double(2)] },
  u: 'x',
};

describe('types', () => {
  test('survive an update of other fields, and counting', async () => {
    const c = engine.it.collection('types');
    await c.insertOne(sample);
    await c.updateOne({ _id: sample._id }, { $set: { u: 'y', added: new Double(3) }, $inc: { small: 1, dbl: 1 } });
    const after = (await c.findOne({ _id: sample._id }, { promoteValues: false })) as Document;
    expect(after['dec'].toString()).toBe('1.10');
    expect(after['long'].toString()).toBe('9007199254740993');
    expect(after['small']).toEqual(Long.fromNumber(6));
    expect(after['dbl']).toEqual(new Double(6));
    expect(after['added']).toEqual(new Double(3));
    expect(after['int']).toEqual(new Int32(5));
    expect(after['nest'].l).toEqual([Long.fromNumber(1), new Double(2)]);
    expect(after['ts']).toEqual(sample.ts);
    expect(after['oid']).toEqual(sample.oid);
    expect(after['date']).toEqual(sample.date);
    expect(after['bin'].value()).toEqual(sample.bin.value());
    expect(after['re']).toEqual(/a/i);
    expect(after['nul']).toBeNull();
  });

  test.each<Document>([
    { oid: sample.oid },
    { long: sample.long },
    { small: 6 },
    { dec: Decimal128.fromString('1.1') },
    { bin: sample.bin },
    { date: sample.date },
    { date: { $lte: new Date() } },
    { oid: { $in: [sample.oid] } },
    { oid: { $gt: new ObjectId('000000000000000000000000') } },
    { long: { $gt: 5 } },
    { dec: { $lt: 2 } },
  ])('are found by a filter on them (%#)', async (filter) => {
    expect(await engine.it.collection('types').findOne(filter)).toMatchObject({ u: 'y' });
  });

  test('are not found by a filter that excludes them', async () => {
    const c = engine.it.collection('types');
    expect(await c.findOne({ oid: { $ne: sample.oid } })).toBeNull();
    expect(await c.findOne({ long: { $gt: '5' } })).toBeNull();
  });

  test('stay exact when a Decimal128 is counted up', async () => {
    const c = engine.it.collection('types');
    await c.updateOne({}, { $inc: { dec: Decimal128.fromString('1') } });
    expect(String((await c.findOne({}))?.['dec'])).toBe('2.10');
  });

  test('are kept by an upsert that takes them from its filter', async () => {
    const c = engine.it.collection('upsertTypes');
    await c.updateOne({ _id: 1, d: new Double(4) }, { $set: { x: 1 } }, { upsert: true });
    expect(await c.findOne({}, { promoteValues: false })).toMatchObject({ d: new Double(4) });
  });
});

describe('text', () => {
  test('is found by an expression without regard to case', async () => {
    const c = engine.it.collection('text');
    await c.insertOne({ name: 'Ångström' });
    expect(await c.findOne({ name: /^ÅNG/i })).not.toBeNull();
    expect(await c.findOne({ name: { $regex: 'STRÖM$', $options: 'i' } })).not.toBeNull();
    expect(await c.findOne({ name: 'ångström' }, { collation: { locale: 'en', strength: 2 } })).not.toBeNull();
  });

  test('is unique without regard to case under a collation of strength 2', async () => {
    const c = engine.it.collection('collation');
    await c.createIndex({ n: 1 }, { unique: true, collation: { locale: 'en', strength: 2 } });
    await c.insertOne({ _id: 1, n: 'Bob' });
    await expect(c.insertOne({ n: 'bOB' })).rejects.toMatchObject({ code: 11000 });
    const collation = { locale: 'en', strength: 2 as const };
    expect(await c.findOne({ n: 'BOB' }, { collation })).not.toBeNull();
    expect(await c.findOne({ n: 'BOB' })).toBeNull();
    expect(await c.findOne({ n: 'Bob' })).not.toBeNull();
    expect(await c.findOne({ _id: 1, n: 'boB' }, { collation })).not.toBeNull();
    expect(await c.distinct('n', { n: 'BOB' }, { collation })).toEqual(['Bob']);
  });

  test('is sorted by numbers in it if the collation says so', async () => {
    const c = engine.it.collection('numeric');
    await c.insertMany([{ _id: 'v10' }, { _id: 'v9' }, { _id: 'v1' }]);
    const sorted = await c.find().sort({ _id: 1 }).collation({ locale: 'en', numericOrdering: true }).toArray();
    expect(idsOf(sorted)).toEqual(['v1', 'v9', 'v10']);
    expect(idsOf(await c.find().sort({ _id: 1 }).toArray())).toEqual(['v1', 'v10', 'v9']);
  });
});

describe('null and missing', () => {
  test('are the same for equality and different for $exists, with and without an index', async () => {
    const c = engine.it.collection('null');
    await c.insertMany([{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 1 }, { _id: 4, a: [] }, { _id: 5, a: [null] }]);
    const find = async (filter: Document): Promise<unknown[]> => idsOf(await c.find(filter).sort({ _id: 1 }).toArray());
    const check = async (): Promise<void> => {
      expect(await find({ a: null })).toEqual([1, 2, 5]);
      expect(await find({ a: { $exists: true } })).toEqual([1, 3, 4, 5]);
      expect(await find({ a: { $ne: null } })).toEqual([3, 4]);
      expect(await find({ a: { $in: [null, 1] } })).toEqual([1, 2, 3, 5]);
    };
    await check();
    await c.createIndex({ a: 1 });
    await check();
  });
});

describe('variables', () => {
  test('of let are seen by $expr', async () => {
    const c = engine.it.collection('let');
    await c.insertMany([
      { _id: 1, a: 5, b: 3 },
      { _id: 2, a: 1, b: 3 },
    ]);
    const filter = { $expr: { $gt: ['$a', '$$limit'] } };
    expect(idsOf(await c.find(filter, { let: { limit: 4 } }).toArray())).toEqual([1]);
    expect(idsOf(await c.find({ $expr: { $gt: ['$b', '$a'] } }).toArray())).toEqual([2]);
  });
});
