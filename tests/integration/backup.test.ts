// Backup and restore as commands, on the embedded engine: what comes back is what was there, and a damaged backup is refused.
import { randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GridFSBucket, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/connect.ts';
import { restoreBackup } from '../../server/database/transfer/restore.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { freePort, prepareCommunity, run, startServer, temporaryFolder, withHub } from '../support/servers.ts';
import { connect, followRoom, must, openSocket } from '../support/sockets.ts';
import { storedIn } from '../support/stored.ts';

let root: Awaited<ReturnType<typeof temporaryFolder>>;
let community: { cookies: string[]; roomId: string };
const at = (...names: string[]): string => join(root.path, ...names);
const original = (): string => at('hub');
const whole = (): string => at('whole');

async function command(script: string, dataFolder: string, ...args: string[]) {
  const done = run(`server/${script}.ts`, args, { DATA_DIR: dataFolder });
  return { code: await done.ended, said: done.output() };
}
const inside = async <T>(folder: string, work: (uri: string) => Promise<T>): Promise<T> => {
  const database = await openDatabase({ folder, log: silentLogger });
  try {
    return await work(database.uri);
  } finally {
    await database.close();
  }
};
const oneLine = (said: string): string => {
  expect(said.trim().split('\n')).toHaveLength(1);
  return said.trim();
};

beforeAll(async () => {
  root = await temporaryFolder();
  community = await prepareCommunity({ folder: original() }, 3);
  await inside(original(), async (uri) => {
    const client = await new MongoClient(uri).connect();
    const bucket = new GridFSBucket(client.db(), { bucketName: 'blobs' });
    const upload = bucket.openUploadStream('a picture');
    await new Promise((resolve) => upload.end(randomBytes(900_000), () => resolve(null)));
    // what only a careful copy keeps: kinds of numbers, and fields that look like numbers
    const { Long, Double, Decimal128 } = await import('mongodb');
    const odd = {
      long: Long.fromNumber(5),
      double: new Double(5),
      decimal: new Decimal128('5.0'),
      b: { z: 1, a: null },
    };
    await client
      .db()
      .collection('odd')
      .insertMany([odd, { _id: 'text' as never, when: new Date(0), re: /x/i }]);
    await client.db().createCollection('hollow');
    await client.close();
  });
  const { code, said } = await command('backup', original(), whole());
  expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('read back and found whole') });
}, 180_000);
afterAll(() => root.remove());

describe('a backup', () => {
  test('is one file and a manifest, for nobody else to read', async () => {
    expect((await readdir(whole())).sort()).toEqual(['hub.bson.gz', 'manifest.json']);
    for (const name of await readdir(whole())) expect((await stat(join(whole(), name))).mode & 0o077).toBe(0);
    expect((await stat(whole())).mode & 0o077).toBe(0);
    expect((await readdir(original())).filter((name) => name.startsWith('copy-'))).toEqual([]);
  });

  test('restored into an empty hub, everything is as it was, pictures too', async () => {
    const { code, said } = await command('restore', at('again'), whole());
    expect({ code, said }).toMatchObject({ code: 0 });
    const before = await inside(original(), storedIn);
    expect(await inside(at('again'), storedIn)).toEqual(before);
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining(['blobs.chunks', 'odd', 'hollow', 'users', 'migrations']),
    );
    expect(before['blobs.chunks']?.documents.length).toBeGreaterThan(3);
    const who = await withHub({ folder: at('again') }, (hub) =>
      hub.accounts.actorFromCookie(community.cookies[1] ?? ''),
    );
    expect(who?.actor.userName).toBe('person-1');
  });

  test('does not go over another one, nor over anything else', async () => {
    const { code, said } = await command('backup', original(), whole());
    expect([code, oneLine(said)]).toEqual([1, `The folder ${whole()} is not empty.`]);
    await mkdir(at('full'));
    await writeFile(at('full', 'letter.txt'), 'mine');
    expect((await command('backup', original(), at('full'))).code).toBe(1);
    expect(await readdir(at('full'))).toEqual(['letter.txt']);
  });

  test('of nothing is refused, and makes no database', async () => {
    const { code, said } = await command('backup', at('nowhere'), at('backup-of-nothing'));
    expect([code, oneLine(said)]).toEqual([1, expect.stringContaining('DATA_DIR')]);
    await expect(stat(at('nowhere'))).rejects.toThrow();
    await expect(stat(at('backup-of-nothing'))).rejects.toThrow();
  });

  test('needs exactly one folder', async () => {
    for (const script of ['backup', 'restore']) {
      expect(await command(script, original())).toEqual({ code: 1, said: `usage: npm run ${script} -- <folder>\n` });
      expect((await command(script, original(), 'a', 'b')).code).toBe(1);
    }
  });
});

