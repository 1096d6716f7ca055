// `npm run faults -- --soak [minutes]`: a hub with five hundred who come, talk and go for half an hour; does it grow? Prints figures, fails above the bounds.
import { ask, connect, openSocket, pause, until, type TestSocket } from '../support/sockets.ts';
import { makeWorld } from './world.ts';

const MINUTES = Number(process.argv[2] ?? 30);
const CLIENTS = 500;
const WOMEN = 50;
/** Of the time is for warming up: caches fill, code is compiled. */
const WARM_SHARE = 1 / 3;
const LOOK_MS = 5_000;
/** The hub collects within it; what was asked for its figures answers within it. */
const COLLECT_MS = 500;
const ANSWER_MS = 10_000;
const PATIENCE_MS = 20_000;
/** Of those who come, for a machine that is busy with something else. */
const MAY_FAIL = 0.01;
/** Megabytes a minute, of what is held after a collection. */
const STEEPEST = 1;
/** All memory of the process counts from so many minutes on: before, the database's cache (64 MB) and its log are still filling. */
const ALL_COUNTS = 20;
/** When all are gone, beside the first look: the database's pool may be full (both ends of 30 connections are in this process). */
const MORE_HANDLES = 80;
const MORE_TIMERS = 50;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Look {
  minute: number;
  /** Megabytes after the collector ran. */
  heap: number;
  rss: number;
  /** Buffers outside the heap, of the hub's own thread. */
  external: number;
  handles: number;
  timers: number;
  connections: number;
}

