// The people of the demo community.
import { describe, expect, it } from 'vitest';
import { safeParse } from 'valibot';
import { registerSchema, ROLES } from '#shared/accounts.ts';
import { LOCALES } from '#shared/locales.ts';
import { DEMO_PASSWORD, PERSON_KEYS, personOf, SIGN_IN_KEYS } from './people.ts';

describe('the demo people', () => {
  it('are one coordinator, two moderators, six mentors and fourteen members, the coordinator first', () => {
    const count = (role: string) => PERSON_KEYS.filter((key) => personOf(key).role === role).length;
    expect(ROLES.map(count)).toEqual([14, 6, 2, 1]);
    expect(PERSON_KEYS.map((key) => personOf(key).role)[0]).toBe('coordinator');
  });

  it.each(PERSON_KEYS)('%s can be registered', (key) => {
    const { displayName, locale, languages } = personOf(key);
    const input = { code: 'x', locale, displayName, userName: key, password: DEMO_PASSWORD };
    expect(safeParse(registerSchema, input)).toMatchObject({ success: true, output: { userName: key, displayName } });
    // a first name or a pseudonym, never a family name
    expect(displayName).toMatch(/^\p{L}+( \d)?$/u);
    expect(languages.length).toBeGreaterThan(0);
  });

  it('have mentors for Arabic, Ukrainian, Russian, Dari, Persian, Turkish, Kurmanji, German and English', () => {
    const spoken = PERSON_KEYS.filter((key) => personOf(key).role === 'mentor').flatMap(
      (key) => personOf(key).languages,
    );
    for (const language of ['ar', 'uk', 'ru', 'prs', 'fa', 'tr', 'kmr', 'de', 'en']) expect(spoken).toContain(language);
  });

  it('offer sign-ins for every role and every interface language', () => {
    const shown = SIGN_IN_KEYS.map(personOf);
    expect(new Set(shown.map((person) => person.role))).toEqual(new Set(ROLES));
    expect(new Set(shown.map((person) => person.locale))).toEqual(new Set(LOCALES));
  });
});
