// Waiting before trying again.
import { describe, expect, it } from 'vitest';
import { afterRestart, fullJitter } from './backoff.ts';

const rule = { base: 1_000, cap: 20_000 };

describe('full jitter', () => {
  it('doubles its bound with every attempt and never passes the cap', () => {
    const bounds = [0, 1, 2, 3, 4, 5, 60].map((attempt) => fullJitter(attempt, rule, 1));
    expect(bounds).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
  });
  it('can be anywhere below its bound, so that phones do not come back together', () => {
    expect(fullJitter(3, rule, 0)).toBe(0);
    expect(fullJitter(3, rule, 0.5)).toBe(4_000);
  });
  it('comes back to a restarting hub not before it asked, and at most twice as late', () => {
    expect(afterRestart(3_000, 0)).toBe(3_000);
    expect(afterRestart(3_000, 0.999)).toBeLessThan(6_000);
  });
});
