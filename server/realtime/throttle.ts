// At most one call per key and interval: the first at once, the last one never lost. For small state that is sent whole. Realtime only.

export interface Throttle {
  /** Asks for a call; `everyMs` holds until the next one. */
  touch(key: string, everyMs: number): void;
  stop(): void;
}

export function createThrottle(call: (key: string) => void): Throttle {
  const running = new Map<string, { timer: NodeJS.Timeout; due: boolean; until: number }>();

  function start(key: string, everyMs: number): void {
    const timer = setTimeout(() => {
      const state = running.get(key);
      running.delete(key);
      if (state?.due) run(key, everyMs);
    }, everyMs);
    running.set(key, { timer, due: false, until: Date.now() + everyMs });
  }

  function run(key: string, everyMs: number): void {
    start(key, everyMs);
    call(key);
  }

  return {
    touch(key, everyMs) {
      const state = running.get(key);
      if (!state) {
        run(key, everyMs);
        return;
      }
      const sooner = Date.now() + everyMs < state.until;
      if (sooner) {
        clearTimeout(state.timer);
        start(key, everyMs);
      }
      const current = running.get(key);
      if (current) current.due = true;
    },
    stop() {
      for (const { timer } of running.values()) clearTimeout(timer);
      running.clear();
    },
  };
}