describe('while people write', () => {
  test('it holds one moment: every message up to it, and a hub that starts from it goes on', async () => {
    await cp(original(), at('busy'), { recursive: true });
    const server = await startServer({ folder: at('busy'), port: await freePort() });
    const socket = openSocket(server.origin, community.cookies[1] ?? '');
    const room = followRoom(socket, community.roomId);
    expect(await connect(socket)).toBeNull();
    const early = (await room.post('before the backup')).id;
    let writing = true;
    const talking = (async () => {
      for (let i = 0; writing; i++) await room.post(`during ${i}`, randomUUID());
    })();
    const { code, said } = await command('backup', at('busy'), at('during'));
    expect({ code, said }).toMatchObject({ code: 0 });
    writing = false;
    await talking;
    room.close();
    await server.end('SIGTERM');

    expect((await command('restore', at('from-busy'), at('during'))).code).toBe(0);
    const next = await startServer({ folder: at('from-busy'), port: await freePort() });
    const reader = openSocket(next.origin, community.cookies[2] ?? '');
    expect(await connect(reader)).toBeNull();
    const { messages } = await must(reader, 'room:history', { roomId: community.roomId });
    const texts = messages.map(({ text }) => text ?? '').filter((text) => text.startsWith('during'));
    expect(texts).toEqual(texts.map((_text, i) => `during ${i + Number(texts[0]?.split(' ')[1] ?? 0)}`));
    if (messages.length < 50) expect(messages.some(({ id }) => id === early)).toBe(true);
    const again = followRoom(reader, community.roomId);
    await again.post('after the restore');
    again.close();
    expect(await next.end('SIGTERM')).toBe(0);
  }, 120_000);
});

describe('a backup is refused, and nothing is touched,', () => {
  const damage: [string, (folder: string) => Promise<unknown>, RegExp][] = [
    ['when a byte of it changed', (folder) => flip(join(folder, 'hub.bson.gz'), 0.5), /is damaged/],
    ['when its first byte changed', (folder) => flip(join(folder, 'hub.bson.gz'), 0), /is damaged/],
    ['when its end is missing', async (folder) => truncate(join(folder, 'hub.bson.gz'), 5_000), /is damaged/],
    ['when the file is missing', (folder) => rm(join(folder, 'hub.bson.gz')), /is missing/],
    ['when the manifest is missing', (folder) => rm(join(folder, 'manifest.json')), /holds no backup/],
    ['when the manifest is no JSON', (folder) => truncate(join(folder, 'manifest.json'), 50), /is damaged/],
    ['when it is of a newer release', (folder) => edit(folder, { schema: 999 }), /newer release/],
    ['when the manifest names another file', (folder) => edit(folder, { archive: { file: '../x' } }), /is damaged/],
  ];
  async function flip(file: string, where: number): Promise<void> {
    const bytes = await readFile(file);
    const place = Math.floor(bytes.length * where);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    await writeFile(file, bytes);
  }
  async function edit(folder: string, change: object): Promise<void> {
    const file = join(folder, 'manifest.json');
    await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, 'utf8')) as object), ...change }));
  }

  test.each(damage)('%s', async (what, harm, words) => {
    const [folder, target] = [at(`damaged ${what}`), at(`target ${what}`)];
    await cp(whole(), folder, { recursive: true });
    await harm(folder);
    const { code, said } = await command('restore', target, folder);
    expect([code, oneLine(said)]).toEqual([1, expect.stringMatching(words)]);
    await expect(stat(target)).rejects.toThrow();
  });

  test('when the hub is not empty', async () => {
    const before = await inside(original(), storedIn);
    const { code, said } = await command('restore', original(), whole());
    expect([code, oneLine(said)]).toEqual([1, expect.stringContaining('not empty')]);
    expect(await inside(original(), storedIn)).toEqual(before);
  });
});

test('a restore that is cut off: the hub does not open it, and the same command begins anew', async () => {
  let lines = 0;
  const cutOff = inside(at('cut'), async (uri) => {
    const client = await new MongoClient(uri).connect();
    const say = (): void => {
      if (++lines === 4) throw new Error('the power is gone');
    };
    await restoreBackup(client.db(), whole(), say).finally(() => client.close());
  });
  await expect(cutOff).rejects.toThrow('the power is gone');
  const hub = run('server/main.ts', [], { DATA_DIR: at('cut'), PORT: String(await freePort()), LOG_LEVEL: 'warn' });
  expect(await hub.ended).toBe(1);
  expect(oneLine(hub.output())).toContain('npm run restore was interrupted');
  expect((await command('restore', at('cut'), whole())).code).toBe(0);
  expect(await inside(at('cut'), storedIn)).toEqual(await inside(original(), storedIn));
}, 120_000);
