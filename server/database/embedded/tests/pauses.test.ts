// Tests that a long read lets others go first, and notices what they did meanwhile.
import { beforeAll, expect, test } from 'vitest';
import { useEngine } from './support.ts';

const engine = useEngine();
const DOCUMENTS = 60_000;

beforeAll(async () => {
  const large = engine.it.collection('large');
  for (let from = 0; from < DOCUMENTS; from += 10_000) {
    await large.insertMany(
      Array.from({ length: 10_000 }, (_, i) => ({ _id: from + i, text: `text number ${from + i}` })),
    );
  }
});

/** Several expressions, so that reading takes a while. */
const SLOW = [{ text: /^(\w+\s)+x$/ }, { text: /^(t|e|x)+ (\w| )+y$/ }, { text: /7$/ }];

/** Starts reading everything without an index; tells when it has ended. */
function scan(): { found: Promise<number>; ended: () => boolean } {
  let ended = false;
  const found = engine.it.collection('large').countDocuments({ $or: SLOW });
  found.then(
    () => (ended = true),
    () => (ended = true),
  );
  return { found, ended: () => ended };
}

test('writes and short reads do not wait for a scan', async () => {
  const small = engine.it.collection('small');
  await Promise.all([small.insertOne({}), small.insertOne({}), small.insertOne({})]);
  const { found, ended } = scan();
  let rounds = 0;
  while (!ended()) {
    await small.insertOne({ rounds });
    expect(await small.countDocuments({ rounds })).toBe(1);
    rounds++;
  }
  expect(await found).toBe(DOCUMENTS / 10);
  // In one piece the scan would let through what came before it and what comes after it.
  expect(rounds).toBeGreaterThan(3);
});

test('a sorted find, a distinct and an aggregation pause and still answer in full', async () => {
  const large = engine.it.collection('large');
  const [sorted, values, groups] = await Promise.all([
    large.find({ text: /99$/ }).sort({ text: -1 }).limit(3).toArray(),
    large.distinct('text', { text: /999$/ }),
    large.aggregate([{ $match: { text: /5$/ } }, { $group: { _id: null, most: { $max: '$_id' } } }]).toArray(),
  ]);
  expect(sorted.map(({ _id }) => _id)).toEqual([9999, 999, 99]);
  expect(values).toHaveLength(DOCUMENTS / 1000);
  expect(groups).toEqual([{ _id: null, most: DOCUMENTS - 5 }]);
});

test('a scan ends with an error when its collection is dropped meanwhile', async () => {
  const { found } = scan();
  await engine.it.collection('large').drop();
  await expect(found).rejects.toMatchObject({ code: 175, codeName: 'QueryPlanKilled' });
});
