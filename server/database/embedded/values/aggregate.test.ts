// Tests of aggregation pipelines.
import { Decimal128, Long, ObjectId } from 'bson';
import { describe, expect, it } from 'vitest';
import { runPipeline } from './aggregate.ts';
import type { Doc } from './bson.ts';

const documents: Doc[] = Array.from({ length: 30 }, (_, i) => ({ _id: i, who: i % 3 ? 'A' : 'B', n: i }));
const refused = (pipeline: unknown[], code: number) =>
  expect(() => runPipeline(documents, pipeline)).toThrow(expect.objectContaining({ code }));

describe('groups', () => {
  it('count and sum what matches', () => {
    expect(
      runPipeline(documents, [
        { $match: { n: { $gte: 10 } } },
        { $group: { _id: '$who', sum: { $sum: '$n' }, c: { $sum: 1 }, avg: { $avg: '$n' }, top: { $max: '$n' } } },
        { $sort: { _id: 1 } },
      ]),
    ).toEqual([
      { _id: 'A', sum: 273, c: 14, avg: 19.5, top: 29 },
      { _id: 'B', sum: 117, c: 6, avg: 19.5, top: 27 },
    ]);
  });

  it('have keys of any type, equal numbers together', () => {
    const id = new ObjectId();
    const values = [1, Decimal128.fromString('1.0'), id, new ObjectId(id.id), null, undefined, { a: 1 }, { a: 1 }];
    const groups = runPipeline(
      values.map((k) => ({ k })),
      [{ $group: { _id: '$k', c: { $count: {} } } }],
    );
    expect(groups).toEqual([
      { _id: 1, c: 2 },
      { _id: id, c: 2 },
      { _id: null, c: 2 },
      { _id: { a: 1 }, c: 2 },
    ]);
    expect(runPipeline([{ a: 1 }, { b: 1 }], [{ $group: { _id: { x: '$a' } } }])).toEqual([
      { _id: { x: 1 } },
      { _id: {} },
    ]);
  });

  it('sum exactly, whatever the type', () => {
    const sum = (...values: unknown[]) =>
      runPipeline(
        values.map((n) => ({ n })),
        [{ $group: { _id: null, s: { $sum: '$n' } } }],
      )[0]?.['s'];
    expect(sum(...Array.from({ length: 10 }, () => 0.1))).toBe(1);
    expect(String(sum(Decimal128.fromString('0.1'), Decimal128.fromString('0.2'), 1))).toBe('1.3');
    expect(sum(Long.fromString('9007199254740993'), 1)).toEqual(Long.fromString('9007199254740994'));
    expect(sum('x', null, undefined)).toBe(0);
    expect(sum(2 ** 31, 1.5)).toBe(2 ** 31 + 1.5);
  });

  it('average, collect, take first and last', () => {
    const input = [{ n: 1, d: Decimal128.fromString('1') }, { n: 2, d: Decimal128.fromString('2') }, { n: 1 }];
    const [result] = runPipeline(input, [
      {
        $group: {
          _id: null,
          l: { $push: '$n' },
          s: { $addToSet: '$n' },
          f: { $first: '$n' },
          e: { $last: '$d' },
          m: { $min: '$d' },
          none: { $avg: '$gone' },
          avg: { $avg: '$d' },
          all: { $mergeObjects: '$$ROOT' },
        },
      },
    ]);
    expect(result).toMatchObject({ l: [1, 2, 1], s: [1, 2], f: 1, e: null, m: input[0]?.d, none: null });
    expect(String(result?.['avg'])).toBe('1.5');
    expect(result?.['all']).toMatchObject({ n: 1 });
  });

  it('are refused with unknown accumulators and without _id', () => {
    refused([{ $group: { n: { $sum: 1 } } }], 15955);
    refused([{ $group: { _id: 1, n: { $function: 1 } } }], 15952);
    refused([{ $group: { _id: 1, n: 1 } }], 40234);
  });
});

