// Tests of what one command may cost: time, documents and memory; and that long work in memory lets others go first.
import type { Document } from 'mongodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { useEngine } from './support.ts';

const engine = useEngine();
const DOCUMENTS = 40_000;
const large = () => engine.it.collection('large');
const aggregate = (pipeline: Document[], options = {}): Promise<Document[]> =>
  large().aggregate(pipeline, options).toArray();

beforeAll(async () => {
  for (let from = 0; from < DOCUMENTS; from += 10_000) {
    await large().insertMany(
      Array.from({ length: 10_000 }, (_, i) => ({ _id: from + i, list: [1, 2, 3], text: `text ${from + i}` })),
    );
  }
});

/** Does small things for as long as the work goes on. @returns how many */
async function meanwhile(work: Promise<unknown>): Promise<number> {
  let ended = false;
  const end = (): void => void (ended = true);
  work.then(end, end);
  let rounds = 0;
  while (!ended) {
    await engine.it.collection('small').insertOne({ rounds });
    rounds++;
  }
  return rounds;
}

describe('time', () => {
  const slow = Array.from({ length: 300 }, () => ({ $set: { up: { $toUpper: '$text' } } }));

  test.each<[string, () => Promise<unknown>]>([
    [
      'a find',
      () =>
        large()
          .find({ text: /nothing$/ }, { maxTimeMS: 5 })
          .toArray(),
    ],
    ['a count', () => large().countDocuments({ text: /nothing$/ }, { maxTimeMS: 5 })],
    ['a distinct', () => large().distinct('text', {}, { maxTimeMS: 5 })],
    ['the stages of an aggregation', () => aggregate([{ $limit: 2000 }, ...slow], { maxTimeMS: 100 })],
    ['a command that writes', () => large().updateMany({}, { $set: { text: 'changed' } }, { maxTimeMS: 40 })],
  ])('%s ends when its time is up', async (_what, run) => {
    await expect(run()).rejects.toMatchObject({ code: 50, codeName: 'MaxTimeMSExpired' });
  });

  test('a write whose time is up has changed nothing', async () => {
    await expect(large().deleteMany({}, { maxTimeMS: 40 })).rejects.toMatchObject({ code: 50 });
    await expect(
      large().insertMany(
        Array.from({ length: 20_000 }, (_, i) => ({ _id: -1 - i })),
        { maxTimeMS: 20 },
      ),
    ).rejects.toMatchObject({ code: 50 });
    expect(await large().countDocuments()).toBe(DOCUMENTS);
    expect(await large().countDocuments({ text: 'changed' })).toBe(0);
  });
});

describe('others go first', () => {
  test.each<[string, Document[]]>([
    ['computing', [{ $set: { up: { $toUpper: '$text' } } }, { $project: { up: 1 } }, { $match: { up: 'none' } }]],
    [
      'unwinding',
      [{ $limit: 30_000 }, { $unwind: '$list' }, { $set: { up: { $toUpper: '$text' } } }, { $match: { list: 9 } }],
    ],
    ['grouping', [{ $group: { _id: { $mod: ['$_id', 1000] }, most: { $max: '$text' }, n: { $sum: 1 } } }]],
  ])('while an aggregation is %s', async (_what, pipeline) => {
    const work = aggregate(pipeline);
    expect(await meanwhile(work)).toBeGreaterThan(3);
    await work;
  });

  test('while sizes are measured', async () => {
    const work = Promise.all(Array.from({ length: 20 }, () => engine.it.db.command({ collStats: 'large' })));
    expect(await meanwhile(work)).toBeGreaterThan(3);
    const [stats] = await work;
    expect(stats).toMatchObject({ count: DOCUMENTS });
    expect(stats?.['size']).toBeGreaterThan(DOCUMENTS * 40);
    expect(stats?.['totalIndexSize']).toBeGreaterThan(DOCUMENTS * 10);
  });
});

describe('memory', () => {
  test('an aggregation cannot multiply documents without end', async () => {
    const unwinds = Array.from({ length: 4 }, () => [{ $set: { copy: '$list' } }, { $unwind: '$copy' }]).flat();
    await expect(aggregate(unwinds)).rejects.toMatchObject({ code: 292 });
  });

  test('nor a document in a document', async () => {
    const doubled = Array.from({ length: 40 }, () => ({ $set: { a: '$$ROOT', b: '$$ROOT' } }));
    await expect(aggregate([{ $limit: 1 }, ...doubled])).rejects.toMatchObject({ code: 10334 });
    const lists = Array.from({ length: 40 }, () => ({ $group: { _id: null, all: { $push: ['$$ROOT', '$$ROOT'] } } }));
    await expect(aggregate([{ $limit: 1 }, ...lists])).rejects.toMatchObject({ code: 10334 });
  });

  test('nor ask for a list of any length, or run any number of stages', async () => {
    const list = { $set: { list: { $range: [0, 1e12] } } };
    await expect(aggregate([{ $limit: 1 }, list])).rejects.toMatchObject({ code: 292 });
    const stages = Array.from({ length: 1001 }, () => ({ $unset: 'x' }));
    await expect(aggregate(stages)).rejects.toMatchObject({ code: 7749501 });
  });

  test('the values of a distinct fit into one document', async () => {
    const c = engine.it.collection('distinct');
    await c.insertMany(Array.from({ length: 20 }, (_, i) => ({ text: `${i}-`.padEnd(1_000_000, 'x') })));
    await expect(c.distinct('text')).rejects.toMatchObject({ code: 17217 });
    expect(await c.distinct('text', { text: /^1/ })).toHaveLength(11);
  });

  test('a message of an error is short, however long what it is about', async () => {
    const name = 'x'.repeat(1_000_000);
    const error: Error = await engine.it.db.command({ [name]: 1 }).then(
      () => new Error('accepted'),
      (refused: Error) => refused,
    );
    expect(error).toMatchObject({ code: 59 });
    expect(error.message.length).toBeLessThan(3000);
  });
});
