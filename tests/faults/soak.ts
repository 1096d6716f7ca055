// `npm run faults -- --soak [minutes]`: a hub with five hundred who come, talk and go for half an hour; does it grow? Prints figures, fails above the bounds.
import { openSocket, pause, ask, connect, type TestSocket } from '../support/sockets.ts';
import { makeWorld } from './world.ts';

const MINUTES = Number(process.argv[2] ?? 30);
const CLIENTS = 500;
const WOMEN = 50;
/** Of the time is for warming up: caches fill, code is compiled. */
const WARM_SHARE = 1 / 3;
const LOOK_MS = 5_000;
const PATIENCE_MS = 20_000;
/** Of those who come, for a machine that is busy with something else. */
const MAY_FAIL = 0.01;
/** Megabytes a minute. */
const STEEPEST = 1;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Look {
  minute: number;
  /** Megabytes after the collector ran, as far as it does by itself: the lowest of a while. */
  heap: number;
  rss: number;
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
/** The lowest of each group of looks: what is left after the collector came by. */
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
const world = await makeWorld({ women: WOMEN, env: { METRICS_PORT: String(metricsPort) } });
const began = performance.now();
const until = began + MINUTES * 60_000;
const looks: Look[] = [];
let [posts, refusals, comings, failures] = [0, 0, 0, 0];

async function look(): Promise<void> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  const MB = 1024 * 1024;
  looks.push({
    minute: (performance.now() - began) / 60_000,
    heap: value('nodejs_heap_size_used_bytes') / MB,
    rss: value('process_resident_memory_bytes') / MB,
    handles: value('process_open_fds'),
    timers: value('nodejs_active_resources{type="Timeout"}'.replaceAll(/[{}]/g, '\\$&')),
    connections: value('hub_connections'),
  });
}

/** One who comes, stays a while, says something, and goes: politely or not. */
async function churn(i: number): Promise<void> {
  while (performance.now() < until) {
    const socket: TestSocket = openSocket(world.net.origin, world.cookies[i % WOMEN] ?? '');
    socket.io.reconnection(false);
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
    } catch {
      failures += 1;
    }
    socket.disconnect();
    await pause(Math.random() * 500);
  }
}

say(`${CLIENTS} who come and go for ${MINUTES} minutes`);
let looking = true;
const looked = (async () => {
  for (let told = 0; looking;) {
    await pause(LOOK_MS);
    await look();
    const last = looks.at(-1);
    if (!last || last.minute < told) continue;
    told = Math.ceil(last.minute);
    const { minute, heap, rss, handles, timers, connections } = last;
    say(
      `${minute.toFixed(1).padStart(5)} min  heap ${heap.toFixed(0)} MB  memory ${rss.toFixed(0)} MB  handles ${handles}  timers ${timers}  connections ${connections}`,
    );
  }
})();
await Promise.all(Array.from({ length: CLIENTS }, (_, i) => churn(i)));
looking = false;
await looked;
await pause(3_000);
await look();
const end = looks.at(-1) as Look;
const alive = world.servers[0]?.child.exitCode === null;
await world.close();

const steady = floors(looks.slice(0, -1).filter(({ minute }) => minute > MINUTES * WARM_SHARE));
const rise = { heap: slope(steady, ({ heap }) => heap), rss: slope(steady, ({ rss }) => rss) };
say(`\n${comings} came, ${posts} posts, ${refusals} refused as too fast, ${failures} failures`);
say(
  `after warm-up the heap rises by ${rise.heap.toFixed(2)} MB a minute, memory by ${rise.rss.toFixed(2)}; bound: ${STEEPEST}`,
);
say(
  `when all are gone: ${end.connections} connections, ${end.handles} handles (first look: ${looks[0]?.handles}), ${end.timers} timers (first: ${looks[0]?.timers})`,
);
const enough = steady.length >= 4;
if (!enough) say('too short to judge the slope: run it for five minutes at least');
const fine = alive && failures <= comings * MAY_FAIL && end.connections === 0 && (!enough || rise.heap < STEEPEST);
say(fine ? 'holds' : 'BROKEN');
process.exit(fine ? 0 : 1);
