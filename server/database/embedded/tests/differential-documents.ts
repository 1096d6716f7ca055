// Random documents, filters, sorts and projections for differential-arbitraries.ts.
import { Long, ObjectId, type Document } from 'mongodb';
import fc from 'fast-check';

const ids = ['000000000000000000000001', 'ffffffffffffffffffffffff'].map((hex) => new ObjectId(hex));
export const small = fc.integer({ min: -1, max: 4 });
export const scalar = fc.oneof(
  { weight: 4, arbitrary: small },
  { weight: 3, arbitrary: fc.constantFrom('', 'a', 'b', 'ab', 'A', 'ä') },
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      2.5,
      new Date(1000),
      new Date(2000),
      ...ids,
      Long.fromNumber(2),
      Long.fromString('9007199254740993'),
    ),
  },
);
export const list = fc.array(scalar, { maxLength: 3 });
const inner = fc.record({ b: scalar, d: small }, { requiredKeys: [] });
export const value = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 2, arbitrary: list },
  { weight: 1, arbitrary: inner },
  { weight: 1, arbitrary: fc.array(inner, { maxLength: 2 }) },
);
export const field = fc.constantFrom('a', 'c', 'e');
export const path = fc.constantFrom('a', 'c', 'e', 'a.b', 'c.b', 'a.0', 'e.1');
export const id = fc.integer({ min: 0, max: 30 });
const object = (name: fc.Arbitrary<string>, of: fc.Arbitrary<unknown>, maxKeys: number): fc.Arbitrary<Document> =>
  fc.dictionary(name, of, { minKeys: 1, maxKeys });

export const comparison = fc
  .tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne'), scalar)
  .map(([operator, operand]) => ({ [operator]: operand }));
const condition: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: value },
  { weight: 4, arbitrary: comparison },
  { weight: 1, arbitrary: fc.tuple(small, small).map(([from, to]) => ({ $gte: from, $lt: to })) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('$in', '$nin'), list).map(([name, of]) => ({ [name]: of })) },
  { weight: 1, arbitrary: fc.boolean().map((yes) => ({ $exists: yes })) },
  { weight: 1, arbitrary: fc.array(scalar, { minLength: 1, maxLength: 2 }).map((all) => ({ $all: all })) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }).map((size) => ({ $size: size })) },
  { weight: 1, arbitrary: comparison.map((not) => ({ $not: not })) },
  { weight: 1, arbitrary: comparison.map((match) => ({ $elemMatch: match })) },
  { weight: 1, arbitrary: object(fc.constantFrom('b', 'd'), scalar, 2).map((match) => ({ $elemMatch: match })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('string', 'int', 'array', 'null', 'number').map((type) => ({ $type: type })),
  },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 3 }).map((by) => ({ $mod: [by, 1] })) },
  { weight: 1, arbitrary: fc.constantFrom(/^a/, /b$/, /a/i) },
);
export const simple = fc.oneof(
  { weight: 8, arbitrary: object(path, condition, 2) },
  { weight: 1, arbitrary: fc.constant<Document>({}) },
  { weight: 1, arbitrary: id.map((from): Document => ({ _id: { $gte: from } })) },
);
export const filter: fc.Arbitrary<Document> = fc.oneof(
  { weight: 6, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('$or', '$and', '$nor'), fc.array(simple, { minLength: 1, maxLength: 3 }))
      .map(([name, parts]) => ({ [name]: parts })),
  },
  { weight: 1, arbitrary: fc.tuple(simple, simple).map(([first, or]) => ({ ...first, $or: [or, { e: 1 }] })) },
);
export const direction = fc.constantFrom(1 as const, -1 as const);
export const sort = fc
  .tuple(fc.dictionary(path, direction, { maxKeys: 2 }), direction)
  .map(([fields, last]): Document => ({ ...fields, _id: last }));

export const projection = fc.oneof(
  fc.dictionary(fc.constantFrom('a', 'c', 'a.b'), fc.constant(1), { minKeys: 1, maxKeys: 2 }).filter(noPrefix),
  fc.dictionary(fc.constantFrom('a', 'e', 'c.b'), fc.constant(0), { minKeys: 1, maxKeys: 2 }),
  fc.constant({ _id: 0, a: 1 }),
);

/** Fields within each other conflict. */
function noPrefix(fields: Document): boolean {
  return !('a' in fields && 'a.b' in fields);
}
