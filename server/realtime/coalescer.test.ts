// Coalesced delivery with time in our hands.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCoalescer, LONGEST_PAUSE_MS } from './coalescer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** `cost`: milliseconds that a fan-out takes. */
function setup(cost: number) {
  let time = 0;
  let price = cost;
  const sent: { channel: string; items: number[] }[] = [];
  const coalescer = createCoalescer<number>(
    (channel, items) => {
      time += price;
      sent.push({ channel, items });
    },
    () => time,
  );
  return { coalescer, sent, setCost: (next: number) => (price = next) };
}

describe('a channel of events', () => {
  test('the first event on a quiet channel leaves at once', () => {
    const { coalescer, sent } = setup(5);
    coalescer.push('room:a', 1);
    expect(sent).toEqual([{ channel: 'room:a', items: [1] }]);
  });

  test('what comes meanwhile leaves together and in order, twice as long after the last fan-out as that took', () => {
    const { coalescer, sent } = setup(5);
    for (const item of [1, 2, 3]) coalescer.push('room:a', item);
    vi.advanceTimersByTime(9);
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sent[1]).toEqual({ channel: 'room:a', items: [2, 3] });
  });

  test('nobody waits longer than 40 ms, however slow the fan-out was', () => {
    const { coalescer, sent } = setup(500);
    coalescer.push('room:a', 1);
    coalescer.push('room:a', 2);
    expect(coalescer.strained('room:a')).toBe(true);
    vi.advanceTimersByTime(LONGEST_PAUSE_MS);
    expect(sent.map(({ items }) => items)).toEqual([[1], [2]]);
  });

  test('after a pause without events it is quiet again', () => {
    const { coalescer, sent } = setup(5);
    coalescer.push('room:a', 1);
    vi.advanceTimersByTime(10);
    coalescer.push('room:a', 2);
    expect(sent.map(({ items }) => items)).toEqual([[1], [2]]);
    expect(coalescer.strained('room:a')).toBe(false);
  });

  test('a busy channel does not hold up another one', () => {
    const { coalescer, sent } = setup(20);
    coalescer.push('room:a', 1);
    coalescer.push('room:a', 2);
    coalescer.push('room:b', 3);
    expect(sent.map(({ channel }) => channel)).toEqual(['room:a', 'room:b']);
  });

  test('a hundred thousand events of one busy second leave in a few dozen bundles, none lost', () => {
    const { coalescer, sent } = setup(20);
    for (let tick = 0; tick < 1000; tick++) {
      for (let item = 0; item < 100; item++) coalescer.push('room:a', tick * 100 + item);
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(LONGEST_PAUSE_MS);
    expect(sent.length).toBeLessThan(30);
    expect(sent.flatMap(({ items }) => items)).toEqual(Array.from({ length: 100_000 }, (_, item) => item));
  });

  test('stopping sends nothing more', () => {
    const { coalescer, sent } = setup(5);
    coalescer.push('room:a', 1);
    coalescer.push('room:a', 2);
    coalescer.stop();
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(1);
  });
});
