// The keys of a word: what the index keeps of a message, and under which of them a searched word is found. For the search only.
import { knownParts, longEndings } from './compounds.ts';
import { arabic, withoutClitics } from './stem.arabic.ts';
import { cyrillic } from './stem.cyrillic.ts';
import { english } from './stem.english.ts';
import { german } from './stem.german.ts';
import { turkish } from './stem.turkish.ts';
import { wordsOf, type Word } from './words.ts';

/** Before the keys of beginnings and of endings; no word has these in it. */
const BEGINNING = '^';
const ENDING = '~';
/** Beginnings are kept at these lengths; what is longer is found by the longest and compared. */
const BEGINNINGS = [5, 3];
/** From so many letters on, the last word of a search finds what begins with it. */
const PREFIX_LENGTH = 3;

const isLatin = (word: string): boolean => /[a-z]/.test(word);
const isArabic = (word: string): boolean => /\p{Script=Arabic}/u.test(word);

function formsOf(word: string): string[] {
  if (isLatin(word)) return [english(word), ...german(word), ...turkish(word)];
  if (isArabic(word)) return arabic(word);
  return /\p{Script=Cyrillic}/u.test(word) ? cyrillic(word) : [];
}

const spellings = ({ folded, pieces }: Word): string[] => [folded, ...pieces];

/** The keys of a searched word: a message with one of them has the word, in some form. */
export function searchKeys(word: Word): string[] {
  const plain = spellings(word).flatMap((spelling) => [spelling, ...formsOf(spelling)]);
  const endings = isLatin(word.folded) ? german(word.folded).filter((stem) => stem.length >= 6) : [];
  return [...new Set([...plain, ...endings.map((stem) => ENDING + stem)])];
}

/** What a word must begin with as the last one of a search; null when it is too short for that. */
export const searchPrefix = ({ folded }: Word): string | null => (folded.length >= PREFIX_LENGTH ? folded : null);

/** The one key under which everything is kept that begins with `prefix`, and more. */
export const prefixKey = (prefix: string): string =>
  BEGINNING +
  prefix.slice(
    0,
    BEGINNINGS.find((length) => prefix.length >= length),
  );

function compoundKeys(word: string): string[] {
  if (!isLatin(word)) return [];
  const stems = german(word);
  const parts = knownParts([word, ...stems]).flatMap((part) => [part, ...german(part)]);
  return [...parts, ...stems.flatMap(longEndings).map((ending) => ENDING + ending)];
}

function beginningKeys(word: string): string[] {
  const starts = isArabic(word) ? withoutClitics(word) : [word];
  return starts.flatMap((start) =>
    BEGINNINGS.filter((length) => start.length >= length).map((length) => BEGINNING + start.slice(0, length)),
  );
}

/** Everything under which one word of a message is found. */
export function wordKeys(word: Word): string[] {
  const keys = spellings(word).flatMap((spelling) => [
    spelling,
    ...formsOf(spelling),
    ...compoundKeys(spelling),
    ...beginningKeys(spelling),
  ]);
  return [...new Set(keys)];
}

/** Everything under which a message is found: the tokens of its row in the index. */
export const textKeys = (text: string): string[] => [...new Set(wordsOf(text).flatMap(wordKeys))];
