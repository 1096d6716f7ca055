// A clock that the demo seed can set, so that services write the dates of the last two weeks. Imported by the entry and the seed.
import type { Clock } from '../../domain/kernel/clock.ts';

export interface SeedClock extends Clock {
  /** From now on `now()` answers this date; null: real time again. */
  setNow(date: Date | null): void;
}

/** Runs on real time until it is set. */
export function createSeedClock(): SeedClock {
  let fixed: Date | null = null;
  return {
    now: () => (fixed ? new Date(fixed) : new Date()),
    setNow(date) {
      fixed = date ? new Date(date) : null;
    },
  };
}
