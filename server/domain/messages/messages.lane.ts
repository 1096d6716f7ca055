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

/** `run` settles every job of its batch; if it throws, the jobs that it left open fail with that error. */
export function createLane<Command, Outcome>(
  run: (batch: Job<Command, Outcome>[]) => Promise<void>,
): Lane<Command, Outcome> {
  const waiting: Job<Command, Outcome>[] = [];
  let running: Promise<void> | null = null;

  async function work(): Promise<void> {
    await Promise.resolve(); // what is submitted in the same breath goes together
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      try {
        await run(batch);
        const open = new Error('the batch left a command unanswered');
        for (const job of batch) job.reject(open);
      } catch (error) {
        for (const job of batch) job.reject(error);
      }
    }
    running = null;
  }

  return {
    submit(command) {
      return new Promise<Outcome>((resolve, reject) => {
        waiting.push({ command, resolve, reject });
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
