// The copy for backups: one moment of the whole database, while writers go on.
import fs from 'node:fs';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { expect, test } from 'vitest';
import { startEmbedded } from '../start.ts';
import { useEngine } from './support.ts';

const engine = useEngine();

test('it is one moment: of two collections that are written in turn, neither is ever ahead by more than one', async () => {
  const { it } = engine;
  const [first, second] = [it.collection('first'), it.collection('second')];
  const filler = 'x'.repeat(2_000);
  await first.insertMany(Array.from({ length: 3_000 }, (_, i) => ({ n: -1 - i, filler })));
  let writing = true;
  let written = 0;
  const writer = (async () => {
    for (let n = 0; writing; n++) {
      await first.insertOne({ n });
      await second.insertOne({ n });
      written = n;
    }
  })();
  await expect.poll(() => written).toBeGreaterThan(20);
  const { folder } = (await it.db.admin().command({ saveCopy: 1 })) as unknown as { folder: string };
  const goneOn = written;
  await expect.poll(() => written).toBeGreaterThan(goneOn + 5);
  writing = false;
  await writer;

  expect(path.dirname(folder)).toBe(fs.realpathSync(it.folder));
  const copy = await startEmbedded({ folder });
  const client = await new MongoClient(copy.uri).connect();
  const count = (name: string): Promise<number> =>
    client
      .db('test')
      .collection(name)
      .countDocuments({ n: { $gte: 0 } });
  const [a, b] = [await count('first'), await count('second')];
  expect(b).toBeGreaterThan(20);
  expect(b).toBeLessThanOrEqual(written + 1);
  expect(a - b === 0 || a - b === 1).toBe(true);
  await client.close();
  await copy.close();
  fs.rmSync(folder, { recursive: true });
});

test('what a crash left behind goes with the next copy; a fresh copy of somebody else stays', async () => {
  const { it } = engine;
  const old = fs.mkdtempSync(path.join(it.folder, 'copy-'));
  const fresh = fs.mkdtempSync(path.join(it.folder, 'copy-'));
  const long = new Date(Date.now() - 7 * 60 * 60 * 1000);
  fs.utimesSync(old, long, long);
  const { folder } = (await it.db.admin().command({ saveCopy: 1 })) as unknown as { folder: string };
  expect([old, fresh, folder].map((one) => fs.existsSync(one))).toEqual([false, true, true]);
  expect(fs.statSync(path.join(folder, 'strong-together.sqlite')).mode & 0o077).toBe(0);
});

test('an option it does not know is refused', async () => {
  const { it } = engine;
  await expect(it.db.admin().command({ saveCopy: 1, path: '/etc' })).rejects.toMatchObject({ code: 40415 });
});
