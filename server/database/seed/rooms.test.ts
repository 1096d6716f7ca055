// The texts of the first rooms and of those that are offered.
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#shared/limits.ts';
import { LOCALES } from '#shared/locales.ts';
import { slugSchema } from '#shared/rooms.ts';
import { safeParse } from 'valibot';
import { READY_ROOMS } from './ready-rooms.ts';
import { FIRST_ROOMS } from './rooms.ts';

const ALL_ROOMS = [...FIRST_ROOMS, ...READY_ROOMS];

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

  it('are followed by housing, German courses and health, which are offered', () => {
    expect(READY_ROOMS.map((room) => room.slug)).toEqual(['housing', 'german-courses', 'health']);
    expect(new Set(ALL_ROOMS.map((room) => room.slug)).size).toBe(ALL_ROOMS.length);
    for (const room of READY_ROOMS) expect(safeParse(slugSchema, room.slug).success).toBe(true);
  });

  it('fit into the limits that moderators have', () => {
    for (const room of ALL_ROOMS) {
      for (const locale of LOCALES) {
        expect(room.name[locale].length).toBeLessThanOrEqual(LIMITS.roomName);
        expect(room.purpose[locale].length).toBeLessThanOrEqual(LIMITS.roomPurpose);
        expect(room.rules[locale].length).toBeLessThanOrEqual(LIMITS.roomRules);
        expect(room.welcome[locale].length).toBeLessThanOrEqual(LIMITS.roomWelcome);
      }
    }
  });

  for (const room of ALL_ROOMS) {
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
    for (const room of ALL_ROOMS) for (const locale of LOCALES) expect(room.rules[locale]).toContain(words[locale]);
  });
});
