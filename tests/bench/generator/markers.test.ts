// The texts of the bench: 100 characters, their marker comes back, and no other text is taken for one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPhones } from '../../../src/lib/shared/text/phones.ts';
import { createLatencies } from './latency.ts';
import { markerOf, textOf } from './markers.ts';

test('a text has 100 characters, nothing that waits for a moderator, and its marker can be read again', () => {
  fc.assert(
    fc.property(fc.nat(), (marker) => {
      const text = textOf(marker, 'run');
      expect([text.length, markerOf(text, 'run'), findPhones(text)]).toEqual([100, marker, []]);
      expect(markerOf(text, 'other')).toBeNull();
    }),
  );
});

test('what was not written by this run has no marker', () => {
  for (const text of ['', 'run-', 'run-.', 'run-abc', 'run-xyz. Hallo', 'runab. Hallo', '. run-a']) {
    expect(markerOf(text, 'run')).toBeNull();
  }
});

test('durations keep two per cent of their size, from the fastest to the slowest', () => {
  const latencies = createLatencies();
  expect(latencies.quantile(0.99)).toBe(0);
  for (let ms = 1; ms <= 1_000; ms++) latencies.add(ms);
  expect(latencies.count).toBe(1_000);
  for (const [q, ms] of [
    [0.5, 500],
    [0.99, 990],
  ] as const) {
    expect(Math.abs(latencies.quantile(q) / ms - 1)).toBeLessThan(0.03);
  }
  latencies.add(60_000);
  expect(latencies.quantile(1)).toBeGreaterThan(58_000);
});
