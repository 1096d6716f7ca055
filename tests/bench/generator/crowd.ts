// Many clients in one room: they come in, write at a steady rate whatever the server does, and are checked. Bench only.
import { setTimeout as pause } from 'node:timers/promises';
import { watchProcessor, type Span } from '../processor.ts';
import type { Client, ClientEvents, Envelope, Target } from './client.ts';
import { createLatencies } from './latency.ts';
import { createPlain } from './plain.ts';
import { createSocketIo } from './socket-io.ts';
import { createXmpp } from './xmpp.ts';
import { createStreams, type StreamFaults } from './streams.ts';

export interface LoadOrder {
  /** Messages a second, all clients together. */
  rate: number;
  seconds: number;
  /** Before the measured seconds, at the same rate. */
  warmUpSeconds: number;
  /** Processes whose work is counted over the measured seconds; the first is this one. */
  watch: number[];
  /** So long what was sent may still come, before it counts as not delivered in time. */
  patienceSeconds: number;
}
export interface LoadReport extends Span {
  sent: number;
  refused: number;
  /** Within the measured seconds. */
  deliveries: number;
  /** Packets that carried them. */
  packets: number;
  /** From the intended time of sending, over all deliveries of what was sent in the measured seconds. */
  p50: number;
  p99: number;
  /** Nothing was missing when the patience was over. */
  complete: boolean;
}
export interface Verdict extends StreamFaults {
  order: number[];
  acknowledged: number[];
  closed: number;
}

export interface Told {
  ms: number;
  data: unknown;
}

/** So many connections are opened at once. */
const DOORS = 50;
const EVERY_MS = 2;
const ENTER_MS = 60_000;
const DIALECTS = { hub: createSocketIo, 'socket.io': createSocketIo, ws: createPlain, xmpp: createXmpp };
/** Also what an overloaded server still owes must come within this. */
const LAST_SECONDS = 40;

export function createCrowd(target: Target, count: number) {
  const open = DIALECTS[target.dialect](target);
  const streams = createStreams(count);
  const clients: Client[] = [];
  const due: number[] = [];
  const acknowledged = new Set<number>();
  const revs: number[] = [];
  const present = new Set<number>();
  const replies = new Map<string, (answer: { ok: boolean; data?: unknown }) => void>();
  let latencies = createLatencies();
  let measuredFrom = Infinity;
  let [deliveries, packets, refused, closed] = [0, 0, 0, 0];
  let leaving = false;

  function take(index: number, { markers, range }: Envelope): void {
    const now = performance.now();
    streams.take(index, markers, range);
    if (range) revs[index] = range.to;
    deliveries += markers.length;
    packets += 1;
    for (const marker of markers) if (marker >= measuredFrom) latencies.add(now - (due[marker] ?? now));
  }

  function enter(index: number, since: number | null): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('a client was not let in within a minute')), ENTER_MS);
      const on: ClientEvents = {
        joined(rev, missed) {
          if (missed) take(index, missed);
          revs[index] = rev;
          present.add(index);
          clearTimeout(late);
          resolve();
        },
        heard: (envelope) => take(index, envelope),
        answered(marker, refusal) {
          if (refusal === null) acknowledged.add(marker);
          else refused += 1;
        },
        replied(id, answer) {
          replies.get(`${index}:${id}`)?.(answer);
          replies.delete(`${index}:${id}`);
        },
        closed(why) {
          if (present.delete(index) && !leaving) closed += 1;
          clearTimeout(late);
          // what it asked is answered by nobody any more
          for (const [key, answer] of replies) if (key.startsWith(`${index}:`)) answer({ ok: false });
          reject(new Error(`a client was not let in: ${why ?? 'closed'}`));
        },
      };
      clients[index] = open(index, on, since);
    });
  }

  async function enterAll(indexes: number[], doors: number): Promise<void> {
    const waiting = [...indexes];
    const one = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        await enter(next, revs[next] ?? null);
    };
    await Promise.all(Array.from({ length: doors }, one));
  }

  /** Sends what is due, from one client after the other. */
  async function send(rate: number, seconds: number): Promise<void> {
    const began = performance.now();
    const total = Math.round(rate * seconds);
    for (let sent = 0; sent < total;) {
      const at = began + (sent * 1000) / rate;
      if (at > performance.now()) {
        await pause(EVERY_MS);
        continue;
      }
      clients[due.length % count]?.post(due.push(at) - 1);
      sent += 1;
    }
    const left = began + seconds * 1000 - performance.now();
    if (left > 0) await pause(left);
  }

  async function allThere(seconds: number): Promise<boolean> {
    const until = performance.now() + seconds * 1000;
    while (streams.missing(due.length - refused) > 0 || acknowledged.size + refused < due.length) {
      if (performance.now() > until) return false;
      await pause(20);
    }
    return true;
  }

  return {
    /** Everybody comes in. Answers how many seconds it took. */
    async open(): Promise<number> {
      const began = performance.now();
      await enterAll([...Array(count).keys()], DOORS);
      return (performance.now() - began) / 1000;
    },

    async load({ rate, seconds, warmUpSeconds, watch, patienceSeconds }: LoadOrder): Promise<LoadReport> {
      if (warmUpSeconds > 0) await send(rate, warmUpSeconds);
      latencies = createLatencies();
      measuredFrom = due.length;
      [deliveries, packets] = [0, 0];
      const look = watchProcessor(watch);
      await send(rate, seconds);
      const span = look();
      const during = { deliveries, packets };
      const complete = await allThere(patienceSeconds);
      const sent = due.length - measuredFrom;
      return {
        ...span,
        ...during,
        sent,
        refused,
        complete,
        p50: latencies.quantile(0.5),
        p99: latencies.quantile(0.99),
      };
    },

    /**
     * All but the first `staying` lose their connection; `meanwhile` messages are written, then all come back at once.
     * Answers the seconds until everybody is in again and has everything.
     */
    async comeBack(staying: number, meanwhile: number): Promise<number> {
      const away = [...present].filter((index) => index >= staying);
      leaving = true;
      for (const index of away) clients[index]?.cut();
      while (present.size > staying) await pause(20);
      leaving = false;
      for (let i = 0; i < meanwhile; i++) {
        clients[i % staying]?.post(due.push(performance.now()) - 1);
        await pause(1_100 / staying);
      }
      await pause(500);
      const began = performance.now();
      await enterAll(away, away.length);
      if (!(await allThere(60))) throw new Error('not everybody has caught up after a minute');
      return (performance.now() - began) / 1000;
    },

    /** One question of one client; the answer, and the milliseconds until it came. */
    async ask(index: number, event: string, input: unknown): Promise<Told> {
      const client = clients[index];
      if (!client) throw new Error(`no client ${index}`);
      const began = performance.now();
      const { ok, data } = await new Promise<{ ok: boolean; data?: unknown }>((resolve) => {
        replies.set(`${index}:${client.ask(event, input)}`, resolve);
      });
      if (!ok) throw new Error(`${event} was refused`);
      return { ms: performance.now() - began, data };
    },

    /** After what is still on its way had time to come. */
    async verdict(): Promise<Verdict> {
      await allThere(LAST_SECONDS);
      return { ...streams.faults(acknowledged), order: [...streams.order()], acknowledged: [...acknowledged], closed };
    },

    leave(): void {
      leaving = true;
      for (const client of clients) client.cut();
    },
  };
}
export type Crowd = ReturnType<typeof createCrowd>;
