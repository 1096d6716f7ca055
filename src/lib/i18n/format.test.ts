// Numbers, dates and durations in the reader's language, on the clock of the hub.
import { afterEach, describe, expect, it } from 'vitest';
import type { Locale } from '#shared/locales.ts';
import { formatDate, formatDateTime, formatDays, formatDuration, formatNumber, formatRelative } from './format.ts';
import { overwriteGetLocale } from './generated/runtime.js';

const speak = (locale: Locale) => overwriteGetLocale(() => locale);
afterEach(() => speak('en'));

const NOW = Date.parse('2026-05-12T12:00:00Z');
const ago = (seconds: number) => formatRelative(new Date(NOW - seconds * 1000).toISOString(), NOW);

describe('a date', () => {
  it('is written as the language does, day before month in English too', () => {
    speak('de');
    expect(formatDate('2026-05-12T10:00:00Z')).toBe('12. Mai 2026');
    speak('en');
    expect(formatDate('2026-05-12T10:00:00Z')).toBe('12 May 2026');
  });

  it('is the date in Germany, whatever the clock of the machine', () => {
    speak('en');
    expect(formatDate('2026-05-12T22:30:00Z')).toBe('13 May 2026');
    expect(formatDateTime('2026-05-12T10:05:00Z')).toContain('12:05');
  });
});

describe('a duration', () => {
  it('is rounded up, in the biggest unit that says it well', () => {
    speak('en');
    expect([1, 40, 90, 301, 3600, 6000].map(formatDuration)).toEqual([
      '1 second',
      '40 seconds',
      '2 minutes',
      '6 minutes',
      '60 minutes',
      '2 hours',
    ]);
  });

  it('has the plurals of the language', () => {
    speak('uk');
    expect([1, 3, 7].map(formatDays)).toEqual(['1 день', '3 дні', '7 днів']);
    speak('ar');
    expect(new Set([1, 2, 7, 30].map((days) => formatDays(days).replace(/[\d٠-٩\s]/g, ''))).size).toBe(4);
  });
});

describe('how long ago', () => {
  it('goes from now over minutes, hours and days to the date', () => {
    speak('en');
    expect([5, 300, 7200, 90_000, 8 * 86_400].map(ago)).toEqual([
      'now',
      '5 minutes ago',
      '2 hours ago',
      'yesterday',
      '4 May 2026',
    ]);
  });

  it('never lies in the future when clocks differ', () => {
    speak('de');
    expect(ago(-500)).toBe('jetzt');
  });
});

it('a number has the separators of the language', () => {
  speak('de');
  expect(formatNumber(4000)).toBe('4.000');
  speak('en');
  expect(formatNumber(4000)).toBe('4,000');
});
