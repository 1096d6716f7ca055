// Which messages are folded into one line, and which never are.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, isFolded, type Foldable, type FoldedRow, type Reader } from './folding.ts';

const ME = 'me';
const person = (id: string) => ({ id, displayName: id, role: 'member' as const, hue: 0 });
let made = 0;
const message = (lang: string | null, more: Partial<Foldable> = {}): Foldable => ({
  id: `m${++made}`,
  lang,
  text: 'words',
  mentions: [],
  author: person('other'),
  ...more,
});
const reader: Reader = { id: ME, reads: ['de', 'ar'] };
const drawn = (rows: FoldedRow<Foldable>[]) =>
  rows.map((row) =>
    row.kind === 'message'
      ? (row.message.lang ?? '?')
      : row.languages.map(({ lang, count }) => `${count}${lang}`).join('+'),
  );

test('a run of messages she does not read is one line with a count per language, most frequent first', () => {
  const langs = ['de', 'ru', 'uk', 'uk', 'ar', 'fa', 'de'];
  expect(
    drawn(
      fold(
        langs.map((lang) => message(lang)),
        reader,
      ),
    ),
  ).toEqual(['de', '2uk+1ru', 'ar', '1fa', 'de']);
});

test('a single message is folded too', () => {
  expect(drawn(fold([message('uk')], reader))).toEqual(['1uk']);
});

describe('never folded', () => {
  test.each([
    ['a message in a language she reads', message('ar')],
    ['a message whose language could not be told', message(null)],
    ['a message that mentions her', message('uk', { mentions: ['x', ME] })],
    ['her own message', message('uk', { author: person(ME) })],
    ['a stone', message('uk', { text: null })],
  ])('%s', (_what, one) => {
    expect(isFolded(one, reader)).toBe(false);
    expect(fold([message('uk'), one, message('uk')], reader).map(({ kind }) => kind)).toEqual([
      'folded',
      'message',
      'folded',
    ]);
  });

  const quote = (id: string, author: string | null) => ({
    ...{ id, seq: 1, rev: 1, excerpt: 'hers' },
    author: author === null ? null : person(author),
  });
  test.each([
    ['a reply that quotes her', message('uk', { replyTo: quote('q', ME) })],
    ['a reply to what she asked anonymously', message('uk', { replyTo: quote('secret', null) })],
    ['what is written in the thread of her message', message('uk', { threadId: 'mine' })],
    ['the answer to her question', message('uk', { answerTo: 'mine' })],
  ])('%s', (_what, one) => {
    const her: Reader = { ...reader, anonymous: ['secret'], hers: new Set(['mine']) };
    expect(isFolded(one, her)).toBe(false);
    // the same to somebody else
    expect(isFolded(one, { ...reader, id: 'another' })).toBe(true);
  });

  test('her own anonymous message, which names nobody', () => {
    const one = message('uk', { author: null });
    expect(isFolded(one, reader)).toBe(true);
    expect(isFolded(one, { ...reader, anonymous: [one.id] })).toBe(false);
  });

  test('a message that a link or a search led her to', () => {
    const one = message('uk');
    expect(isFolded(one, { ...reader, open: new Set([one.id]) })).toBe(false);
  });

  test('anything, while she has chosen no languages', () => {
    expect(drawn(fold([message('uk'), message('ru')], { ...reader, reads: [] }))).toEqual(['uk', 'ru']);
  });
});

test('the unread line and a new day cut a run', () => {
  const all = [message('uk'), message('uk'), message('ru')];
  expect(drawn(fold(all, reader, ({ id }) => id === all[1]?.id))).toEqual(['1uk', '1uk+1ru']);
});

test('a line keeps its id when messages come in at its end', () => {
  const all = [message('uk'), message('uk')];
  const before = fold(all.slice(0, 1), reader)[0];
  const after = fold(all, reader)[0];
  expect([before, after].map((row) => row?.kind === 'folded' && row.id)).toEqual([all[0]?.id, all[0]?.id]);
});

test('whatever is folded, every message is there once, in its order, and counts add up', () => {
  const lang = fc.constantFrom('de', 'uk', 'ru', null);
  const any = fc.record({ lang, mine: fc.boolean(), to: fc.boolean() });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 60 }), fc.subarray(['de', 'uk', 'ru']), (drafts, reads) => {
      const all = drafts.map(({ lang, mine, to }) =>
        message(lang, { mentions: to ? [ME] : [], author: person(mine ? ME : 'x') }),
      );
      const rows = fold(all, { id: ME, reads });
      expect(rows.flatMap((row) => (row.kind === 'message' ? [row.message] : row.messages))).toEqual(all);
      for (const [i, row] of rows.entries()) {
        if (row.kind !== 'folded') continue;
        expect(row.languages.reduce((sum, { count }) => sum + count, 0)).toBe(row.messages.length);
        expect(rows[i + 1]?.kind).not.toBe('folded');
      }
    }),
  );
});
