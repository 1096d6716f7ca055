// Random documents, filters, sorts and updates that meet the corners of comparison and indexing. For fuzz.test.ts.
import { BSONRegExp, Decimal128, Long, ObjectId } from 'bson';
import type { Doc } from '../values/bson.ts';

/** A small generator of numbers (mulberry32): the same seed, the same test. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** An integer from 0 to `below` - 1. */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  chance(outOf: number): boolean {
    return this.below(outOf) === 0;
  }
}

const ids = ['000000000000000000000001', '0000000000000000000000ff', 'ffffffffffffffffffffffff'].map(
  (hex) => new ObjectId(hex),
);

function scalar(random: Random): unknown {
  return random.pick<unknown>([
    null,
    0,
    1,
    2,
    3,
    2.5,
    -1,
    Number.NaN,
    Infinity,
    '',
    'a',
    'b',
    'ab',
    'A',
    'a\0b',
    'ä',
    true,
    false,
    new Date(1000),
    new Date(2000),
    new Date(-5),
    ids[random.below(3)],
    Long.fromNumber(2),
    Long.fromString('9007199254740993'),
    Decimal128.fromString('2.5'),
    { x: 1 },
  ]);
}

function value(random: Random): unknown {
  switch (random.below(10)) {
    case 0:
      return Array.from({ length: random.below(4) }, () => scalar(random));
    case 1:
      return { b: scalar(random) };
    case 2:
      return [{ b: scalar(random) }, { b: scalar(random) }];
    default:
      return scalar(random);
  }
}

const FIELDS = ['a', 'c', 'e'] as const;

/** @param arrays whether fields may hold arrays */
export function randomDoc(random: Random, id: number, arrays: boolean): Doc {
  const doc: Doc = { _id: id };
  for (const field of FIELDS) {
    if (random.chance(6)) continue;
    const made = value(random);
    doc[field] = arrays || !Array.isArray(made) ? made : random.below(5);
  }
  return doc;
}

function condition(random: Random): unknown {
  switch (random.below(14)) {
    case 0:
      return { $in: [scalar(random), scalar(random), scalar(random)] };
    case 1:
      return { $gt: scalar(random) };
    case 2:
      return { $gte: scalar(random), $lt: scalar(random) };
    case 3:
      return { $lte: scalar(random) };
    case 4:
      return { $gt: random.below(3), $lte: random.below(5) };
    case 5:
      return { $exists: random.chance(2) };
    case 6:
      return { $ne: scalar(random) };
    case 7:
      return { $elemMatch: { $gte: scalar(random) } };
    case 8:
      return { $not: { $gt: scalar(random) } };
    case 9:
      return { $eq: scalar(random), $gte: scalar(random) };
    case 10:
      return new BSONRegExp(random.pick(['^a', 'b$', 'A']), random.pick(['', 'i']));
    case 11:
      return { $in: [] };
    default:
      return { $eq: scalar(random) };
  }
}

export function randomFilter(random: Random): Doc {
  const filter: Doc = {};
  for (const field of [...FIELDS, 'a.b', '_id']) {
    if (random.chance(3)) filter[field] = field === '_id' ? { $gte: random.below(80) } : condition(random);
  }
  if (random.chance(8)) filter['$or'] = [{ a: condition(random) }, { c: condition(random) }];
  if (random.chance(8)) filter['$and'] = [{ a: condition(random) }, { e: condition(random) }];
  return filter;
}

export function randomSort(random: Random): Doc | undefined {
  if (random.chance(2)) return undefined;
  return random.pick<Doc>([
    { a: 1 },
    { a: -1 },
    { a: 1, c: -1 },
    { a: -1, c: 1 },
    { c: -1, e: -1 },
    { c: 1, a: 1 },
    { e: 1 },
    { e: -1, a: 1, c: 1 },
    { 'a.b': 1 },
    { _id: -1 },
  ]);
}

/** Some do not fit the document they meet: then the statement is refused and must leave everything as it was. */
export function randomUpdate(random: Random): Doc {
  const field = random.pick([...FIELDS]);
  return random.pick<Doc>([
    { $set: { [field]: value(random) } },
    { $set: { 'a.b': scalar(random), c: scalar(random) } },
    { $unset: { [field]: '' } },
    { $inc: { [field]: 1 } },
    { $push: { [field]: scalar(random) } },
    { $addToSet: { [field]: { $each: [scalar(random), scalar(random)] } } },
    { $pull: { [field]: scalar(random) } },
    { $pop: { [field]: 1 } },
    { $rename: { a: 'c' } },
    { $min: { [field]: scalar(random) } },
    { a: value(random), e: scalar(random) },
  ]);
}
