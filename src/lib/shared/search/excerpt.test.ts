// What a result shows of a message, and that no text can break it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';
import { textKeys } from './keys.ts';
import { finds, termsOf } from './query.ts';

const marked = (query: string, text: string): string =>
  excerptOf(text, termsOf(query))
    .map(({ text: part, hit }) => (hit ? `[${part}]` : part))
    .join('');

test('every word that was meant is marked, in the form in which it was written', () => {
  expect(marked('Wohnung Köln', 'Zwei Wohnungen in KOELN, eine Wohnung in Bonn')).toBe(
    'Zwei [Wohnungen] in [KOELN], eine [Wohnung] in Bonn',
  );
  expect(marked('مدرسة', 'البيت والمدرسة قريبان')).toBe('البيت [والمدرسة] قريبان');
  expect(marked('Email', 'Eine E-Mail, bitte')).toBe('Eine [E-Mail], bitte');
  expect(marked('kita', 'Kita-Platz')).toBe('[Kita]-Platz');
});

test('of a long text it shows the surroundings of the first hit, cut between words', () => {
  const filler = 'Wort '.repeat(200);
  const excerpt = marked('Jugendamt', `${filler}das Jugendamt hilft ${filler}`);
  expect(excerpt).toMatch(/^… Wort .*das \[Jugendamt\] hilft .* Wort …$/);
  expect(excerpt.length).toBeLessThan(300);
});

test('a text without spaces is cut all the same', () => {
  expect(marked('aaa', 'a'.repeat(4000)).length).toBeLessThan(300);
  expect(marked('x', '😀'.repeat(2000)).length).toBeLessThan(300);
});

test('a short text is shown whole, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.string({ maxLength: 30 }), (text, query) => {
      const parts = excerptOf(text, termsOf(query));
      expect(parts.map((part) => part.text).join('')).toBe(text.toWellFormed());
    }),
  );
});

test('every message is found by each of its own words', () => {
  const letters = fc.constantFrom(...'aäoöuüeinrstßкиїйяʼ’سمتیيةهأ\u200c-ıİ1٢');
  const word = fc.string({ unit: letters, minLength: 1, maxLength: 14 });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(5), (words, at) => {
      const wanted = words[at % words.length] ?? '';
      fc.pre(termsOf(wanted).length > 0);
      expect(finds(wanted, words.join(' '))).toBe(true);
    }),
  );
});

test('what has no word in it is no search', () => {
  for (const query of ['', '   ', '?!', '…', '🙂', '\u200f', "'"]) expect(termsOf(query)).toEqual([]);
});

test('terms are letters and digits only, so that they can be part of a regular expression', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (query) => {
      for (const { prefix, keys } of termsOf(query)) {
        expect(prefix ?? '').toMatch(/^[\p{L}\p{N}]*$/u);
        for (const key of keys) expect(key).toMatch(/^~?[\p{L}\p{N}]+$/u);
      }
    }),
  );
});

test('the longest message that makes no sense takes little room in the index', () => {
  const odd = ['a', 'ö', 'lar', 'a-', 'ا\u200c', 'بال', 'а', 'ві', '9', "a'"].map((piece) =>
    piece.repeat(4000).slice(0, 4000),
  );
  const manyWords = Array.from({ length: 660 }, (_, index) => `w${index}lar`)
    .join(' ')
    .slice(0, 4000);
  for (const text of [...odd, manyWords]) {
    const bytes = textKeys(text).reduce((sum, key) => sum + Buffer.byteLength(key) + 8, 0);
    expect(bytes).toBeLessThan(150_000);
  }
});

test('a very long search has few terms', () => {
  expect(termsOf('eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf').length).toBe(8);
});
