// `npm run bench:engine`: the embedded database with 1,000,000 messages, as a process of its own through the official driver.
// Prints each figure beside its bound and fails on a miss. `-- --messages 100000` for a shorter look.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { MongoClient, ObjectId, type Collection, type Db, type Document } from 'mongodb';
import mongoose from 'mongoose';
import { createMessageModels } from '../../server/domain/messages/messages.model.ts';
import { startChild, type Child } from '../../server/database/embedded/tests/child.ts';

const SMALL = 1_000;
const ROOMS = 10;
const AUTHORS = 500;
const FILL_BATCH = 500;
const PAGE = 50;
const PAGES = 400;
/** What the hub does at its busiest: many small bulk writes, one after the other in each of some rooms. */
const WRITERS = 8;
const LIVE_BATCH = 5;
const LIVE_SECONDS = 40;
const WORDS = 'wir treffen uns am Dienstag im Hof und sprechen über Wohnung Arbeit Schule Kinder Papiere'.split(' ');

const { values } = parseArgs({ options: { messages: { type: 'string', default: '1000000' } } });
const MESSAGES = Number(values.messages);

const rooms = Array.from({ length: ROOMS }, () => new ObjectId());
const authors = Array.from({ length: AUTHORS }, () => new ObjectId());
const nextSeq = new Map<ObjectId, number>();

interface Line {
  what: string;
  figure: string;
  bound: string;
  met: boolean;
}
const table: Line[] = [];
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function check(what: string, figure: number, bound: number, unit: string): void {
  const shown = (value: number): string => `${value.toLocaleString('en', { maximumFractionDigits: 2 })} ${unit}`;
  table.push({ what, figure: shown(figure), bound: `≤ ${shown(bound)}`, met: figure <= bound });
}

function tell(what: string, figure: string): void {
  table.push({ what, figure, bound: '', met: true });
}

/** A message as the hub stores it. */
function message(roomId: ObjectId): Document {
  const seq = (nextSeq.get(roomId) ?? 0) + 1;
  nextSeq.set(roomId, seq);
  const text = Array.from({ length: 15 }, (_, i) => WORDS[(seq * 7 + i * 5) % WORDS.length]).join(' ');
  return {
    _id: new ObjectId(),
    roomId,
    seq,
    rev: seq,
    post: seq,
    authorId: authors[(seq * 31) % AUTHORS],
    clientId: crypto.randomUUID(),
    textHash: createHash('sha256').update(text).digest('base64url'),
    text,
    removedBy: null,
    at: new Date(1_750_000_000_000 + seq * 1000),
    ...(seq % 20 === 0 ? { question: 'open' } : {}),
  };
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const percentile = (list: readonly number[], part: number): number =>
  list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))] ?? 0;

async function fill(messages: Collection, upTo: number): Promise<void> {
  let made = 0;
  const writer = async (): Promise<void> => {
    while (made < upTo) {
      const count = Math.min(FILL_BATCH, upTo - made);
      made += count;
      await messages.insertMany(Array.from({ length: count }, (_, i) => message(rooms[i % ROOMS] ?? new ObjectId())));
    }
  };
  await Promise.all([writer(), writer()]);
}

/** The newest pages of the rooms in turn, of the few and of the many, so that both meet the same machine. */
async function pages(few: Collection, many: Collection): Promise<{ few: number; many: number }> {
  const page = async (messages: Collection, turn: number): Promise<number> => {
    const began = performance.now();
    const filter = { roomId: rooms[turn % ROOMS], threadId: null };
    const found = await messages.find(filter).sort({ roomId: -1, threadId: -1, seq: -1 }).limit(PAGE).toArray();
    if (found.length !== PAGE) throw new Error(`a page of ${found.length}`);
    return performance.now() - began;
  };
  const times = { few: [] as number[], many: [] as number[] };
  for (let turn = 0; turn < PAGES; turn++) {
    times.few.push(await page(few, turn));
    times.many.push(await page(many, turn));
  }
  return { few: median(times.few), many: median(times.many) };
}

async function megabytes(db: Db): Promise<number> {
  return Number((await db.command({ serverStatus: 1 }))['mem'].resident);
}

interface Live {
  /** The longest, in milliseconds. */
  ping: number;
  writes: number[];
  perSecond: number;
}

/** Writes as the hub does and asks for pings beside it. */
async function live(db: Db, messages: Collection): Promise<Live> {
  const until = performance.now() + LIVE_SECONDS * 1000;
  const writes: number[] = [];
  let ping = 0;
  const writer = async (n: number): Promise<void> => {
    while (performance.now() < until) {
      const batch = Array.from({ length: LIVE_BATCH }, () => message(rooms[n % ROOMS] ?? new ObjectId()));
      const began = performance.now();
      await messages.bulkWrite(batch.map((document) => ({ insertOne: { document } })));
      writes.push(performance.now() - began);
    }
  };
  const pinger = async (): Promise<void> => {
    while (performance.now() < until) {
      const began = performance.now();
      await db.command({ ping: 1 });
      ping = Math.max(ping, performance.now() - began);
    }
  };
  await Promise.all([pinger(), ...Array.from({ length: WRITERS }, (_, n) => writer(n))]);
  return { ping, writes, perSecond: (writes.length * LIVE_BATCH) / LIVE_SECONDS };
}

