// Which language a woman is answered in before she has said anything, and after.
import { expect, test } from 'vitest';
import { localeOf } from './locale.ts';

test('her account comes first, then what was chosen on this device, then what her browser asks for', () => {
  expect(localeOf('uk', 'ar', 'de')).toBe('uk');
  expect(localeOf(undefined, 'ar', 'de')).toBe('ar');
  expect(localeOf(undefined, undefined, 'de')).toBe('de');
  expect(localeOf(undefined, 'klingon', 'de')).toBe('de');
});

test.each([
  ['ar-SY,ar;q=0.9,en;q=0.5', 'ar'],
  ['fr, de;q=0.3, uk;q=0.8', 'uk'],
  ['en;q=0.1, de;q=0.2', 'de'],
  ['de;q=0, fr', 'en'],
  ['fr-FR', 'en'],
  ['*', 'en'],
  ['', 'en'],
  [';;;q=x,,', 'en'],
  [null, 'en'],
])('a browser that asks for %s gets %s', (header, locale) => {
  expect(localeOf(undefined, undefined, header)).toBe(locale);
});
