// The rate limit in memory, with a clock that the test moves.
import { expect, test } from 'vitest';
import { createTokenBucket } from './token-bucket.ts';

function movableClock() {
  let now = 1_000_000;
  return { clock: { now: () => new Date(now) }, pass: (ms: number) => (now += ms) };
}

test('she may post a burst at once, then has to wait for the next second', () => {
  const { clock, pass } = movableClock();
  const bucket = createTokenBucket({ burst: 3, perSecond: 1 }, clock);
  expect([1, 2, 3, 4].map(() => bucket.take('a'))).toEqual([0, 0, 0, 1]);
  pass(999);
  expect(bucket.take('a')).toBe(1);
  pass(1);
  expect([bucket.take('a'), bucket.take('a')]).toEqual([0, 1]);
});

test('one person running dry leaves the others alone', () => {
  const bucket = createTokenBucket({ burst: 1, perSecond: 1 }, movableClock().clock);
  expect([bucket.take('a'), bucket.take('a'), bucket.take('b')]).toEqual([0, 1, 0]);
});

test('a long silence gives back the burst and not more', () => {
  const { clock, pass } = movableClock();
  const bucket = createTokenBucket({ burst: 2, perSecond: 1 }, clock);
  bucket.take('a');
  pass(3_600_000);
  expect([1, 2, 3].map(() => bucket.take('a'))).toEqual([0, 0, 1]);
});

test('a slow refill says how many seconds are left', () => {
  const bucket = createTokenBucket({ burst: 1, perSecond: 0.1 }, movableClock().clock);
  bucket.take('a');
  expect(bucket.take('a')).toBe(10);
});

test('a clock that jumps back an hour neither refills nor locks out', () => {
  const { clock, pass } = movableClock();
  const bucket = createTokenBucket({ burst: 1, perSecond: 1 }, clock);
  bucket.take('a');
  pass(-3_600_000);
  expect(bucket.take('a')).toBe(1);
  pass(1000);
  expect(bucket.take('a')).toBe(0);
});

test('ten thousand people who came once are forgotten, the one who is dry is not', () => {
  const { clock, pass } = movableClock();
  const bucket = createTokenBucket({ burst: 2, perSecond: 0.001 }, clock);
  bucket.take('dry');
  bucket.take('dry');
  for (let person = 0; person < 10_000; person++) bucket.take(`person ${person}`);
  pass(1000);
  expect(bucket.take('dry')).toBeGreaterThan(0);
});
