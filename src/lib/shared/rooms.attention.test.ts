// What she is told of, and when.
import { expect, test } from 'vitest';
import { loudCount, noteCount } from './notes.ts';
import { counts, isQuiet } from './rooms.attention.ts';

const at = (hours: number, minutes = 0): Date => new Date(2026, 10, 23, hours, minutes);
const night = { quietFrom: '22:00', quietTo: '06:30' };

test.each([
  [night, at(21, 59), false],
  [night, at(22), true],
  [night, at(0), true],
  [night, at(6, 29), true],
  [night, at(6, 30), false],
  [{ quietFrom: '13:00', quietTo: '15:00' }, at(14), true],
  [{ quietFrom: '13:00', quietTo: '15:00' }, at(15), false],
  [{ quietFrom: '00:00', quietTo: '00:00' }, at(12), true],
  [{ quietFrom: '', quietTo: '' }, at(3), false],
])('%j at %s: quiet is %s', (hours, now, quiet) => {
  expect(isQuiet(hours, now)).toBe(quiet);
});

test('who wants only mentions is not told of messages, who wants nothing of neither', () => {
  const told = (level: 'all' | 'mentions' | 'nothing') => [counts({ level }, 'message'), counts({ level }, 'mention')];
  expect([told('all'), told('mentions'), told('nothing')]).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
});

test('in quiet hours nothing draws her attention, though it counts; rooms without them go on', () => {
  const notes = [
    { count: 2, ...night },
    { count: 1, quietFrom: '', quietTo: '' },
  ];
  expect([noteCount(notes), loudCount(notes, at(23)), loudCount(notes, at(12))]).toEqual([3, 1, 3]);
  expect([noteCount([]), loudCount([], at(12))]).toEqual([0, 0]);
});
