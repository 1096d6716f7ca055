// Stops the hub in order, once, within ten seconds, however often Ctrl-C is pressed. Only main.ts uses it.
import type { Logger } from './domain/kernel/logger.ts';

export interface Drain {
  /** Registers what must be closed; the last one registered is closed first. */
  add(name: string, close: () => Promise<void>): void;
  readonly stopping: boolean;
  /** Closes everything, then ends the process with `exitCode`. */
  stop(exitCode: number): Promise<void>;
}

const DEADLINE_MS = 9_000;
/** npm forwards a Ctrl-C that the terminal also sends: both are one. */
const ONE_PRESS_MS = 300;

export function createDrain(log: Logger): Drain {
  const closers: { name: string; close: () => Promise<void> }[] = [];
  let stopping: Promise<void> | null = null;
  let presses = 0;
  let pressedAt = 0;

  async function closeAll(exitCode: number): Promise<void> {
    setTimeout(() => {
      log.error({}, 'did not stop in time');
      process.exit(1);
    }, DEADLINE_MS).unref();
    for (const { name, close } of closers.reverse()) {
      try {
        await close();
      } catch (error) {
        log.error({ err: error, part: name }, 'did not close cleanly');
      }
    }
    log.info({}, 'hub stopped');
    process.exit(exitCode);
  }

  const stop = (exitCode: number): Promise<void> => (stopping ??= closeAll(exitCode));

  function pressed(): void {
    const now = Date.now();
    if (now - pressedAt < ONE_PRESS_MS) return;
    pressedAt = now;
    presses += 1;
    if (presses > 2) process.exit(130);
    if (presses === 1) void stop(0);
  }
  process.on('SIGINT', pressed);
  process.on('SIGTERM', pressed);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise failed unheard'));
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'unexpected error, stopping');
    void stop(1);
  });

  return {
    add: (name, close) => closers.push({ name, close }),
    get stopping() {
      return stopping !== null;
    },
    stop,
  };
}
