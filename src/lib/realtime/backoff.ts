// How long to wait before trying again: pure, for the connection and the outbox.

export interface Backoff {
  /** ms; the first wait is somewhere between 0 and this */
  base: number;
  /** ms; no wait is longer */
  cap: number;
}

/**
 * Full jitter: anywhere between 0 and the doubled bound, so that a hundred phones do not come back in the same moment.
 * `attempt` counts from 0; `random` is in [0, 1).
 */
export function fullJitter(attempt: number, { base, cap }: Backoff, random = Math.random()): number {
  return Math.round(random * Math.min(cap, base * 2 ** Math.min(attempt, 30)));
}

/** The hub said when to come back: not before that, and spread over as long again. */
export const afterRestart = (retryInMs: number, random = Math.random()): number => Math.round(retryInMs * (1 + random));
