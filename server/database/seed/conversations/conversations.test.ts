// What the demo conversations contain, and what they must never contain.
import { describe, expect, it } from 'vitest';
import { safeParse } from 'valibot';
import { messageTextSchema } from '#shared/messages.ts';
import { FIRST_ROOMS } from '../rooms.ts';
import { PEOPLE, personOf, type PersonKey } from '../people.ts';
import { CONVERSATIONS } from './schedule.ts';
import { transcript } from './transcript.ts';

const ALL = CONVERSATIONS.flatMap(({ slug, messages }) => messages.map((message) => ({ slug, ...message })));
const textsOf = (slug: string) => ALL.filter((message) => message.slug === slug).map((message) => message.text);

/** By letters or words that only this language has among those of the demo. */
const LANGUAGES: Record<string, RegExp> = {
  Arabic: /[ةى]|[ًٌٍ]/u,
  Persian: /[پچگژی]/u,
  Ukrainian: /[іїєґ]/iu,
  Russian: /[ыэъё]/iu,
  Turkish: /[ığş]/iu,
  German: /\b(und|nicht|ist|der|die)\b/u,
  English: /\b(the|is|you|and)\b/u,
};
const ALLOWED_SITES = ['anerkennung-in-deutschland.de', 'bamf-navi.bamf.de', 'germany4ukraine.de'];
const EMERGENCY = ['110', '112', '116 016'];

describe('the demo conversations', () => {
  it('have 140 to 170 messages in the rooms of the first day', () => {
    expect(ALL.length).toBeGreaterThanOrEqual(140);
    expect(ALL.length).toBeLessThanOrEqual(170);
    expect(CONVERSATIONS.map(({ slug }) => slug)).toEqual(FIRST_ROOMS.map(({ slug }) => slug));
    for (const { messages } of CONVERSATIONS) expect(messages.length).toBeGreaterThan(40);
  });

  it('are texts that the hub takes as they are', () => {
    for (const { text } of ALL)
      expect(safeParse(messageTextSchema, text)).toMatchObject({ success: true, output: text });
  });

  it.each(Object.entries(LANGUAGES))('have at least two messages in %s, by two people', (_name, marker) => {
    const own = ALL.filter(({ text }) => marker.test(text));
    expect(new Set(own.map(({ by }) => by)).size).toBeGreaterThanOrEqual(2);
  });

  it('name no site but the public ones that were checked', () => {
    for (const { text } of ALL) {
      const sites = text.match(/[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.[a-z]{2,}(?![\p{L}])/giu) ?? [];
      expect(sites.filter((site) => !ALLOWED_SITES.includes(site))).toEqual([]);
      expect(text).not.toMatch(/https?:|www\.|@/);
    }
  });

  it('contain no phone numbers but those of emergencies, and no other long numbers', () => {
    for (const { text } of ALL) {
      const rest = EMERGENCY.reduce((left, number) => left.replaceAll(number, ''), text);
      const dates = rest.replaceAll(/[0۰][58٨۸]\/(2026|۲۰۲۶)/gu, '');
      const numbers = dates.match(/\p{Nd}[\p{Nd}\s/().-]*\p{Nd}/gu) ?? [];
      expect(numbers.filter((number) => number.replaceAll(/\P{Nd}/gu, '').length > 4)).toEqual([]);
    }
  });

  it('contain no addresses', () => {
    const street =
      /(straße|strasse|str\.|allee|gasse|platz)\s*\d|\b0\d{4}\b|вул\.|ул\.|شارع|خیابان|\bSok(ak|\.)|Cadde/iu;
    for (const { text } of ALL) expect(text).not.toMatch(street);
    for (const { text } of ALL) expect(text).not.toMatch(/frauenhaus|shelter|притул|приют|sığınma|مأوى/iu);
  });

  it('give every site with the date on which it was checked when a mentor states a fact by it', () => {
    const checked = /(geprüft|checked|تم التحقق|перевірено|проверено|بررسی|kontrol) ?[0۰][58۸]\/(2026|۲۰۲۶)/u;
    const facts = ALL.filter(({ by, text }) => {
      return (
        personOf(by).role === 'mentor' &&
        /\((?:[^)]*)(?:bamf-navi|anerkennung-in|quellen|sources|مصادر|джерела|источники|kaynaklar|منبع)/u.test(text)
      );
    });
    expect(facts.length).toBeGreaterThanOrEqual(12);
    for (const { text } of facts) expect(text).toMatch(checked);
  });

  it('contain one answer that has grown old and the one that says so', () => {
    const old = textsOf('bureaucracy').findIndex((text) => text.startsWith('Es heißt Bürgergeld.'));
    const newer = textsOf('bureaucracy').findIndex((text) =>
      text.includes('Grundsicherungsgeld ersetzt das Bürgergeld'),
    );
    expect(old).toBeGreaterThan(0);
    expect(newer).toBeGreaterThan(old);
  });

  it('contain one message that ought to be reported', () => {
    expect(textsOf('bureaucracy').filter((text) => text.includes('Zuerst die Kaution überweisen'))).toHaveLength(1);
  });

  it('leave nobody with unread posts that are older than her own last one', () => {
    for (const key of Object.keys(PEOPLE) as PersonKey[]) {
      for (const [slug, unread] of Object.entries(personOf(key).unread ?? {})) {
        const messages = CONVERSATIONS.find((conversation) => conversation.slug === slug)?.messages ?? [];
        const after = messages.length - 1 - messages.findLastIndex(({ by }) => by === key);
        expect({ key, slug, unread: unread <= after }).toEqual({ key, slug, unread: true });
      }
    }
  });

  it('are written by everybody but those who only read', () => {
    const writers = new Set(ALL.map(({ by }) => by));
    const silent = Object.keys(PEOPLE).filter((key) => !writers.has(key as PersonKey));
    expect(silent).toEqual([]);
  });
});

describe('a transcript', () => {
  it('reads days, recent lines and lines that go on', () => {
    expect(transcript('\n== 2\n08:05 nour: a\n  b\n== now\n-7 hiba: c: d\n')).toEqual([
      { by: 'nour', text: 'a\nb', day: 2, minute: 485 },
      { by: 'hiba', text: 'c: d', ago: 7 },
    ]);
  });

  it.each(['== 1\n08:00 nobody: a', '== 1\n-5 nour: a', '== now\n08:00 nour: a', 'noise', '== 1\nnour: a'])(
    'refuses %j',
    (source) => {
      expect(() => transcript(source)).toThrow();
    },
  );
});
