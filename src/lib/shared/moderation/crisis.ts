// Whether what she writes sounds like violence or self-harm: then her own device shows her the numbers. Pure; loaded late, beside
// where she writes. Nobody is told.
import { fold } from '../search/fold.ts';
import { HARMLESS } from './crisis.harmless.ts';
import { PATTERNS, SPELLED } from './crisis.phrases.ts';

/** Words of a pattern stand at most so far apart. */
const SPAN = 9;
/** Longer words are none of these. */
const LONGEST = 40;

/** Punctuation parts words, apostrophes do not. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .replaceAll('\u200c', ' ') // the half space of Persian
    .replaceAll(/['’ʼ`]/g, '')
    .split(/[^\p{L}\p{M}\p{N}\p{Cf}]+/u)
    .map(fold)
    .filter(Boolean);
const phraseOf = (line: string): string => ` ${wordsOf(line).join(' ')}${line.endsWith('*') ? '' : ' '}`;
const linesOf = (list: string): string[] => list.split('\n').filter(Boolean);

interface Pattern {
  groups: number;
}
const lines = linesOf(PATTERNS);
const PHRASES = lines.filter((line) => !/[+=]/.test(line)).map(phraseOf);
const GAMES = linesOf(HARMLESS).map(phraseOf);
/** Any one of them is enough. */
const ALONE = new Set(lines.filter((line) => line.startsWith('=')).flatMap(wordsOf));
/** Which group of which pattern a word belongs to. */
const PLACES = new Map<string, { pattern: Pattern; group: number }[]>();
for (const line of lines.filter((one) => one.includes('+'))) {
  const groups = line.split('+').map(wordsOf);
  const pattern = { groups: groups.length };
  for (const [group, words] of groups.entries()) {
    for (const word of words) PLACES.set(word, [...(PLACES.get(word) ?? []), { pattern, group }]);
  }
}

/** Whether some pattern has a word of each of its groups, near each other. One walk. */
function together(words: readonly string[]): boolean {
  const last = new Map<Pattern, number[]>();
  return words.some((word, at) =>
    (PLACES.get(word) ?? []).some(({ pattern, group }) => {
      const seen = last.get(pattern) ?? Array.from({ length: pattern.groups }, () => -SPAN);
      seen[group] = at;
      last.set(pattern, seen);
      return at - Math.min(...seen) < SPAN;
    }),
  );
}

function saysIt(sentence: string): boolean {
  const words = wordsOf(sentence);
  const whole = ` ${words.join(' ')} `;
  const has = (phrase: string): boolean => whole.includes(phrase);
  return (
    PHRASES.some(has) ||
    words.some((word) => ALONE.has(word) || (word.length < LONGEST && SPELLED.some((verb) => verb.test(word)))) ||
    (together(words) && !GAMES.some(has))
  );
}

/** Whether to show her the numbers. Long texts are looked at from their end, where she writes. */
export const soundsLikeCrisis = (text: string): boolean =>
  text
    .slice(-4000)
    .split(/[.!?؟\n]+/)
    .some(saysIt);
