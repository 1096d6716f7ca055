// Coalesced delivery per channel: the first item on a quiet channel leaves at once, a busy channel sends bundles. Realtime only.

export interface Coalescer<T> {
  /** `weight`: so many things are in it. */
  push(channel: string, item: T, weight?: number): void;
  /** True while fan-outs of a channel take so long that it needs the whole shortest pause: time to shed what is not needed. */
  strained(channel: string): boolean;
  stop(): void;
}

/** So long after a fan-out nothing leaves, whatever waits: twice its duration, at most this. */
const SHORTEST_PAUSE_MS = 40;
/** So long something may wait for company: nine times its duration, at most this. */
export const LONGEST_PAUSE_MS = 90;
/** So many things are company enough. */
export const ENOUGH = 3;

interface Channel<T> {
  waiting: T[];
  weight: number;
  shortest: number;
  /** The shortest pause is over. */
  ready: boolean;
  timer: NodeJS.Timeout;
}

/**
 * `send` gets everything that waited, in order, and returns when it is handed to the sockets. A packet costs the same with
 * one message or with four, so in a big room few of them wait for each other, which nobody notices: delivering takes a
 * tenth of the time where it can, and never more than a third.
 */
export function createCoalescer<T>(
  send: (channel: string, items: T[]) => void,
  now: () => number = () => performance.now(),
): Coalescer<T> {
  const busy = new Map<string, Channel<T>>();

  function fanOut(channel: string, items: T[]): void {
    const began = now();
    try {
      send(channel, items);
    } finally {
      const took = now() - began;
      const shortest = Math.min(2 * took, SHORTEST_PAUSE_MS);
      const more = Math.min(9 * took, LONGEST_PAUSE_MS) - shortest;
      const timer = setTimeout(() => becomeReady(channel, more), shortest);
      busy.set(channel, { waiting: [], weight: 0, shortest, ready: false, timer });
    }
  }

  function becomeReady(channel: string, more: number): void {
    const state = busy.get(channel);
    if (!state) return;
    if (state.weight >= ENOUGH) return leave(channel);
    state.ready = true;
    state.timer = setTimeout(() => leave(channel), more);
  }

  function leave(channel: string): void {
    const state = busy.get(channel);
    clearTimeout(state?.timer);
    busy.delete(channel);
    if (state && state.waiting.length > 0) fanOut(channel, state.waiting);
  }

  return {
    push(channel, item, weight = 1) {
      const state = busy.get(channel);
      if (!state) return fanOut(channel, [item]);
      state.waiting.push(item);
      state.weight += weight;
      if (state.ready && state.weight >= ENOUGH) leave(channel);
    },
    strained: (channel) => (busy.get(channel)?.shortest ?? 0) >= SHORTEST_PAUSE_MS,
    stop() {
      for (const { timer } of busy.values()) clearTimeout(timer);
      busy.clear();
    },
  };
}
