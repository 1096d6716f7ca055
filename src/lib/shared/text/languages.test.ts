// The community's languages under their own names.
import { expect, test } from 'vitest';
import { COMMUNITY_LANGUAGES, isCommunityLanguage, languageDirection, languageName } from './languages.ts';

test('every language has a name that its readers find, and a direction', () => {
  const names = COMMUNITY_LANGUAGES.map(languageName);
  expect(new Set(names).size).toBe(COMMUNITY_LANGUAGES.length);
  expect(COMMUNITY_LANGUAGES.filter((code) => languageName(code) === code)).toEqual([]);
  expect(COMMUNITY_LANGUAGES.filter((code) => languageDirection(code) === 'rtl')).toEqual(['ar', 'fa']);
});

test('the name and the direction of a language go together', () => {
  for (const code of COMMUNITY_LANGUAGES) {
    expect(/\p{Script=Arabic}/u.test(languageName(code)), code).toBe(languageDirection(code) === 'rtl');
  }
});

test('what is not one of them keeps its code', () => {
  for (const code of ['sv', '', 'toString', '__proto__']) {
    expect(isCommunityLanguage(code)).toBe(false);
    expect(languageName(code)).toBe(code);
    expect(languageDirection(code)).toBe('ltr');
  }
});
