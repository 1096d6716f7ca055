// One lane per room and process: commands that arrive while a batch is on its way go together in the next one.
// Imported by the messages service.
import { outsideRequests } from '../kernel/request-id.ts';

export interface Job<Command, Outcome> {
  readonly command: Command;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

export interface Lane<Command, Outcome> {
  /** Waits for its batch; settles as the batch settles it. Commands keep the order in which they came. */
  submit(command: Command): Promise<Outcome>;
  /** How many commands wait for the batch that is on its way. */
  waiting(): number;
  /** Something waits, or is on its way. */
  busy(): boolean;
  /** Resolves when nothing waits and nothing is on its way. */
  idle(): Promise<void>;
}

/** Keeps one append below the limits of a database message, also with the longest texts. */
const BATCH = 200;
/** In a busy room a batch begins so many times as long after the last one as that took, at most this: what comes meanwhile keeps it company. */
export const PAUSE = { times: 5, mostMs: 25 };
/** So many commands are company enough. */
export const ENOUGH = 20;

/**
 * `run` settles every job of its batch; if it throws, the jobs that it left open fail with that error. A batch costs the
 * same with one message or with six: where they come faster than it is done, they wait for each other, which nobody
 * notices. A quiet room never waits.
 */
export function createLane<Command, Outcome>(
  run: (batch: Job<Command, Outcome>[]) => Promise<void>,
): Lane<Command, Outcome> {
  const waiting: Job<Command, Outcome>[] = [];
  let running: Promise<void> | null = null;
  let enough: (() => void) | null = null;

  /** Until the pause after the batch that began then is over, or enough of them wait. */
  async function company(began: number): Promise<void> {
    const now = performance.now();
    const left = began + Math.min(PAUSE.times * (now - began), PAUSE.mostMs) - now;
    if (left <= 0 || waiting.length === 0 || waiting.length >= ENOUGH) return;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const timer = setTimeout(resolve, left, null);
    enough = () => resolve(null);
    await promise;
    clearTimeout(timer);
    enough = null;
  }

  async function work(): Promise<void> {
    await Promise.resolve(); // what is submitted in the same breath goes together
    while (waiting.length > 0) {
      const began = performance.now();
      const batch = waiting.splice(0, BATCH);
      try {
        await run(batch);
        const open = new Error('the batch left a command unanswered');
        for (const job of batch) job.reject(open);
      } catch (error) {
        for (const job of batch) job.reject(error);
      }
      await company(began);
    }
    running = null;
  }

  return {
    submit(command) {
      return new Promise<Outcome>((resolve, reject) => {
        waiting.push({ command, resolve, reject });
        if (waiting.length >= ENOUGH) enough?.();
        running ??= outsideRequests(work);
      });
    },
    waiting: () => waiting.length,
    busy: () => running !== null,
    async idle() {
      while (running) await running;
    },
  };
}
