// Small state, sent whole, not too often.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createThrottle } from './throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setup() {
  const calls: string[] = [];
  return { calls, throttle: createThrottle((key) => calls.push(key)) };
}

test('the first change shows at once, the rest of a burst once more at the end of the interval', () => {
  const { calls, throttle } = setup();
  for (let i = 0; i < 50; i++) throttle.touch('jobs', 200);
  expect(calls).toHaveLength(1);
  vi.advanceTimersByTime(200);
  expect(calls).toHaveLength(2);
  vi.advanceTimersByTime(1000);
  expect(calls).toHaveLength(2);
});

test('a steady stream of changes is shown five times a second, with the last one never lost', () => {
  const { calls, throttle } = setup();
  for (let ms = 0; ms < 1000; ms += 10) {
    throttle.touch('jobs', 200);
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(200);
  expect(calls.length).toBeGreaterThanOrEqual(5);
  expect(calls.length).toBeLessThanOrEqual(7);
});

test('something urgent does not wait for the long interval of something that is not', () => {
  const { calls, throttle } = setup();
  throttle.touch('jobs', 1000);
  throttle.touch('jobs', 200);
  vi.advanceTimersByTime(200);
  expect(calls).toHaveLength(2);
});

test('keys do not wait for each other', () => {
  const { calls, throttle } = setup();
  throttle.touch('jobs', 200);
  throttle.touch('schools', 200);
  expect(calls).toEqual(['jobs', 'schools']);
});
