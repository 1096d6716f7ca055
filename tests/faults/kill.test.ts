// Processes die: the hub, the database, one of two hubs, and all of them in turn as in an update.
import { afterEach, expect, test } from 'vitest';
import { ask, connect, openSocket, pause, until } from '../support/sockets.ts';
import { counted, gather, inLongForm, LONG, type Crowd } from './recorder.ts';
import { makeWorld, type World, type WorldOptions } from './world.ts';

let world: World | undefined;
let crowd: Crowd | undefined;
afterEach(async () => {
  crowd?.leave();
  await world?.close();
  [world, crowd] = [undefined, undefined];
}, 60_000);

async function begin(options: WorldOptions): Promise<{ world: World; crowd: Crowd }> {
  const made = await makeWorld(options);
  world = made;
  crowd = await gather([made.net.origin], made.cookies, made.roomId);
  return { world: made, crowd };
}
const p95 = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length * 0.95)] ?? 0;

test.skipIf(!LONG)(
  inLongForm('the hub is killed twenty times under fifty messages a second: all that was acknowledged is there, once'),
  async () => {
    const { world: here, crowd: women } = await begin({ women: 50 });
    let over = false;
    const talking = women.talk(120, 1_000).finally(() => (over = true));
    let kills = 0;
    while (kills < 20 && !over) {
      await pause(500 + Math.random() * 3_000);
      await here.servers[0]?.end('SIGKILL');
      kills += 1;
      await here.restart(0);
    }
    await talking;
    expect(kills).toBe(20);
    await women.judge(here.net.origin, `${kills} kills`);
  },
  900_000,
);

test.skipIf(!LONG)(
  inLongForm('the database is stopped for ten seconds, paused for fifteen and killed: no false answer, nothing lost'),
  async () => {
    const { world: here, crowd: women } = await begin({ women: 20, apart: true });
    let over = false;
    const talking = women.talk(40, 1_500).finally(() => (over = true));
    await until('they talk', () => women.said() > 40, 60_000);
    here.database?.child.kill('SIGSTOP');
    await pause(15_000);
    here.database?.child.kill('SIGCONT');
    const before = women.said();
    await until('they go on', () => women.said() > before + 40, 60_000);
    await here.database?.end('SIGTERM');
    await pause(10_000);
    await here.restartDatabase();
    await until('they go on again', () => over || women.said() > before + 120, 60_000);
    await here.database?.end('SIGKILL');
    await pause(2_000);
    await here.restartDatabase();
    await talking;
    await until('all is calm', async () => (await fetch(`${here.net.origin}/readyz`)).ok, 30_000);
    await women.judge(here.net.origin, 'paused, stopped and killed');
  },
  400_000,
);

test('one of two hubs is killed while women on both talk: they go on with the other one, and nothing is missing', async () => {
  const { world: here, crowd: women } = await begin({ women: LONG ? 40 : 12, hubs: 2, env: { LOG_LEVEL: 'info' } });
  const runsJobs = (i: number): boolean => here.servers[i]?.output().includes('"jobs run here"') ?? false;
  if (LONG) await until('one of them runs the jobs', () => runsJobs(0) || runsJobs(1), 30_000);
  // in the long form it is the one that runs them
  const [victim, heir] = LONG && runsJobs(1) ? ([1, 0] as const) : ([0, 1] as const);
  if (LONG) expect(runsJobs(heir)).toBe(false);
  const talking = women.talk(LONG ? 30 : 6, LONG ? 1_000 : 500);
  await until('they talk', () => women.said() > women.rooms.length, 60_000);
  await here.servers[victim]?.end('SIGKILL');
  const killed = performance.now();
  here.net.lead([here.ports[heir] ?? 0]);
  await talking;
  await women.judge(here.net.origin);
  if (LONG) {
    await until('the other one runs the jobs', () => runsJobs(heir), 60_000);
    counted(`its jobs run in the other one ${Math.round((performance.now() - killed) / 1000)} s later at most`);
  }
  await here.restart(victim);
  here.net.lead(here.ports);
  await women.talk(1, 200);
  await women.judge(here.net.origin, 'one of two hubs killed');
});

test.skipIf(!LONG)(
  inLongForm(
    'an update under load, one hub after the other: nothing is lost, and nobody waits longer than two seconds',
  ),
  async () => {
    const { world: here, crowd: women } = await begin({ women: 40, hubs: 2 });
    let over = false;
    const talking = women.talk(40, 1_000).finally(() => (over = true));
    await until('they talk', () => women.said() > 80, 60_000);
    for (const i of [0, 1]) {
      here.net.lead(here.ports.filter((_port, at) => at !== i));
      expect(await here.servers[i]?.end('SIGTERM')).toBe(0);
      await here.restart(i);
      here.net.lead(here.ports);
      await pause(3_000);
    }
    expect(over).toBe(false);
    await talking;
    await women.judge(here.net.origin, 'two hubs updated');
    counted(`an answer takes ${Math.round(p95(women.waits))} ms at p95 (bound 2,000)`);
    // a post waits for its connection; the pause is what an update adds for most of them
    expect(p95(women.waits)).toBeLessThan(2_000);
  },
  400_000,
);

test.skipIf(!LONG)(
  inLongForm('the clock of the server jumps ten minutes ahead and back: order and limits stay, nobody is signed out'),
  async () => {
    const clock = new URL('wrong-clock.ts', import.meta.url).href;
    const { world: here, crowd: women } = await begin({ women: 12, env: { NODE_OPTIONS: `--import ${clock}` } });
    const jump = (): boolean => here.servers[0]?.child.kill('SIGUSR2') ?? false;
    await women.talk(3, 300);
    jump();
    await women.talk(3, 300);
    await women.judge(here.net.origin);
    jump();
    await women.talk(3, 300);
    // still so many at once and no more
    const socket = openSocket(here.net.origin, here.cookies[0] ?? '');
    expect(await connect(socket)).toBeNull();
    const clientIds = Array.from({ length: 20 }, () => crypto.randomUUID());
    const answers = await Promise.all(
      clientIds.map((clientId, i) => {
        const text = `woman 0, quick.${i}`;
        women.recording.sent.push({ who: `quick ${i}`, mark: text });
        return ask(socket, 'message:post', { roomId: here.roomId, clientId, text });
      }),
    );
    socket.disconnect();
    const taken = answers.filter(({ ok }) => ok).length;
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(13);
    counted(`${taken} of ${answers.length} posts at once are taken (bound 12)`);
    await women.judge(here.net.origin, '10 minutes ahead and back');
  },
);