interface Open {
  child: Child;
  client: MongoClient;
  db: Db;
  messages: Collection;
  /** A thousand of them in a database of their own, for comparison. */
  few: Collection;
  /** From the start of the process to its first page, in milliseconds. */
  took: number;
}

async function open(folder: string): Promise<Open> {
  const began = performance.now();
  const child = await startChild('--folder', folder);
  const client = new MongoClient(child.uri, { maxPoolSize: 30 });
  const db = client.db();
  const messages = db.collection('messages');
  const filter = { roomId: rooms[0], threadId: null };
  await messages.find(filter).sort({ roomId: -1, threadId: -1, seq: -1 }).limit(PAGE).toArray();
  const took = performance.now() - began;
  return { child, client, db, messages, few: client.db('few').collection('messages'), took };
}

async function stop({ child, client }: Open, signal: NodeJS.Signals): Promise<void> {
  await client.close();
  child.process.kill(signal);
  await child.ended;
}

async function createIndexes(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri, { autoIndex: false, autoCreate: false }).asPromise();
  await createMessageModels(connection).messages.createIndexes();
  await createMessageModels(connection.useDb('few')).messages.createIndexes();
  await connection.close();
}

async function measure(folder: string): Promise<void> {
  let at = await open(folder);
  await createIndexes(at.child.uri);
  await fill(at.few, SMALL);
  const began = performance.now();
  await fill(at.messages, MESSAGES);
  tell('filled, messages a second', Math.round(MESSAGES / ((performance.now() - began) / 1000)).toLocaleString('en'));
  check('memory after filling', await megabytes(at.db), 400, 'MB');
  await stop(at, 'SIGTERM');
  tell('file', `${Math.round(statSync(join(folder, 'strong-together.sqlite')).size / 1_048_576)} MB`);

  at = await open(folder);
  check('start, until the first page is read', at.took, 2000, 'ms');
  await pages(at.few, at.messages);
  const { few, many } = await pages(at.few, at.messages);
  tell(`newest ${PAGE} of a room, among ${SMALL} and among all`, `${few.toFixed(2)} and ${many.toFixed(2)} ms`);
  check('the same as a ratio', many / few, 1.25, '');

  const { ping, writes, perSecond } = await live(at.db, at.messages);
  tell('beside it, written a second', Math.round(perSecond).toLocaleString('en'));
  tell(
    'a bulk write of five, median and p99.9',
    `${median(writes).toFixed(1)} and ${percentile(writes, 0.999).toFixed(1)} ms`,
  );
  const { commits, checkpoints } = (await at.db.command({ serverStatus: 1 }))['embedded'];
  tell(
    'commits, mean and longest',
    `${(commits.totalCommitMs / commits.batches).toFixed(1)} and ${commits.longestCommitMs.toFixed(1)} ms`,
  );
  tell(
    'checkpoints, mean',
    `${checkpoints.checkpoints}, ${(checkpoints.totalCheckpointMs / checkpoints.checkpoints).toFixed(1)} ms`,
  );
  check('longest checkpoint', checkpoints.longestCheckpointMs, 100, 'ms');
  check('longest wait for a ping meanwhile', ping, 100, 'ms');

  let read = 0;
  for await (const _ of at.messages.find({})) read++;
  await at.messages
    .find({ text: /Papiere.*Hof.*Papiere/ })
    .sort({ text: -1 })
    .limit(PAGE)
    .toArray();
  tell('read through a cursor', read.toLocaleString('en'));
  check('memory after reading everything', await megabytes(at.db), 400, 'MB');

  await stop(at, 'SIGKILL');
  at = await open(folder);
  check('start after SIGKILL, until the first page is read', at.took, 2000, 'ms');
  await stop(at, 'SIGTERM');
}

function print(): void {
  const width = Math.max(...table.map(({ what }) => what.length));
  const figures = Math.max(...table.map(({ figure }) => figure.length));
  const [cpu] = cpus();
  say(`\n${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpu?.model}\n`);
  for (const { what, figure, bound, met } of table) {
    const verdict = bound === '' ? '' : `${bound.padEnd(12)} ${met ? 'pass' : 'MISS'}`;
    say(`${what.padEnd(width)}  ${figure.padStart(figures)}  ${verdict}`.trimEnd());
  }
}

const folder = mkdtempSync(join(tmpdir(), 'st-bench-'));
try {
  await measure(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
print();
process.exitCode = table.every(({ met }) => met) ? 0 : 1;
