// The texts of the first rooms.
import { describe, expect, it } from 'vitest';
import { LOCALES } from '#shared/locales.ts';
import { slugSchema } from '#shared/rooms.ts';
import { safeParse } from 'valibot';
import { FIRST_ROOMS } from './rooms.ts';

const SCRIPTS = {
  de: /\p{Script=Latin}/u,
  en: /\p{Script=Latin}/u,
  ar: /\p{Script=Arabic}/u,
  uk: /\p{Script=Cyrillic}/u,
};

describe('the first rooms', () => {
  it('are jobs, bureaucracy and schools, in this order', () => {
    expect(FIRST_ROOMS.map((room) => room.slug)).toEqual(['jobs', 'bureaucracy', 'schools']);
    expect(FIRST_ROOMS.map((room) => room.position)).toEqual([1, 2, 3]);
    for (const room of FIRST_ROOMS) expect(safeParse(slugSchema, room.slug).success).toBe(true);
  });

  for (const room of FIRST_ROOMS) {
    it.each(LOCALES)(`${room.slug} has every text in %s, in its script`, (locale) => {
      for (const text of [room.name, room.purpose, room.rules, room.welcome]) {
        const own = text[locale];
        expect(own.trim()).toBe(own);
        expect(own).toMatch(SCRIPTS[locale]);
        const foreign = [...own].filter((sign) => /\p{L}/u.test(sign) && !SCRIPTS[locale].test(sign));
        if (locale === 'de' || locale === 'en') expect(foreign).toEqual([]);
      }
      expect(new Set(LOCALES.map((each) => room.purpose[each])).size).toBe(LOCALES.length);
    });

    it(`${room.slug} has the same number of short rules in every language`, () => {
      const counts = LOCALES.map((locale) => room.rules[locale].split('\n').length);
      expect(new Set(counts).size).toBe(1);
      for (const locale of LOCALES) {
        for (const rule of room.rules[locale].split('\n')) {
          expect(rule).not.toBe('');
          expect(rule.length).toBeLessThanOrEqual(125);
        }
      }
    });
  }

  it('say that the room informs, and that advice comes from an advice centre', () => {
    const words = { de: 'Beratungsstelle', en: 'advice centre', ar: 'مركز استشارات', uk: 'консультаційний центр' };
    for (const room of FIRST_ROOMS) for (const locale of LOCALES) expect(room.rules[locale]).toContain(words[locale]);
  });
});