/** How steeply a figure rises per minute: least squares. */
function slope(looks: Look[], of: (look: Look) => number): number {
  const mean = (list: number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
  const [x, y] = [mean(looks.map(({ minute }) => minute)), mean(looks.map(of))];
  const above = looks.reduce((sum, look) => sum + (look.minute - x) * (of(look) - y), 0);
  return above / looks.reduce((sum, look) => sum + (look.minute - x) ** 2, 0);
}
/** The lowest of each group of looks: what is under way at the moment does not count. */
function floors(looks: Look[], size = 6): Look[] {
  const groups = Array.from({ length: Math.floor(looks.length / size) }, (_, i) =>
    looks.slice(i * size, (i + 1) * size),
  );
  const least = (group: Look[], of: (look: Look) => number): number => Math.min(...group.map(of));
  return groups.map((group) => ({
    ...(group.at(-1) as Look),
    heap: least(group, ({ heap }) => heap),
    rss: least(group, ({ rss }) => rss),
  }));
}

const metricsPort = 20_000 + Math.floor(Math.random() * 20_000);
const collect = new URL('collect.ts', import.meta.url).href;
const env = { METRICS_PORT: String(metricsPort), NODE_OPTIONS: `--import ${collect}` };
const world = await makeWorld({ women: WOMEN, env });
const began = performance.now();
const end = began + MINUTES * 60_000;
const looks: Look[] = [];
let [posts, refusals, comings, failures] = [0, 0, 0, 0];
const reasons = new Map<string, number>();

async function look(): Promise<Look> {
  world.servers[0]?.child.kill('SIGUSR2');
  await pause(COLLECT_MS);
  const signal = AbortSignal.timeout(ANSWER_MS);
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`, { signal })).text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  const MB = 1024 * 1024;
  const now: Look = {
    minute: (performance.now() - began) / 60_000,
    heap: value('nodejs_heap_size_used_bytes') / MB,
    rss: value('process_resident_memory_bytes') / MB,
    external: value('nodejs_external_memory_bytes') / MB,
    handles: value('process_open_fds'),
    timers: value('nodejs_active_resources{type="Timeout"}'.replaceAll(/[{}]/g, '\\$&')),
    connections: value('hub_connections'),
  };
  return now;
}

/** Straight to the hub: a network in this process, which is busy with five hundred, would keep them waiting at its own door. */
function comer(cookie: string): TestSocket {
  const socket = openSocket(`http://127.0.0.1:${world.ports[0]}`, cookie, world.net.origin);
  Object.assign(socket.io.opts.extraHeaders ?? {}, { host: new URL(world.net.origin).host });
  socket.io.reconnection(false);
  return socket;
}

/** One who comes, stays a while, says something, and goes: politely or not. */
async function churn(i: number): Promise<void> {
  while (performance.now() < end) {
    const socket = comer(world.cookies[i % WOMEN] ?? '');
    try {
      // a connection that breaks between its two handshakes is never answered
      const outcome = await Promise.race([connect(socket), pause(PATIENCE_MS).then(() => new Error('late'))]);
      if (outcome) throw outcome;
      comings += 1;
      await ask(socket, 'rooms:watch', {});
      await ask(socket, 'room:join', { roomId: world.roomId });
      const stays = 5_000 + Math.random() * 20_000;
      await pause(stays / 2);
      socket.emit('room:typing', { roomId: world.roomId });
      const input = { roomId: world.roomId, clientId: crypto.randomUUID(), text: `${i} says something` };
      if (i % 10 === 0) {
        const answer = await ask(socket, 'message:post', input);
        if (answer.ok) posts += 1;
        else refusals += 1;
      }
      await pause(stays / 2);
    } catch (error) {
      failures += 1;
      const why = error instanceof Error ? error.message : String(error);
      reasons.set(why, (reasons.get(why) ?? 0) + 1);
    }
    socket.disconnect();
    await pause(Math.random() * 500);
  }
}

const first = await look();
say(`${CLIENTS} who come and go for ${MINUTES} minutes`);
let looking = true;
/** Looks that got no answer: the hub, or this process, was busy. */
let missed = 0;
const looked = (async () => {
  for (let told = 0; looking;) {
    await pause(LOOK_MS);
    const last = await look().catch(() => null);
    if (!last) missed += 1;
    if (!last || !looking) continue;
    looks.push(last);
    if (last.minute < told) continue;
    told = Math.ceil(last.minute);
    const { minute, heap, rss, external, handles, timers, connections } = last;
    say(
      `${minute.toFixed(1).padStart(5)} min  heap ${heap.toFixed(0)} MB  memory ${rss.toFixed(0)} MB  buffers ${external.toFixed(0)} MB  handles ${handles}  timers ${timers}  connections ${connections}`,
    );
  }
})();
await Promise.all(Array.from({ length: CLIENTS }, (_, i) => churn(i)));
looking = false;
await looked;
let last: Look | null = null;
const calm = async (): Promise<boolean> => (last = await look().catch(() => null))?.connections === 0;
await until('all are gone', calm, 30_000).catch(() => undefined);
const left: Look = last ?? { ...first, connections: NaN };
const alive = world.servers[0]?.child.exitCode === null;
await world.close();

// until the time was up: then they go
const steady = floors(looks.filter(({ minute }) => minute > MINUTES * WARM_SHARE && minute < MINUTES));
const rise = { heap: slope(steady, ({ heap }) => heap), rss: slope(steady, ({ rss }) => rss) };
const verdicts: [string, boolean][] = [
  [`the hub lives, ${missed} of ${looks.length + missed} looks without an answer`, alive],
  [
    `${comings} came, ${posts} posts, ${refusals} refused as too fast, ${failures} failures`,
    failures <= comings * MAY_FAIL,
  ],
  [
    `after warm-up the heap rises by ${rise.heap.toFixed(2)} MB a minute (bound ${STEEPEST}), all memory by ${rise.rss.toFixed(2)}`,
    steady.length >= 3 && rise.heap < STEEPEST && (MINUTES < ALL_COUNTS || rise.rss < STEEPEST),
  ],
  [`when all are gone: ${left.connections} connections`, left.connections === 0],
  [
    `${left.handles} handles, ${first.handles} at first (bound: ${MORE_HANDLES} more)`,
    left.handles <= first.handles + MORE_HANDLES,
  ],
  [
    `${left.timers} timers, ${first.timers} at first (bound: ${MORE_TIMERS} more)`,
    left.timers <= first.timers + MORE_TIMERS,
  ],
  [
    `heap ${left.heap.toFixed(0)} MB, ${first.heap.toFixed(0)} at first; memory ${left.rss.toFixed(0)} MB, ${first.rss.toFixed(0)} at first`,
    true,
  ],
];
say('');
for (const [words, holds] of verdicts) say(`${holds ? 'holds' : 'MISS '}  ${words}`);
for (const [why, times] of reasons) say(`       ${times} times: ${why}`);
if (steady.length < 3) say('too short to judge the slope: run it for three minutes at least');
const fine = verdicts.every(([, holds]) => holds);
say(`\n${new Date().toISOString().slice(0, 10)}, ${MINUTES} minutes: ${fine ? 'holds' : 'MISS'}`);
process.exit(fine ? 0 : 1);
