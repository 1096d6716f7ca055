// Moving to another database with one command: all of it, compared, and going on where it was cut off.
import { randomBytes } from 'node:crypto';
import { MongoClient, type Db } from 'mongodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/connect.ts';
import { copyDatabase } from '../../server/database/transfer/copy.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { freePort, prepareCommunity, run, startDatabase, startServer, temporaryFolder } from '../support/servers.ts';
import type { RunningProcess } from '../support/servers.ts';
import { storedIn } from '../support/stored.ts';

let source: Awaited<ReturnType<typeof temporaryFolder>>;
let other: Awaited<ReturnType<typeof temporaryFolder>>;
let target: RunningProcess & { uri: string };
let community: Awaited<ReturnType<typeof prepareCommunity>>;

beforeEach(async () => {
  [source, other] = [await temporaryFolder(), await temporaryFolder()];
  community = await prepareCommunity({ folder: source.path }, 3);
  await inSource(async (db) => {
    const pieces = Array.from({ length: 40 }, (_, n) => ({ n, data: randomBytes(200_000) }));
    await db.collection('blobs.chunks').insertMany(pieces);
  });
  target = await startDatabase(other.path);
}, 120_000);
afterEach(async () => {
  await target.end('SIGTERM');
  for (const folder of [source, other]) await folder.remove();
});

async function inSource<T>(work: (db: Db, uri: string) => Promise<T>): Promise<T> {
  const database = await openDatabase({ folder: source.path, log: silentLogger });
  try {
    return await work(database.connection.db as unknown as Db, database.uri);
  } finally {
    await database.close();
  }
}
const sourceHolds = () => inSource((_db, uri) => storedIn(uri));

async function copy(...args: string[]) {
  const done = run('server/data-copy.ts', args.length > 0 ? args : ['--to', target.uri], { DATA_DIR: source.path });
  return { code: await done.ended, said: done.output() };
}

/** The copy as the command does it, cut off when it says its n-th line. */
async function cutOffAt(line: number): Promise<void> {
  const client = await new MongoClient(target.uri).connect();
  let lines = 0;
  const say = (): void => {
    if (++lines === line) throw new Error('the line is cut');
  };
  const copying = inSource((from) => copyDatabase({ from, to: client.db(), say }));
  await expect(copying).rejects.toThrow('the line is cut');
  await client.close();
}

test('everything arrives, is counted and compared, and a hub goes on there', async () => {
  const { code, said } = await copy();
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(said).toMatch(/^users: 3 documents, equal on both sides \([0-9a-f]{12}\)$/m);
  expect(said).toContain('MONGODB_URI');
  expect(await storedIn(target.uri)).toEqual(await sourceHolds());
  const server = await startServer({ folder: other.path, port: await freePort(), mongodbUri: target.uri });
  const answer = await fetch(`${server.origin}/rooms`, { headers: { cookie: community.cookies[1] ?? '' } });
  expect(answer.status).toBe(200);
  await server.end('SIGTERM');
}, 120_000);

test('cut off in the middle, no hub opens the target; the same command goes on and ends with the same', async () => {
  await cutOffAt(5);
  const env = { DATA_DIR: other.path, MONGODB_URI: target.uri, PORT: String(await freePort()), LOG_LEVEL: 'warn' };
  const hub = run('server/main.ts', [], env);
  expect(await hub.ended).toBe(1);
  expect(hub.output()).toContain('npm run data:copy was interrupted');
  const { code, said } = await copy();
  expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('going on with it') });
  expect(await storedIn(target.uri)).toEqual(await sourceHolds());
}, 120_000);

test('a collection of which half has arrived is not sent twice, and what people changed since is not lost', async () => {
  await cutOffAt(5);
  const client = await new MongoClient(target.uri).connect();
  const to = client.db();
  await inSource(async (from) => {
    // half of one collection, an old version in another one that is complete, and one that is gone
    await to.collection('users').insertMany(await from.collection('users').find().limit(2).toArray());
    await from.collection('blobs.chunks').updateOne({ n: 3 }, { $set: { data: randomBytes(10) } });
    await to.collection('forgotten').insertOne({});
  });
  expect((await copy()).code).toBe(0);
  expect(await storedIn(target.uri)).toEqual(await sourceHolds());
  await client.close();
}, 120_000);

test('a target that holds anything is left alone', async () => {
  const client = await new MongoClient(target.uri).connect();
  await client.db().collection('letters').insertOne({ text: 'mine' });
  const { code, said } = await copy();
  expect([code, said.trim()]).toEqual([1, expect.stringMatching(/^The target is not empty \(letters\)/)]);
  expect(Object.keys(await storedIn(target.uri))).toEqual(['letters']);
  await client.close();
}, 120_000);

test('while the hub runs it is refused: what people write meanwhile would be lost', async () => {
  const server = await startServer({ folder: source.path, port: await freePort() });
  const { code, said } = await copy();
  expect([code, said.trim()]).toEqual([1, expect.stringMatching(/^The hub is running\. Stop it first/)]);
  await server.end('SIGTERM');
}, 120_000);

test('wrong use and a target that does not answer are one clear line, without the password', async () => {
  const usage = { code: 1, said: 'usage: npm run data:copy -- --to mongodb://…/name\n' };
  for (const args of [
    ['--to'],
    ['--to', 'postgres://x/y'],
    ['--to', 'mongodb://host'],
    ['mongodb://host/name'],
    ['-x'],
  ]) {
    expect(await copy(...args)).toEqual(usage);
  }
  const { code, said } = await copy('--to', 'mongodb://somebody:secret@127.0.0.1:9/hub?serverSelectionTimeoutMS=300');
  expect([code, said.trim()]).toEqual([1, 'The database named with --to does not answer.']);
}, 120_000);
