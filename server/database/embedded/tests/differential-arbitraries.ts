// Random documents, commands and indexes for differential.test.ts. Everything is such that one answer is right, whatever the plan:
// sorts end with `_id`, and only what is sorted is cut.
import { Long, type Document } from 'mongodb';
import fc from 'fast-check';
import {
  comparison,
  direction,
  field,
  filter,
  id,
  list,
  path,
  projection,
  scalar,
  simple,
  small,
  sort,
  value,
} from './differential-documents.ts';

export type Command =
  | { kind: 'find'; filter: Document; sort: Document | null; skip: number; limit: number; projection: Document | null }
  | { kind: 'count'; filter: Document; limit: number }
  | { kind: 'distinct'; field: string; filter: Document }
  | { kind: 'aggregate'; pipeline: Document[] }
  | {
      kind: 'update';
      filter: Document;
      update: Document | Document[];
      many: boolean;
      upsert: boolean;
      options: Document;
    }
  | { kind: 'replace'; id: number; document: Document; upsert: boolean }
  | { kind: 'modify'; filter: Document; sort: Document; update: Document; after: boolean }
  | { kind: 'delete'; filter: Document; many: boolean };

export interface Index {
  key: Record<string, 1 | -1>;
  options: Document;
}

export interface Scenario {
  documents: Document[];
  indexes: Index[];
  commands: Command[];
}

const change = (name: string, names: fc.Arbitrary<string>, of: fc.Arbitrary<unknown>): fc.Arbitrary<Document> =>
  fc.tuple(names, of).map(([target, operand]) => ({ [name]: { [target]: operand } }));
const deep = fc.constantFrom('a', 'c', 'e', 'a.b', 'c.0', 'n.x.y');
const pushed = fc.oneof(
  value,
  fc.record(
    { $each: list, $slice: fc.integer({ min: -3, max: 3 }), $position: fc.integer({ min: -1, max: 2 }) },
    { requiredKeys: ['$each'] },
  ),
  fc.record({ $each: list, $sort: direction }),
);
const update: fc.Arbitrary<Document> = fc.oneof(
  change('$set', deep, value),
  change('$unset', deep, fc.constant('')),
  change('$inc', deep, fc.constantFrom<unknown>(1, -2, 2.5, Long.fromNumber(3))),
  change('$mul', deep, fc.constantFrom<unknown>(2, 0.5)),
  change('$min', field, scalar),
  change('$max', field, scalar),
  change('$push', field, pushed),
  change('$addToSet', field, fc.oneof(value, fc.record({ $each: list }))),
  change('$pull', field, fc.oneof(scalar, comparison)),
  change('$pullAll', field, list),
  change('$pop', field, direction),
  change('$rename', field, fc.constantFrom('x', 'n.z')),
  fc.tuple(field, value, small).map(([name, set, inc]) => ({ $set: { [name]: set }, $inc: { hits: inc } })),
);
const pipelineUpdate = fc.constantFrom<Document[]>(
  [{ $set: { c: '$a' } }],
  [{ $unset: ['a', 'e'] }, { $set: { x: 1 } }],
  [{ $replaceWith: { a: '$c', _id: '$_id' } }],
);

const accumulator = fc.oneof(
  fc.constantFrom<Document>({ $sum: 1 }, { $count: {} }),
  fc.tuple(fc.constantFrom('$sum', '$min', '$max', '$avg'), field).map(([name, of]) => ({ [name]: `$${of}` })),
);
const groupId = fc.oneof(
  field.map((of): unknown => `$${of}`),
  fc.constantFrom<unknown>(null, { a: '$a', c: '$c' }, '$a.b'),
);
const group = fc
  .tuple(groupId, accumulator, fc.option(accumulator))
  .map(([_id, one, two]): Document => ({ $group: { _id, one, ...(two ? { two } : {}) } }));
