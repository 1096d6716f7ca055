// Random commands on the same documents without indexes, with indexes, and on whatever MONGODB_URI names: the same answers.
// FUZZ_SEED=n and FUZZ_RUNS=n try others and more; the README lists where other servers differ and why.
import fc from 'fast-check';
import { MongoClient, MongoServerError, type Document } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scenario, type Command, type Index } from './differential-arbitraries.ts';
import { answerOf, text, TYPED, type Docs } from './differential-commands.ts';
import { cannotBeStored, hasNotGot, isKnownToDiffer } from './differential-ferretdb.ts';
import { useEngine } from './support.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 30);
const OTHER_URI = process.env['MONGODB_URI'];
const engine = useEngine();
let other: MongoClient | undefined;
let isFerretDb = false;
beforeAll(async () => {
  if (!OTHER_URI) return;
  other = await new MongoClient(OTHER_URI).connect();
  isFerretDb = 'ferretdbVersion' in (await other.db('admin').command({ buildInfo: 1 }));
});
afterAll(() => other?.close());

interface Target {
  readonly name: string;
  /** Not of this engine. */
  readonly isOther: boolean;
  readonly docs: Docs;
}

/** How a command ended, in a form that can be compared. */
interface Outcome {
  readonly answer?: string;
  readonly error?: MongoServerError;
}

async function outcomeOf(target: Target, command: Command): Promise<Outcome> {
  try {
    return { answer: await answerOf(target.docs, command) };
  } catch (error) {
    if (error instanceof MongoServerError) return { error };
    throw error;
  }
}

const contents = (target: Target): Promise<Document[]> => target.docs.find({}, TYPED).sort({ _id: 1 }).toArray();

async function fill(target: Target, documents: readonly Document[]): Promise<void> {
  await target.docs.deleteMany({});
  if (documents.length > 0) await target.docs.insertMany(documents as (Document & { _id: number })[]);
}

async function createIndexes(docs: Docs, indexes: readonly Index[]): Promise<void> {
  for (const [n, { key, options }] of indexes.entries()) {
    // Two lists in one index are refused, and the same index twice: then there is one less.
    await docs.createIndex(key, { ...options, name: `i${n}` }).catch(() => undefined);
  }
}

let run = 0;
const counts = { commands: 0, refused: 0, satOut: 0 };

async function makeTargets(indexes: readonly Index[]): Promise<Target[]> {
  const name = `r${run++}`;
  const own = (suffix: string): Docs => engine.it.db.collection(`${name}-${suffix}`) as unknown as Docs;
  const targets: Target[] = [
    { name: 'without indexes', isOther: false, docs: own('plain') },
    { name: 'with indexes', isOther: false, docs: own('indexed') },
  ];
  await createIndexes(own('indexed'), indexes);
  if (other) targets.push({ name: 'MONGODB_URI', isOther: true, docs: other.db('st-differential').collection(name) });
  return targets;
}

const PARALLEL_ARRAYS = 171;
/** Where numbers keep their types, the code of an error is a number with a type too. */
const codeOf = ({ error }: Outcome): number => Number(String(error?.code));

/** What cannot be compared: an index refuses lists in two of its fields; another server lacks or differs in something. */
function sitsOut(target: Target, command: Command, got: Outcome): boolean {
  if (codeOf(got) === PARALLEL_ARRAYS) return true;
  if (!target.isOther || !isFerretDb) return false;
  return hasNotGot(got.error?.message ?? '') || isKnownToDiffer(command);
}

async function compare(targets: readonly Target[], command: Command): Promise<void> {
  const [first, ...others] = targets;
  if (!first) return;
  const before = await contents(first);
  const wanted = await outcomeOf(first, command);
  const after = isReading(command) ? before : await contents(first);
  counts.commands++;
  if (wanted.error) counts.refused++;
  for (const target of others) {
    if (target.isOther && isFerretDb && cannotBeStored([...before, ...after])) {
      counts.satOut++;
      await refill(target, after);
      continue;
    }
    const got = await outcomeOf(target, command);
    if (sitsOut(target, command, got)) {
      if (target.isOther) counts.satOut++;
    } else {
      const what = `${target.name}: ${text(command)}\n${wanted.error?.message ?? ''}\n${got.error?.message ?? ''}\n${text(before)}`;
      expect(got.answer, what).toBe(wanted.answer);
      if (!wanted.error) expect(text(await contents(target)), `then ${what}`).toBe(text(after));
      if (!wanted.error || isReading(command)) continue;
    }
    // How far a refused change of several documents got depends on their order.
    await refill(target, after);
  }
}

const isReading = ({ kind }: Command): boolean => ['find', 'count', 'distinct', 'aggregate'].includes(kind);

/** The same documents again; where an index refuses some of them the target has it no more. */
async function refill(target: Target, documents: readonly Document[]): Promise<void> {
  if (target.isOther && isFerretDb && cannotBeStored(documents)) return;
  try {
    await fill(target, documents);
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === PARALLEL_ARRAYS)) throw error;
    await target.docs.dropIndexes();
    await fill(target, documents);
  }
}

test(`${RUNS} series of random commands have the same answers with indexes as without`, async () => {
  const property = fc.asyncProperty(scenario, async ({ documents, indexes, commands }) => {
    const targets = await makeTargets(indexes);
    try {
      const numbered = documents.map((document, _id) => ({ _id, ...document }));
      for (const target of targets) await refill(target, numbered);
      for (const command of commands) await compare(targets, command);
    } finally {
      for (const { docs } of targets) await docs.drop();
    }
  });
  await fc.assert(property, { seed: SEED, numRuns: RUNS });
  if (other) process.stdout.write(`${JSON.stringify(counts)}\n`);
  expect(counts.commands).toBeGreaterThan(RUNS * 5);
  expect(counts.refused).toBeLessThan(counts.commands / 3);
}, 600_000);
