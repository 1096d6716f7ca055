// Every error has words in every language, at the field it is about.
import { afterEach, describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorView } from '#shared/errors.ts';
import { LOCALES } from '#shared/locales.ts';
import { complaintOf, errorText, fieldOf, noticeOf } from './errors.ts';
import { overwriteGetLocale } from './generated/runtime.js';

const PARAMS = { field: 'note', min: 10, max: 40, seconds: 30 };
afterEach(() => overwriteGetLocale(() => 'en'));

describe.each(LOCALES)('in %s', (locale) => {
  it('every code has words of its language', () => {
    overwriteGetLocale(() => locale);
    const texts = ERROR_CODES.map((code) => errorText({ code, params: PARAMS }));
    overwriteGetLocale(() => (locale === 'en' ? 'de' : 'en'));
    const others = ERROR_CODES.map((code) => errorText({ code, params: PARAMS }));
    texts.forEach((text, at) => {
      expect(text.length, ERROR_CODES[at]).toBeGreaterThan(8);
      expect(text, ERROR_CODES[at]).not.toBe(others[at]);
      expect(text, ERROR_CODES[at]).not.toMatch(/[{}]|undefined|NaN/);
    });
  });
});

describe('a complaint', () => {
  const taken: ErrorView = { code: 'auth.name-taken' };
  const long: ErrorView = { code: 'input.too-long', params: { field: 'note', max: 80 } };

  it('stands at its field, and not above the form as well', () => {
    overwriteGetLocale(() => 'en');
    expect(fieldOf(taken)).toBe('userName');
    expect(complaintOf(taken, 'userName')).toContain('taken');
    expect(complaintOf(taken, 'password')).toBeUndefined();
    expect(noticeOf(taken, ['userName', 'password'])).toBeUndefined();
  });

  it('stands above the form when the form does not show its field', () => {
    expect(noticeOf(long, ['uses'])).toContain('80');
    expect(noticeOf(long, ['note'])).toBeUndefined();
    expect(noticeOf({ code: 'rate.limited', params: { seconds: 300 } }, ['note'])).toContain('5 minutes');
    expect(noticeOf(null, [])).toBeUndefined();
  });

  it('names the range of a number and the letters of a user name', () => {
    expect(errorText({ code: 'input.invalid', params: { field: 'uses' } })).toContain('100');
    expect(errorText({ code: 'input.invalid', params: { field: 'userName' } })).toContain('Latin');
    expect(errorText({ code: 'input.invalid' })).not.toContain('Latin');
  });
});