const expression = fc.constantFrom<unknown>(
  { $ifNull: ['$a', 'none'] },
  { $cond: [{ $gt: ['$a', '$c'] }, 'more', 'less'] },
  { $cond: { if: { $isArray: '$a' }, then: { $size: '$a' }, else: 0 } },
  { $eq: ['$a', '$c'] },
  { $in: [2, { $cond: [{ $isArray: '$c' }, '$c', []] }] },
  { $literal: '$a' },
  ['$a', '$e'],
  { x: '$a', y: '$$ROOT._id' },
);
const ending = fc.oneof<fc.Arbitrary<Document[]>[]>(
  fc.constant([]),
  group.map((one) => [one]),
  group.map((one) => [one, { $sort: { _id: 1 } }, { $limit: 3 }]),
  fc
    .tuple(field, fc.boolean())
    .map(([of, keep]) => [{ $unwind: { path: `$${of}`, preserveNullAndEmptyArrays: keep } }]),
  fc.tuple(field, group).map(([of, one]) => [{ $unwind: `$${of}` }, one]),
  fc.tuple(field, filter).map(([of, one]) => [{ $unwind: `$${of}` }, { $match: one }]),
  projection.map((one) => [{ $project: one }]),
  fc.tuple(expression, expression).map(([x, y]) => [{ $project: { x, y } }]),
  fc.tuple(expression, filter).map(([x, one]) => [{ $addFields: { 'n.x': x, a: x } }, { $match: one }]),
  fc.constant([{ $count: 'n' }]),
  field.map((of) => [{ $sortByCount: `$${of}` }]),
  fc
    .tuple(simple, group)
    .map(([one, by]) => [{ $facet: { some: [{ $match: one }, { $count: 'n' }], all: [by, { $sort: { _id: 1 } }] } }]),
);
const pipeline = fc
  .tuple(
    fc.option(filter),
    fc.option(fc.tuple(sort, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 9 }))),
    ending,
  )
  .map(([match, cut, rest]) => [
    ...(match ? [{ $match: match }] : []),
    ...(cut ? [{ $sort: cut[0] }, { $skip: cut[1] }, { $limit: cut[2] }] : []),
    ...rest,
  ]);

const byId = id.map((one): Document => ({ _id: one }));
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('find' as const),
      filter,
      sort: fc.option(sort),
      skip: fc.constant(0),
      limit: fc.constant(0),
      projection: fc.option(projection, { freq: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('find' as const),
      filter,
      sort,
      skip: fc.integer({ min: 0, max: 4 }),
      limit: fc.integer({ min: 1, max: 8 }),
      projection: fc.constant(null),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('count' as const), filter, limit: fc.constantFrom(0, 0, 3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('distinct' as const), field: path, filter }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('aggregate' as const), pipeline }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      filter: fc.oneof(byId, filter),
      update: fc.oneof({ weight: 8, arbitrary: update }, { weight: 1, arbitrary: pipelineUpdate }),
      many: fc.constant(true),
      upsert: fc.constant(false),
      options: fc.constant({}),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      filter: fc.oneof(
        byId,
        fc.tuple(id, field, scalar).map(([_id, name, equal]) => ({ _id, [name]: equal })),
      ),
      update: fc.oneof(
        update,
        update,
        fc.tuple(update, small).map(([one, n]) => ({ ...one, $setOnInsert: { new: n } })),
      ),
      many: fc.constant(false),
      upsert: fc.boolean(),
      options: fc.constant({}),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(id, field, scalar, value).map(([_id, name, wanted, set]): Command => ({
      kind: 'update',
      filter: { _id, [name]: wanted },
      update: { $set: { [`${name}.$`]: set } },
      many: false,
      upsert: false,
      options: {},
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(id, field, comparison).map(([_id, name, wanted]): Command => ({
      kind: 'update',
      filter: { _id },
      update: { $set: { [`${name}.$[x]`]: 7 } },
      many: false,
      upsert: false,
      options: { arrayFilters: [{ x: wanted }] },
    })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('replace' as const),
      id,
      document: fc.dictionary(field, value, { maxKeys: 3 }),
      upsert: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('modify' as const), filter, sort, update, after: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), filter: byId, many: fc.constant(false) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('delete' as const),
      filter: fc.tuple(simple, id).map(([one, from]) => ({ $and: [one, { _id: { $gte: from } }] })),
      many: fc.constant(true),
    }),
  },
);

const index: fc.Arbitrary<Index> = fc.record({
  key: fc.dictionary(fc.constantFrom('a', 'c', 'e', 'a.b', '_id'), direction, { minKeys: 1, maxKeys: 3 }),
  options: fc.constantFrom<Document>(
    {},
    {},
    {},
    { sparse: true },
    { partialFilterExpression: { a: { $exists: true } } },
    { partialFilterExpression: { c: { $gt: 1 } } },
  ),
});

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  documents: fc.array(fc.dictionary(field, value, { maxKeys: 3 }), { minLength: 1, maxLength: 25 }),
  indexes: fc.array(index, { minLength: 1, maxLength: 4 }),
  commands: fc.array(command, { minLength: 1, maxLength: 25, size: 'max' }),
});
