// Days until which an answer may hold.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { daysAhead, momentOf, tomorrow } from './days.ts';

it('offers three months, half a year and a year', () => {
  expect(daysAhead(Date.parse('2026-11-28T22:00:00Z'))).toEqual(['2027-02-28', '2027-05-28', '2027-11-28']);
});
it('ends a short month on its last day, also in a leap year', () => {
  expect(daysAhead(Date.parse('2027-11-30T00:00:00Z'))).toEqual(['2028-02-29', '2028-05-30', '2028-11-30']);
});
it('always offers days that are not over, in their order', () => {
  const moment = fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') });
  fc.assert(
    fc.property(moment, (now) => {
      const days = [tomorrow(now), ...daysAhead(now)];
      expect(days).toEqual([...days].sort());
      expect(days.every((day) => Date.parse(momentOf(day)) > now)).toBe(true);
    }),
  );
});
it('leaves what is no day for the hub to refuse', () => {
  expect(momentOf('soon')).toBe('soon');
  expect(momentOf('')).toBe('');
});
