// Tests of the aggregate command: what runs through indexes, what in memory, and its limits. Stages: values/.
import type { Document } from 'mongodb';
import { beforeAll, expect, test } from 'vitest';
import { useEngine } from './support.ts';

const engine = useEngine({ maxAggregateDocuments: 200 });
const aggregate = (pipeline: Document[], options: Document = {}): Promise<Document[]> =>
  engine.it.collection('sums').aggregate(pipeline, options).toArray();

beforeAll(async () => {
  const c = engine.it.collection('sums');
  await c.createIndex({ who: 1, n: -1 });
  await c.insertMany(
    Array.from({ length: 300 }, (_, n) => ({ _id: n, n, who: n % 3 === 0 ? 'B' : n % 3 === 1 ? 'A' : 'C' })),
  );
});

test('a leading $match is answered through an index, the groups are made in memory', async () => {
  const groups = await aggregate([
    { $match: { who: { $in: ['A', 'B'] } } },
    { $match: { n: { $lt: 30 } } },
    { $group: { _id: '$who', sum: { $sum: '$n' }, count: { $sum: 1 }, most: { $max: '$n' } } },
    { $sort: { _id: 1 } },
  ]);
  expect(groups).toEqual([
    { _id: 'A', sum: 145, count: 10, most: 28 },
    { _id: 'B', sum: 135, count: 10, most: 27 },
  ]);
});

test('leading $sort, $skip and $limit run as a query and come through a cursor', async () => {
  const pipeline = [{ $match: { who: 'C' } }, { $sort: { n: -1 } }, { $skip: 5 }, { $limit: 60 }];
  const found = await aggregate(pipeline, { batchSize: 7 });
  expect(found.map(({ n }) => n)).toEqual(Array.from({ length: 60 }, (_, i) => 284 - 3 * i));
  const plan = await engine.it.db.command({ explain: { aggregate: 'sums', pipeline, cursor: {} } });
  expect(plan['executionStats']).toMatchObject({ totalKeysExamined: 65, nReturned: 60 });
});

test('a later $match, $project and $unwind see what the stages before them made', async () => {
  const found = await aggregate([
    { $match: { _id: { $lt: 3 } } },
    { $project: { twice: { $multiply: ['$n', 2] }, list: ['$who', '$n'] } },
    { $unwind: '$list' },
    { $match: { list: { $type: 'string' } } },
    { $sort: { _id: -1 } },
  ]);
  expect(found).toEqual([
    { _id: 2, twice: 4, list: 'C' },
    { _id: 1, twice: 2, list: 'A' },
    { _id: 0, twice: 0, list: 'B' },
  ]);
});

test('counting needs no documents and so knows no cap on them', async () => {
  expect(await aggregate([{ $count: 'all' }])).toEqual([{ all: 300 }]);
  expect(await aggregate([{ $match: { who: 'A' } }, { $group: { _id: null, n: { $sum: 1 } } }])).toEqual([
    { _id: null, n: 100 },
  ]);
  expect(await aggregate([{ $match: { who: 'nobody' } }, { $count: 'all' }])).toEqual([]);
  expect(await engine.it.collection('sums').countDocuments({}, { skip: 290, limit: 50 })).toBe(10);
});

test('an aggregation over too many documents is refused', async () => {
  await expect(aggregate([{ $group: { _id: '$who' } }])).rejects.toMatchObject({ code: 292 });
  expect(await aggregate([{ $match: { who: 'A' } }, { $group: { _id: '$who' } }])).toEqual([{ _id: 'A' }]);
});

test('variables of let reach $match and later stages', async () => {
  const pipeline = [{ $match: { $expr: { $eq: ['$n', '$$wanted'] } } }, { $project: { _id: 0, same: '$$wanted' } }];
  const found = await engine.it.collection('few').insertMany([{ n: 1 }, { n: 2 }]);
  expect(found.insertedCount).toBe(2);
  expect(
    await engine.it
      .collection('few')
      .aggregate(pipeline, { let: { wanted: 2 } })
      .toArray(),
  ).toEqual([{ same: 2 }]);
});

test('a collation is honoured by the leading query and refused beyond it', async () => {
  const collation = { locale: 'en', strength: 2 as const };
  expect(await aggregate([{ $match: { who: 'a', _id: { $lt: 5 } } }, { $sort: { n: 1 } }], { collation })).toHaveLength(
    2,
  );
  await expect(aggregate([{ $match: { who: 'a' } }, { $group: { _id: '$who' } }], { collation })).rejects.toMatchObject(
    { code: 72 },
  );
});

test.each<[Document, number]>([
  [{ $lookup: { from: 'x', as: 'x' } }, 40324],
  [{ $out: 'x' }, 40324],
  [{ $sort: {} }, 15976],
  [{ $match: 5 }, 15959],
  [{ $limit: 0 }, 15958],
  [{ $skip: 1, $limit: 1 }, 40323],
])('%j is refused with code %i', async (stage, code) => {
  await expect(engine.it.collection('few').aggregate([stage]).toArray()).rejects.toMatchObject({ code });
});
