// What she is told of, and when.
import { expect, test } from 'vitest';
import { counts, isQuiet, wants } from './rooms.attention.ts';

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

test('in quiet hours she is told of nothing, though it counts', () => {
  const room = { level: 'all', ...night } as const;
  expect([wants(room, 'mention', at(23)), wants(room, 'mention', at(12)), counts(room, 'mention')]).toEqual([
    false,
    true,
    true,
  ]);
});