describe('fields', () => {
  const one = [{ _id: 1, a: { b: 1, c: 2 }, l: [{ x: 1 }, { x: 2 }], s: 'Ab' }];

  it('are set inside what is there, and removed', () => {
    expect(runPipeline(one, [{ $set: { 'a.d': { $add: ['$a.b', 2] }, l: '$$REMOVE', a: { b: 5 } } }])).toEqual([
      { _id: 1, a: { b: 5, c: 2, d: 3 }, s: 'Ab' },
    ]);
    expect(runPipeline(one, [{ $addFields: { 'l.y': 1 } }, { $unset: ['a', 's'] }])).toEqual([
      {
        _id: 1,
        l: [
          { x: 1, y: 1 },
          { x: 2, y: 1 },
        ],
      },
    ]);
    expect(one[0]?.a).toEqual({ b: 1, c: 2 });
  });

  it('are projected, computed by mingo where we have no operator', () => {
    expect(runPipeline(one, [{ $project: { up: { $toUpper: '$s' }, 'a.b': 1 } }])).toEqual([
      { _id: 1, a: { b: 1 }, up: 'AB' },
    ]);
    expect(runPipeline(one, [{ $project: { _id: 0, xs: '$l.x' } }])).toEqual([{ xs: [1, 2] }]);
    expect(runPipeline(one, [{ $project: { a: 0, l: 0 } }])).toEqual([{ _id: 1, s: 'Ab' }]);
    refused([{ $project: { n: 0, x: '$who' } }], 31310);
  });

  it('compare ids and times inside expressions of mingo', () => {
    const id = new ObjectId();
    const now = new Date(1_700_000_000_000);
    const pipeline = [
      {
        $project: {
          mine: { $cond: [{ $eq: ['$id', '$$me'] }, { $concat: ['a', 'b'] }, 'no'] },
          text: { $toString: '$id' },
          year: { $year: '$$NOW' },
          both: { $setUnion: [['a'], ['a']] },
        },
      },
    ];
    expect(runPipeline([{ id: new ObjectId(id.id) }], pipeline, { variables: { me: id }, now })).toEqual([
      { mine: 'ab', text: id.toHexString(), year: 2023, both: ['a'] },
    ]);
  });
});

describe('other stages', () => {
  it('unwind lists', () => {
    const input = [{ _id: 1, l: ['a', 'b'] }, { _id: 2, l: [] }, { _id: 3 }, { _id: 4, l: 'c' }];
    expect(runPipeline(input, [{ $unwind: '$l' }])).toEqual([
      { _id: 1, l: 'a' },
      { _id: 1, l: 'b' },
      { _id: 4, l: 'c' },
    ]);
    expect(
      runPipeline(input, [{ $unwind: { path: '$l', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } }]),
    ).toEqual([
      { _id: 1, l: 'a', i: 0 },
      { _id: 1, l: 'b', i: 1 },
      { _id: 2, i: null },
      { _id: 3, i: null },
      { _id: 4, l: 'c', i: null },
    ]);
  });

  it('count, sort by count, split in facets, replace the root', () => {
    expect(runPipeline(documents, [{ $count: 'c' }])).toEqual([{ c: 30 }]);
    expect(runPipeline([], [{ $count: 'c' }])).toEqual([]);
    expect(runPipeline(documents, [{ $sortByCount: '$who' }])).toEqual([
      { _id: 'A', count: 20 },
      { _id: 'B', count: 10 },
    ]);
    expect(
      runPipeline(documents, [
        {
          $facet: {
            top: [{ $sort: { n: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { n: 1, _id: 0 } }],
            c: [{ $count: 'c' }],
          },
        },
      ]),
    ).toEqual([{ top: [{ n: 28 }, { n: 27 }], c: [{ c: 30 }] }]);
    expect(runPipeline([{ a: { b: 1 } }], [{ $replaceRoot: { newRoot: '$a' } }])).toEqual([{ b: 1 }]);
    expect(runPipeline([{ a: 1 }], [{ $replaceWith: { x: '$a' } }])).toEqual([{ x: 1 }]);
  });

  it('sort ids and text as the database does, keeping the order of equals', () => {
    const ids = ['b', 'a', 'c'].map((c) => new ObjectId(c.repeat(24)));
    const sorted = runPipeline(
      ids.map((id) => ({ id })),
      [{ $sort: { id: 1 } }],
    );
    expect(sorted.map(({ id }) => String(id)[0])).toEqual(['a', 'b', 'c']);
    expect(runPipeline([{ s: 'ä' }, { s: 'z' }, { s: 'Z' }], [{ $sort: { s: 1 } }]).map(({ s }) => s)).toEqual([
      'Z',
      'z',
      'ä',
    ]);
  });

  it('that we do not have are refused by name', () => {
    refused([{ $lookup: {} }], 40324);
    refused([{ $out: 'x' }], 40324);
    refused([{ $match: {}, $sort: {} }], 40323);
    refused([{ $limit: 0 }], 15958);
    refused([{ $project: { x: { $nonsense: 1 } } }], 168);
    refused([{ $project: { x: { $function: { body: 'x' } } } }], 168);
    refused([{ $replaceWith: '$n' }], 40228);
    refused([{ $project: { x: { $toLower: '$$who' } } }], 2);
  });
});
