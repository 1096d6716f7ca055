// Coalesced delivery per channel: the first item on a quiet channel leaves at once, a busy channel sends bundles. Realtime only.

export interface Coalescer<T> {
  push(channel: string, item: T): void;
  /** True while fan-outs of a channel take so long that it needs the whole pause: time to shed what is not needed. */
  strained(channel: string): boolean;
  stop(): void;
}

/** So long after a fan-out nothing leaves: twice its duration, at most this. */
export const LONGEST_PAUSE_MS = 40;

interface Channel<T> {
  waiting: T[];
  pause: number;
  timer: NodeJS.Timeout;
}

/**
 * `send` gets everything that waited, in order, and returns when it is handed to the sockets: delivering never takes more
 * than a third of the time where it can. Messages of a busy room come in batches already.
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
      const pause = Math.min(2 * (now() - began), LONGEST_PAUSE_MS);
      busy.set(channel, { waiting: [], pause, timer: setTimeout(() => leave(channel), pause) });
    }
  }

  function leave(channel: string): void {
    const waiting = busy.get(channel)?.waiting ?? [];
    busy.delete(channel);
    if (waiting.length > 0) fanOut(channel, waiting);
  }

  return {
    push(channel, item) {
      const state = busy.get(channel);
      if (state) state.waiting.push(item);
      else fanOut(channel, [item]);
    },
    strained: (channel) => (busy.get(channel)?.pause ?? 0) >= LONGEST_PAUSE_MS,
    stop() {
      for (const { timer } of busy.values()) clearTimeout(timer);
      busy.clear();
    },
  };
}
