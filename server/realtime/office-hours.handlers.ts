// Drop-ins over sockets: who looks is told what changed, here or in another process; hosts with a device here are seen. Realtime only.
import type { Hub } from '../hub.ts';
import { DROP_INS_CHANNEL } from './channels.ts';
import type { Live } from './index.ts';
import type { LiveServer } from './types.ts';

const POLL_MS = 5_000;
/** Well below the shortest grace of a queue (a minute): one ping that is late or lost takes nobody off duty. */
const SEEN_MS = 20_000;
const SEEN_BATCH = 500;
/** Clocks of processes differ: so far back is looked again. */
const OVERLAP_MS = 10_000;

export function handleOfficeHours({ events }: Live): void {
  const on = events.answering();
  on('drop-ins:watch', async (_actor, _input, socket) => {
    await socket.join(DROP_INS_CHANNEL);
    return null;
  });
  on('drop-ins:unwatch', async (_actor, _input, socket) => {
    await socket.leave(DROP_INS_CHANNEL);
    return null;
  });
}

export function createOfficeHoursLive(io: LiveServer, hub: Hub): { stop(): void } {
  const { bus, log, officeHours } = hub;
  const published = new Map<string, number>();
  let since = new Date(hub.clock.now().getTime() - OVERLAP_MS);

  function publish(dropInId: string, version: number): void {
    if ((published.get(dropInId) ?? 0) >= version) return;
    published.set(dropInId, version);
    io.to(DROP_INS_CHANNEL).emit('drop-in:changed', { dropInId, version });
  }
  async function poll(): Promise<void> {
    if (!io.sockets.adapter.rooms.has(DROP_INS_CHANNEL)) {
      published.clear();
      since = new Date(hub.clock.now().getTime() - OVERLAP_MS);
      return;
    }
    const changed = await officeHours.changedSince(since);
    for (const { dropInId, version } of changed) publish(dropInId, version);
    const last = changed.at(-1)?.at;
    if (last) since = new Date(Math.max(since.getTime(), last.getTime() - OVERLAP_MS));
  }
  async function seeHosts(): Promise<void> {
    const ids = [...new Set([...io.sockets.sockets.values()].map(({ data }) => data.actor.id))];
    for (let at = 0; at < ids.length; at += SEEN_BATCH) await officeHours.seen(ids.slice(at, at + SEEN_BATCH));
  }
  const every = (ms: number, what: string, run: () => Promise<void>) =>
    setInterval(() => {
      run().catch((error: unknown) => log.warn({ err: error }, what));
    }, ms).unref();

  const timers = [
    every(POLL_MS, 'changed drop-ins not polled', poll),
    every(SEEN_MS, 'hosts on duty not seen', seeHosts),
  ];
  const off = bus.on('drop-in.changed', ({ dropInId, version }) => publish(dropInId, version));
  return {
    stop() {
      for (const timer of timers) clearInterval(timer);
      off();
    },
  };
}
