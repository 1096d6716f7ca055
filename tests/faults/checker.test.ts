// The judge itself: recordings with a loss, a double, a swap and a gap are found out, a good one passes.
import { describe, expect, test } from 'vitest';
import { problemsOf, type Recording } from './checker.ts';

function good(): Recording {
  const marks = ['a1', 'b1', 'a2', 'b2', 'a3'];
  const stored = marks.map((mark, i) => ({ id: `id-${mark}`, seq: i + 1, mark }));
  const ids = stored.map(({ id }) => id);
  const sent = marks.map((mark) => ({ who: mark.slice(0, 1), mark }));
  return {
    sent: [...sent, { who: 'a', mark: 'a4' }],
    acknowledged: sent.map((one) => ({ ...one, id: `id-${one.mark}` })),
    refused: [{ who: 'a', mark: 'a4' }],
    stored,
    seen: [
      { who: 'a', came: ids, shown: ids },
      // she came later, and has the newest page only
      { who: 'b', came: ids.slice(2), shown: ids.slice(2) },
    ],
  };
}
const found = (change: (recording: Recording) => void): string[] => {
  const recording = structuredClone(good());
  change(recording);
  return problemsOf(recording);
};
/** A copy of a list with something done to it. */
const without = <T>(list: T[], at: number): T[] => list.toSpliced(at, 1);
const swapped = <T>(list: T[], at: number): T[] => list.toSpliced(at, 2, list[at + 1] as T, list[at] as T);
const renumbered = (list: Recording['stored']): Recording['stored'] => list.map((one, i) => ({ ...one, seq: i + 1 }));
const screen = (change: (ids: string[]) => string[]) => (recording: Recording) => {
  const [first] = recording.seen;
  if (first) first.shown = change(first.shown);
};

test('a good recording has no problem', () => {
  expect(problemsOf(good())).toEqual([]);
});

describe('what is wrong with the store', () => {
  test.each<[string, RegExp, (recording: Recording) => void]>([
    ['a loss', /^lost: "b1"/, (r) => (r.stored = renumbered(without(r.stored, 1)))],
    ['a loss at the end', /^lost: "a3"/, (r) => (r.stored = r.stored.slice(0, -1))],
    ['a double', /^doubled: "a1"/, (r) => (r.stored = [...r.stored, { id: 'again', seq: 6, mark: 'a1' }])],
    [
      'a double under another id',
      /^doubled: "a1"/,
      (r) => (r.stored = r.stored.with(0, { id: 'x', seq: 1, mark: 'a1' })),
    ],
    ['a swap', /^swapped: "a2" of a/, (r) => (r.stored = renumbered(swapped(swapped(r.stored, 0), 1)))],
    ['a gap', /^gap: place 3/, (r) => r.stored.forEach((one, i) => (one.seq = i < 2 ? i + 1 : i + 2))],
    ['what nobody sent', /^invented/, (r) => (r.stored = [...r.stored, { id: 'y', seq: 6, mark: 'z1' }])],
    ['what was refused', /^false refusal: "a4"/, (r) => (r.stored = [...r.stored, { id: 'y', seq: 6, mark: 'a4' }])],
  ])('%s is found', (_name, words, change) => {
    expect(found(change)).toEqual(expect.arrayContaining([expect.stringMatching(words)]));
  });
});

describe('what is wrong on a screen', () => {
  test.each<[string, RegExp, (recording: Recording) => void]>([
    ['a loss at the end', /^lost: a is shown up to place 4 of 5/, screen((ids) => ids.slice(0, -1))],
    ['an empty screen', /^lost: a is shown up to place 0/, screen(() => [])],
    ['a double', /^doubled: a is shown id-b1 twice/, screen((ids) => [...ids.slice(0, 2), ...ids.slice(1)])],
    ['a swap', /^swapped: on the screen of a/, screen((ids) => swapped(ids, 1))],
    ['a gap', /^gap: a is not shown place 3/, screen((ids) => without(ids, 2))],
    ['what is not stored', /^invented: a is shown ghost/, screen((ids) => ['ghost', ...ids])],
    ['another order on the way', /^swapped: as it came to b/, (r) => r.seen[1]?.came.reverse()],
  ])('%s is found', (_name, words, change) => {
    expect(found(change)).toEqual(expect.arrayContaining([expect.stringMatching(words)]));
  });
});
