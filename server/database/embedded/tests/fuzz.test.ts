// Differential fuzz: every query through an index gives what the plain matcher gives on all documents, and after every
// series of changes each index holds exactly its collection. FUZZ_SEED=n repeats a run or tries another one.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyChange } from '../commands/change.ts';
import { collectRows, countRows, docOf, planOf, type Query } from '../query/find.ts';
import { Operation } from '../query/operation.ts';
import { findDamage } from '../storage/integrity.ts';
import type { Collection } from '../storage/model.ts';
import { openDatabaseFile } from '../storage/open-file.ts';
import { Store } from '../storage/store.ts';
import { decodeDocument, encodeDocument, type Doc } from '../values/bson.ts';
import { collationFolder } from '../values/collation.ts';
import { EngineError } from '../values/errors.ts';
import { compileFilter } from '../values/match.ts';
import { sortKey, sortRows } from '../values/sort.ts';
import { Random, randomDoc, randomFilter, randomSort, randomUpdate } from './random.ts';
import { temporaryFolder } from './support.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const ROUNDS = 40;
const DOCUMENTS = 80;
const QUERIES = 500;
const UPDATES = 125;

const KEYS: Doc[] = [
  { a: 1 },
  { a: 1, c: -1 },
  { c: 1, e: 1 },
  { 'a.b': 1 },
  { e: -1, a: 1, c: 1 },
  { c: -1 },
  { _id: 1, a: 1 },
];
const OPTIONS: [Doc, ...Doc[]] = [
  {},
  {},
  { sparse: true },
  { partialFilterExpression: { e: { $exists: true } } },
  { partialFilterExpression: { a: { $gt: 1 } } },
  { collation: { locale: 'en', strength: 2 } },
];

const folder = temporaryFolder();
let store: Store;
beforeAll(() => {
  store = new Store(openDatabaseFile(path.join(folder, 'fuzz.sqlite')));
  store.sql.run('BEGIN');
});
afterAll(() => {
  store.sql.run('COMMIT');
  store.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

function fill(random: Random, round: number): Collection {
  const collection = store.catalog.ensure(`fuzz.r${round}`);
  const arrays = round % 3 !== 0;
  const makeIndexes = (): void => {
    for (const key of KEYS) {
      if (!random.chance(2)) continue;
      const spec = { v: 2, key, name: JSON.stringify(key), ...random.pick(OPTIONS) };
      attempt(() => store.createIndex(current(collection), spec));
    }
  };
  // Half of the rounds index documents that are already there.
  const before = random.chance(2);
  if (before) makeIndexes();
  for (let id = 0; id < DOCUMENTS; id++) {
    attempt(() => store.insert(current(collection), encodeDocument(randomDoc(random, id, arrays))));
  }
  if (!before) makeIndexes();
  return current(collection);
}

/** What the engine refuses (parallel arrays, a path through a scalar) is part of the game; a savepoint undoes it. */
function attempt(change: () => unknown): boolean {
  store.sql.run('SAVEPOINT attempt');
  try {
    change();
    store.sql.run('RELEASE attempt');
    return true;
  } catch (error) {
    store.sql.run('ROLLBACK TO attempt');
    store.sql.run('RELEASE attempt');
    store.forget();
    if (error instanceof EngineError) return false;
    throw error;
  }
}

const current = (collection: Collection): Collection => store.catalog.require(collection.ns);

function allDocs(collection: Collection): Doc[] {
  const rows = store.sql.all<{ v: Uint8Array }>(`SELECT v FROM ${collection.table} ORDER BY r`);
  return rows.map(({ v }) => decodeDocument(v));
}

function checkQuery(random: Random, collection: Collection, all: readonly Doc[], note: string): boolean {
  const sort = randomSort(random);
  const collation = random.chance(5) ? { locale: 'en', strength: 2 } : undefined;
  const query: Query = { filter: randomFilter(random), sort, collation };
  const fold = collationFolder(collation) ?? ((value: unknown) => value);
  const matches = compileFilter(fold(query.filter) as Doc);
  const folded = (doc: Doc): Doc => fold(doc) as Doc;
  const wanted = all.filter((doc) => matches(folded(doc)));
  const got = collectRows(store, collection, query, new Operation()).map(docOf);
  const what = `${note} ${JSON.stringify(query)} by ${planOf(collection, query).index?.name ?? 'scan'}`;
  const ids = (docs: readonly Doc[]): unknown[] => docs.map(({ _id }) => String(_id)).sort();
  expect(ids(got), what).toEqual(ids(wanted));
  expect(countRows(store, collection, query, new Operation()).next().value, `count ${what}`).toBe(wanted.length);
  if (sort) {
    const key = sortKey(sort);
    const keys = (docs: readonly Doc[]): string[] => docs.map((doc) => key(folded(doc)).toString('hex'));
    const sorted = keys(sortRows(wanted, sort, folded));
    expect(keys(got), `sort ${what}`).toEqual(sorted);
    const skip = random.below(4);
    const limit = 1 + random.below(6);
    const part = collectRows(store, collection, { ...query, skip, limit }, new Operation()).map(docOf);
    expect(keys(part), `skip ${skip} limit ${limit} ${what}`).toEqual(sorted.slice(skip, skip + limit));
  }
  return planOf(collection, query).index !== undefined;
}

function changeOne(random: Random, collection: Collection): boolean {
  const filter = random.chance(3) ? randomFilter(random) : { _id: random.below(DOCUMENTS) };
  const update = randomUpdate(random);
  const multi = random.chance(3) && Object.keys(update)[0]?.startsWith('$') === true;
  const upsert = random.chance(10);
  return attempt(() => {
    if (random.chance(12)) {
      for (const row of collectRows(store, collection, { filter, limit: 1 }, new Operation())) {
        store.remove(collection, row.row, docOf(row));
      }
      return;
    }
    const query = { filter };
    applyChange(
      store,
      collection,
      { query, typedFilter: filter, update, multi, upsert, arrayFilters: undefined },
      new Operation(),
    );
  });
}

test('20,000 queries and 5,000 updates agree with the plain matcher', () => {
  let throughIndex = 0;
  let applied = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const note = `FUZZ_SEED=${SEED} round ${round}`;
    const random = new Random(SEED * 1000 + round);
    const collection = fill(random, round);
    for (let i = 0; i < UPDATES; i++) if (changeOne(random, current(collection))) applied++;
    expect(findDamage(store), note).toEqual([]);
    const now = current(collection);
    const all = allDocs(now);
    for (let i = 0; i < QUERIES; i++) if (checkQuery(random, now, all, note)) throughIndex++;
    store.catalog.drop(now);
  }
  // Otherwise the test would test the matcher against itself.
  expect(throughIndex).toBeGreaterThan((ROUNDS * QUERIES) / 5);
  expect(applied).toBeGreaterThan((ROUNDS * UPDATES) / 2);
}, 120_000);
