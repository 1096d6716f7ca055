// Tests of update operators through the driver; each operator by itself is tested beside values/update.ts.
import { ObjectId, type Document } from 'mongodb';
import { expect, test } from 'vitest';
import { useEngine } from './support.ts';

const engine = useEngine();

/** Inserts a document, updates it, returns it without `_id`. */
async function change(
  document: Document,
  update: Document | Document[],
  filter: Document = {},
  options: Document = {},
): Promise<Document> {
  const _id = new ObjectId();
  const c = engine.it.collection('updates');
  await c.insertOne({ _id, ...document });
  expect((await c.updateOne({ _id, ...filter }, update, options)).matchedCount).toBe(1);
  return (await c.findOne({ _id }, { projection: { _id: 0 } })) ?? {};
}

test('$push sorts and slices, also a field that was missing', async () => {
  const push = { $push: { l: { $each: [3, 1, 2], $sort: 1, $slice: 2 } } };
  expect(await change({}, push)).toEqual({ l: [1, 2] });
});

test('$pull, $min, $max, $mul, $rename and $currentDate work together', async () => {
  const document = { l: [1, 5, 9], d: [{ a: 1 }, { a: 2 }], m: 5, n: 5, x: 2, r: 'r' };
  const update = {
    $pull: { l: { $gte: 5 }, d: { a: 1 } },
    $min: { m: 3 },
    $max: { n: 7 },
    $mul: { x: 4 },
    $rename: { r: 's' },
    $currentDate: { at: true },
  };
  const { at, ...after } = await change(document, update);
  expect(after).toEqual({ l: [1], d: [{ a: 2 }], m: 3, n: 7, x: 8, s: 'r' });
  expect(at).toBeInstanceOf(Date);
});

test('arrayFilters change every element they match', async () => {
  const l = [1, 5, 9].map((q) => ({ q, v: 0 }));
  const after = await change({ l }, { $set: { 'l.$[e].v': 7 } }, {}, { arrayFilters: [{ 'e.q': { $gte: 5 } }] });
  expect(after['l'].map((element: Document) => element['v'])).toEqual([0, 7, 7]);
});

test('the positional operator changes the element that matched', async () => {
  const l = [1, 5, 9].map((q) => ({ q, v: 0 }));
  const values = (after: Document): unknown => after['l'].map((element: Document) => element['v']);
  expect(values(await change({ l }, { $set: { 'l.$.v': 8 } }, { 'l.q': 5 }))).toEqual([0, 8, 0]);
  expect(values(await change({ l }, { $inc: { 'l.$.v': 1 } }, { l: { $elemMatch: { q: 9, v: 0 } } }))).toEqual([
    0, 0, 1,
  ]);
  const u = new ObjectId();
  const people = [
    { u: new ObjectId(), v: 0 },
    { u, v: 0 },
  ];
  expect(values(await change({ l: people }, { $set: { 'l.$.v': 1 } }, { 'l.u': u }))).toEqual([0, 1]);
});

test('a pipeline computes fields from fields', async () => {
  expect(await change({ m: 3, x: 8 }, [{ $set: { total: { $add: ['$m', '$x'] } } }])).toEqual({
    m: 3,
    x: 8,
    total: 11,
  });
});

test('updateMany changes every match, and finds none twice through the index it changes', async () => {
  const c = engine.it.collection('many');
  await c.createIndex({ n: 1 });
  await c.insertMany(Array.from({ length: 500 }, (_, n) => ({ n })));
  expect((await c.updateMany({ n: { $gte: 0 } }, { $inc: { n: 1000 } })).modifiedCount).toBe(500);
  expect(await c.countDocuments({ n: { $gte: 1000, $lt: 1500 } })).toBe(500);
  expect((await c.deleteMany({ n: { $lt: 1100 } })).deletedCount).toBe(100);
  expect(await c.countDocuments()).toBe(400);
});

test('counting from many sides at once loses nothing', async () => {
  const c = engine.it.collection('counter');
  await c.insertOne({ _id: 'c', n: 0 });
  await Promise.all(Array.from({ length: 200 }, () => c.updateOne({ _id: 'c' }, { $inc: { n: 1 } })));
  expect(await c.findOne({})).toEqual({ _id: 'c', n: 200 });
});
