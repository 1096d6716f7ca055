// The judge of streams is judged: a loss, a double, a swap and a gap are found, and nothing else is called one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStreams } from './streams.ts';

const CLEAN = { lost: 0, doubled: 0, swapped: 0, gaps: 0 };

/** Each client gets its own list, a message at a time, one client after the other. */
function heardBy(...clients: number[][]) {
  const streams = createStreams(clients.length);
  clients.forEach((markers, client) => {
    for (const marker of markers) streams.take(client, [marker]);
  });
  return streams;
}

test('three clients that saw the same have no fault, whatever the order of the markers was', () => {
  const streams = heardBy([2, 0, 1], [2, 0, 1], [2, 0, 1]);
  expect(streams.faults([0, 1, 2])).toEqual(CLEAN);
  expect(streams.order()).toEqual([2, 0, 1]);
  expect(streams.missing(3)).toBe(0);
});

test('a message that one client never saw is lost once', () => {
  expect(heardBy([0, 1, 2], [0, 2]).faults([0, 1, 2])).toEqual({ ...CLEAN, lost: 1 });
  expect(heardBy([0, 1, 2], [0, 1]).faults([0, 1, 2])).toEqual({ ...CLEAN, lost: 1 });
  expect(heardBy([1, 2], [0, 1, 2]).faults([0, 1, 2]).lost).toBeGreaterThan(0);
});

test('an acknowledged message that nobody saw is lost for everybody', () => {
  expect(heardBy([0], [0], [0]).faults([0, 1])).toEqual({ ...CLEAN, lost: 3 });
});

test('a message that came twice is doubled, at once or later', () => {
  expect(heardBy([0, 1], [0, 0, 1]).faults([0, 1])).toEqual({ ...CLEAN, doubled: 1 });
  expect(heardBy([0, 1, 0], [0, 1]).faults([0, 1])).toEqual({ ...CLEAN, doubled: 1 });
});

test('two messages in another order than everybody else saw them are swapped, not lost', () => {
  expect(heardBy([0, 1, 2], [1, 0, 2], [0, 1, 2]).faults([0, 1, 2])).toEqual({ ...CLEAN, swapped: 1 });
});

test('a range that does not follow the one before is a gap', () => {
  const streams = createStreams(1);
  streams.take(0, [0], { from: 5, to: 5 });
  streams.take(0, [1, 2], { from: 6, to: 7 });
  expect(streams.faults([0, 1, 2])).toEqual(CLEAN);
  streams.take(0, [3], { from: 9, to: 9 });
  expect(streams.faults([0, 1, 2, 3])).toEqual({ ...CLEAN, gaps: 1 });
});

test('what is still on its way is counted as missing', () => {
  const streams = heardBy([0, 1], [0]);
  expect(streams.missing(2)).toBe(1);
  streams.take(1, [1]);
  expect(streams.missing(2)).toBe(0);
});

const sizes = fc.record({ clients: fc.integer({ min: 2, max: 6 }), messages: fc.integer({ min: 2, max: 30 }) });

test('however packets are cut and mixed between clients, the same order has no fault', () => {
  fc.assert(
    fc.property(sizes, fc.infiniteStream(fc.nat()), ({ clients, messages }, random) => {
      const streams = createStreams(clients);
      const at = Array<number>(clients).fill(0);
      const next = (below: number): number => Number(random.next().value) % below;
      while (at.some((place) => place < messages)) {
        const client = next(clients);
        const from = at[client] ?? 0;
        const to = Math.min(messages, from + 1 + next(4));
        if (from === to) continue;
        const markers = Array.from({ length: to - from }, (_, i) => from + i);
        streams.take(client, markers, { from: from + 1, to });
        at[client] = to;
      }
      expect(streams.faults(Array(messages).keys())).toEqual(CLEAN);
      expect(streams.missing(messages)).toBe(0);
    }),
  );
});

test('one fault anywhere is always found', () => {
  fc.assert(
    fc.property(
      sizes,
      fc.nat(),
      fc.nat(),
      fc.constantFrom('loss', 'double', 'swap'),
      ({ clients, messages }, where, who, fault) => {
        const clean = Array.from({ length: messages }, (_, i) => i);
        const at = where % (messages - 1);
        const broken = [...clean];
        if (fault === 'loss') broken.splice(at, 1);
        else if (fault === 'double') broken.splice(at, 0, at);
        else broken.splice(at, 2, at + 1, at);
        const all = Array.from({ length: clients }, (_, i) => (i === who % clients ? broken : clean));
        const { lost, doubled, swapped } = heardBy(...all).faults(clean);
        if (fault === 'loss') expect([lost > 0, doubled]).toEqual([true, 0]);
        else if (fault === 'double') expect([lost, doubled, swapped]).toEqual([0, 1, 0]);
        else expect([lost, doubled, swapped > 0]).toEqual([0, 0, true]);
      },
    ),
  );
});
