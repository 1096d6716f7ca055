// Word lists against our own cases: nothing that is meant badly is missed, nothing harmless is hit, and no text makes it slow.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startEntries } from '../../../../server/domain/moderation/start-lists/index.ts';
import {
  badCases,
  harmlessCases,
  playedIn,
  resembles,
  TRICK_NAMES,
  tricksOf,
} from '../../../../tests/support/word-cases.tricks.ts';
import { createMatcher, entryWords } from './matcher.ts';
import { LIST_LANGUAGES } from './word-lists.ts';

const all = LIST_LANGUAGES.flatMap((language) => startEntries(language).map((entry) => ({ ...entry, language })));
const matcher = createMatcher(all);
const hits = (text: string): string[] => matcher.match(text).map(({ entry }) => entry.text);

describe('our own cases in seven languages', () => {
  test('two hundred are written with a trick, every language has its share, and each trick is played in each that knows it', () => {
    const tricky = LIST_LANGUAGES.flatMap((language) => {
      const own = badCases[language].filter((text) => tricksOf(text, language).length > 0);
      expect([language, own.length >= 30]).toEqual([language, true]);
      return own;
    });
    expect(new Set(tricky).size).toBeGreaterThanOrEqual(200);
    for (const trick of TRICK_NAMES) {
      for (const language of playedIn(trick)) {
        const own = badCases[language].filter((text) => tricksOf(text, language).includes(trick));
        expect([trick, language, own.length >= 3]).toEqual([trick, language, true]);
      }
    }
  });

  test('two hundred harmless ones have letters of a bad one within ("Scunthorpe"), some in every language', () => {
    const near = LIST_LANGUAGES.flatMap((language) => {
      const own = harmlessCases[language].filter(resembles);
      expect([language, own.length >= 25]).toEqual([language, true]);
      return own;
    });
    expect(new Set(near).size).toBeGreaterThanOrEqual(200);
  });

  test('what is meant badly is found, whatever it is disguised as', () => {
    expect(all.length).toBeGreaterThan(300);
    expect(
      Object.values(badCases)
        .flat()
        .filter((text) => hits(text).length === 0),
    ).toEqual([]);
  });

  test('what is harmless is left alone', () => {
    const harmless = Object.values(harmlessCases).flat();
    expect(harmless.flatMap((text) => (hits(text).length > 0 ? [[text, ...hits(text)]] : []))).toEqual([]);
  });

  test('an ordinary word is taken at its word: nothing is guessed from it, but a moderator may put it on a list', () => {
    expect(createMatcher([{ text: 'дурак' }]).match('Wo ist der Durak?')).toEqual([]);
    expect(createMatcher([{ text: 'durak' }]).match('Durak nerede?')).toHaveLength(1);
  });

  test('every entry of the start lists finds itself, and none is there twice', () => {
    const unfound = all.filter(({ text }) => !hits(text.replaceAll('*', '')).includes(text));
    expect(unfound).toEqual([]);
    for (const language of LIST_LANGUAGES) {
      const texts = startEntries(language).map(({ text }) => text);
      expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
    }
  });
});

describe('entries', () => {
  const finds = (entry: string, text: string): boolean => createMatcher([{ text: entry }]).match(text).length > 0;

  test('a word is a whole word, with a star it has any ending', () => {
    expect(finds('idiot', 'idiotisch')).toBe(false);
    expect(finds('idiot*', 'idiotisch')).toBe(true);
    expect(finds('idiot*', 'vidiot')).toBe(false);
  });

  test('a phrase is its words one after the other, wherever they stand', () => {
    expect(finds('go home', 'Please GO,  home!')).toBe(true);
    expect(finds('go home', 'go to your home')).toBe(false);
    expect(finds('go home', 'go')).toBe(false);
  });

  test('an Arabic or Ukrainian word of a moderator is found in Latin letters too', () => {
    expect(finds('مجنونة', 'enti majnouna')).toBe(true);
    expect(finds('مجنونة', 'magnuna')).toBe(true);
    expect(finds('мерзотник*', 'ty merzotnyku')).toBe(true);
    expect(finds('жук', 'zhuk')).toBe(false); // too short to be no other word
  });

  test.each(['', '  ', '*', 'a', '..', 'ab*', `${'x'.repeat(50)}`])('%j is no entry', (text) => {
    expect(entryWords(text)).toBeNull();
    expect(createMatcher([{ text }]).match('a ab abc .. x')).toEqual([]);
  });

  test('it is said what stood in the text, once', () => {
    const found = createMatcher([{ text: 'idiot' }]).match('You 1D10T, you idiot');
    expect(found).toEqual([{ entry: { text: 'idiot' }, found: '1D10T' }]);
  });
});

describe('work', () => {
  const stepsFor = (text: string): number => {
    const steps = { count: 0 };
    matcher.match(text, steps);
    return steps.count;
  };
  /** Counted on the longest message anybody can send. */
  const PER_LETTER = 2_500;
  const pieces = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      'a ',
      'a.',
      'sh',
      's h ',
      'ssss',
      'ааа',
      '4',
      '1!|',
      'ال',
      'ش ',
      'go ',
      'ya ',
      'el ',
      '\u200b',
      'ﷺ',
      'i di ',
    ),
    fc.constantFrom(...all.map(({ text }) => text.replaceAll('*', ' '))),
  );

  test('no text costs more than so many steps a letter, and none breaks it', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (parts, times) => {
        const text = parts.join('').repeat(times).slice(0, 4000);
        expect(stepsFor(text)).toBeLessThanOrEqual(PER_LETTER * (text.length + 1) + 1000);
      }),
      { numRuns: 150 },
    );
  });

  test.each(['a', 'a ', 'sh', 'ya ', 'aeiou', 'khkh', '1', 'go back to ', 'ش ر', 'el ', 'huren', '.', 's.'])(
    'twice as much of %j is at most twice the work',
    (piece) => {
      const half = stepsFor(piece.repeat(1000));
      expect(stepsFor(piece.repeat(2000))).toBeLessThanOrEqual(half * 2.1 + 500);
    },
  );
});
