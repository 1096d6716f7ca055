// Runs what time asks for, in one process at a time, however many there are. The hub makes one; main.ts starts and stops it.
import type { Clock } from '../kernel/clock.ts';
import { newToken } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import type { JobsRepository } from './jobs.repository.ts';

/** A job may run twice and be cut off anywhere: the lease saves work, it does not make anything safe. */
export interface Job {
  name: string;
  everyMs: number;
  run(): Promise<void>;
}
export interface JobsService {
  /** Runs what is due, when this process has the lease or gets it; answers whether it has. Turns never overlap. */
  tick(): Promise<boolean>;
  /** A turn every few seconds until `stop`, which waits for the one that is under way and gives the lease back. */
  start(): void;
  stop(): Promise<void>;
}

const LEASE = 'jobs';
/** A process that died is replaced within this time. */
const LEASE_MS = 30_000;
const TURN_MS = 5_000;

export function createJobsService(parts: {
  leases: JobsRepository;
  jobs: readonly Job[];
  clock: Clock;
  log: Logger;
  turnMs?: number;
}): JobsService {
  const { leases, jobs, clock, log, turnMs = TURN_MS } = parts;
  const holder = newToken(12);
  const due = new Map<string, number>();
  let underWay: Promise<boolean> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  /** This process ran them at its last turn; told when it changes, so that one can see which process works. */
  let mine = false;

  const keep = (): Promise<boolean> => {
    const now = clock.now();
    return leases.take(LEASE, holder, now, new Date(now.getTime() + LEASE_MS));
  };
  const hold = async (): Promise<boolean> => {
    const held = await keep();
    if (held !== mine) log.info({}, held ? 'jobs run here' : 'jobs run in another process');
    mine = held;
    return held;
  };
  async function turn(): Promise<boolean> {
    if (!(await hold())) return false;
    for (const { name, everyMs, run } of jobs) {
      const now = clock.now().getTime();
      if (stopped || now < (due.get(name) ?? 0)) continue;
      due.set(name, now + everyMs);
      await run().catch((error: unknown) => log.error({ err: error, job: name }, 'job failed'));
      if (!(await hold())) return false;
    }
    return true;
  }
  const tick = (): Promise<boolean> => {
    underWay ??= turn().finally(() => (underWay = null));
    return underWay;
  };
  function later(): void {
    timer = setTimeout(() => {
      tick()
        .catch((error: unknown) => log.warn({ err: error }, 'jobs not run'))
        .finally(() => {
          if (!stopped) later();
        });
    }, turnMs);
    timer.unref();
  }

  return {
    tick,
    start: later,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await underWay?.catch(() => false);
      await leases.release(LEASE, holder).catch(() => undefined);
    },
  };
}
