// Coalesced delivery with time in our hands.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCoalescer, ENOUGH, LONGEST_PAUSE_MS } from './coalescer.ts';

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

  test('few events wait for each other, at most nine times as long as the last fan-out took, and leave in order', () => {
    const { coalescer, sent } = setup(5);
    for (const item of [1, 2, 3]) coalescer.push('room:a', item);
    vi.advanceTimersByTime(44);
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sent[1]).toEqual({ channel: 'room:a', items: [2, 3] });
  });

  test('as soon as there are enough of them they leave, but not sooner than twice the duration of the last fan-out', () => {
    const { coalescer, sent } = setup(5);
    for (let item = 0; item <= ENOUGH; item++) coalescer.push('room:a', item);
    vi.advanceTimersByTime(9);
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sent[1]).toEqual({ channel: 'room:a', items: [1, 2, 3] });
    for (let item = 4; item < 4 + ENOUGH - 1; item++) coalescer.push('room:a', item);
    vi.advanceTimersByTime(20);
    expect(sent).toHaveLength(2);
    coalescer.push('room:a', 6);
    expect(sent[2]).toEqual({ channel: 'room:a', items: [4, 5, 6] });
  });

  test('one that holds enough by itself does not wait for more', () => {
    const { coalescer, sent } = setup(5);
    coalescer.push('room:a', 1);
    vi.advanceTimersByTime(10);
    coalescer.push('room:a', 2, ENOUGH - 1);
    expect(sent).toHaveLength(1);
    coalescer.push('room:a', 3, 1);
    expect(sent[1]).toEqual({ channel: 'room:a', items: [2, 3] });
  });

  test('nobody waits longer than 90 ms, however slow the fan-out was', () => {
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
    vi.advanceTimersByTime(45);
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
