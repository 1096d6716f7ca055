// The machine runs out of something: the disk, or file handles. The hub refuses in clear words and recovers by itself.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ask, connect, openSocket, until, type TestSocket } from '../support/sockets.ts';
import { gather, type Crowd } from './recorder.ts';
import { makeWorld, type World } from './world.ts';

let world: World | undefined;
let crowd: Crowd | undefined;
const undo: (() => void)[] = [];
afterEach(async () => {
  crowd?.leave();
  await world?.close();
  for (const step of undo.splice(0).reverse()) step();
  [world, crowd] = [undefined, undefined];
}, 60_000);

/** A small disk of its own; null where nobody may make one. */
function smallDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'st-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  const remove = (): void => {
    if (status === 0) spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  };
  if (status === 0) {
    undo.push(remove);
    return folder;
  }
  remove();
  return null;
}
const mayMount = ((): boolean => {
  const made = smallDisk(1) !== null;
  for (const step of undo.splice(0)) step();
  return made;
})();
const mayLimit = spawnSync('prlimit', ['--version']).status === 0;

const because = (name: string, can: boolean, why: string): string => (can ? name : `${name} (skipped: ${why})`);

test.skipIf(!mayMount || process.env.MONGODB_URI)(
  because(
    'the disk is full: a message is refused and not acknowledged, reading goes on, and with room again all is as before',
    mayMount && !process.env.MONGODB_URI,
    process.env.MONGODB_URI ? 'the database is elsewhere' : 'no right to mount a small disk',
  ),
  async () => {
    const folder = smallDisk(48) ?? '';
    const here = await makeWorld({ women: 4, folder });
    world = here;
    const women = await gather([here.net.origin], here.cookies, here.roomId);
    crowd = women;
    await women.talk(2, 50);

    const filler = join(folder, 'filler');
    const { bavail, bsize } = statfsSync(folder);
    try {
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
    } catch {
      // what fits is written
    }
    const socket = openSocket(here.net.origin, here.cookies[0] ?? '');
    expect(await connect(socket)).toBeNull();
    // pages of the log may still have room: until the first refusal all is stored as it says
    const clientId = randomUUID();
    let refused: string | null = null;
    for (let i = 0; refused === null && i < 60; i++) {
      const text = `woman 0, full.${i} ${'x'.repeat(3_500)}`;
      women.recording.sent.push({ who: 'woman 0', mark: text });
      const input = { roomId: here.roomId, clientId: i === 0 ? clientId : randomUUID(), text };
      const answer = await ask(socket, 'message:post', input, 30_000);
      if (answer.ok) women.recording.acknowledged.push({ who: 'woman 0', mark: text, id: answer.data.message.id });
      else if (answer.error.code === 'rate.limited') {
        women.recording.sent.pop();
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      } else refused = answer.error.code;
    }
    expect(refused).toBe('unavailable');
    const read = await ask(socket, 'room:history', { roomId: here.roomId }, 20_000);
    expect(read.ok).toBe(true);

    rmSync(filler);
    await women.talk(1, 50);
    socket.disconnect();
    expect(here.servers[0]?.child.exitCode).toBeNull();
    await women.judge(here.net.origin, 'disk full');
  },
);

test.skipIf(!mayLimit)(
  because(
    'all file handles are in use: newcomers are turned away, who is in goes on, and later all get in',
    mayLimit,
    'no prlimit',
  ),
  async () => {
    const here = await makeWorld({ women: 6 });
    world = here;
    const women = await gather([here.net.origin], here.cookies.slice(0, 3), here.roomId);
    crowd = women;
    await women.talk(1, 50);
    const pid = String(here.servers[0]?.child.pid);
    const usual = /(\d+)/.exec(
      execFileSync('prlimit', ['--pid', pid, '--nofile', '-o', 'SOFT', '--noheadings']).toString(),
    )?.[1];
    const used = readdirSync(`/proc/${pid}/fd`).length;
    execFileSync('prlimit', ['--pid', pid, `--nofile=${used + 3}:`]);

    const crowdOutside: TestSocket[] = [];
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const socket = openSocket(here.net.origin, here.cookies[5] ?? '');
        socket.io.reconnection(false);
        crowdOutside.push(socket);
        const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 4_000));
        return Promise.race([connect(socket).then((error) => (error ? 'refused' : 'in')), late]);
      }),
    );
    expect(outcomes.filter((outcome) => outcome !== 'in').length).toBeGreaterThan(0);
    await women.talk(2, 50);
    for (const socket of crowdOutside) socket.disconnect();

    execFileSync('prlimit', ['--pid', pid, `--nofile=${usual}:`]);
    const newcomer = openSocket(here.net.origin, here.cookies[5] ?? '');
    newcomer.connect();
    await until('a newcomer is let in', () => newcomer.connected, 20_000);
    newcomer.disconnect();
    expect(here.servers[0]?.child.exitCode).toBeNull();
    await women.judge(here.net.origin, 'no handle left');
  },
);
