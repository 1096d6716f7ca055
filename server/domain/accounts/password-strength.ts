// Which passwords are refused: those a guesser would try early. Pure; only this area imports it.
import { COMMON_WORDS, KEY_ROWS } from './common-words.ts';

/** A password must take a guesser at least so many steps: single characters, or words and patterns as one. */
const LEAST_STEPS = 6;
const LEAST_DIFFERENT = 5;
const LONGEST_WORD = Math.max(...[...COMMON_WORDS].map((word) => word.length));
const LONGEST_DATE = 10;

const LEET: Record<string, string> = { '@': 'a', 4: 'a', 8: 'b', 3: 'e', '€': 'e', 0: 'o', $: 's', 5: 's', 7: 't' };
/** The same password as the words it may stand for; 1 and ! are an i, or an l. */
const spelled = (text: string, one: string): string =>
  [...text].map((letter) => LEET[letter] ?? (letter === '1' || letter === '!' ? one : letter)).join('');

const YEAR = /^(?:19|20)\d\d$/;
const DATE = /^(?:0?[1-9]|[12]\d|3[01])[./-]?(?:0?[1-9]|1[0-2])[./-]?(?:(?:19|20)\d\d|\d\d)$/;
const ISO_DATE = /^(?:19|20)\d\d[./-]?(?:0[1-9]|1[0-2])[./-]?(?:0[1-9]|[12]\d|3[01])$/;

function isPattern(piece: string): boolean {
  if (piece.length < 3) return false;
  if (new Set(piece).size === 1 || KEY_ROWS.includes(piece)) return true;
  if (YEAR.test(piece)) return true;
  return piece.length >= 6 && piece.length <= LONGEST_DATE && (DATE.test(piece) || ISO_DATE.test(piece));
}

/** One short word in any script, perhaps with a few digits or signs behind; no list of words is long enough for all. */
const ONE_WORD = /^\p{L}{1,12}[\p{N}\p{P}\p{S}]{0,4}$/u;
/** Capitals inside: not a word, but something generated. */
const MIXED = /.\p{Lu}.*\p{Lu}/u;

/** Her own names and their parts: a guesser who knows her begins with them, so they count nothing. */
function ownWords(names: string[]): Set<string> {
  const plain = names.map((name) => name.normalize('NFKC').toLowerCase());
  const words = plain.flatMap((name) => [name, name.replace(/[^\p{L}\p{N}]/gu, ''), ...name.split(/[^\p{L}\p{N}]+/u)]);
  return new Set(words.filter((word) => word.length >= 3));
}

/** The fewest steps in which the password can be put together. */
function stepsFor(password: string, own: Set<string>): number {
  const spellings = [password, spelled(password, 'i'), spelled(password, 'l')];
  const isIn = (words: ReadonlySet<string>, from: number, to: number): boolean =>
    spellings.some((text) => words.has(text.slice(from, to)));

  function cost(from: number, to: number): number {
    const length = to - from;
    const piece = password.slice(from, to);
    // the same once more costs nothing
    if (from >= length && password.slice(from - length, from) === piece) return 0;
    if (isIn(own, from, to)) return 0;
    if (length === 1 || isPattern(piece)) return 1;
    return length <= LONGEST_WORD && isIn(COMMON_WORDS, from, to) ? 1 : Infinity;
  }

  const steps = [0];
  for (let to = 1; to <= password.length; to++) {
    let best = Infinity;
    for (let from = 0; from < to; from++) best = Math.min(best, (steps[from] ?? Infinity) + cost(from, to));
    steps.push(best);
  }
  return steps.at(-1) ?? 0;
}

/**
 * True for passwords that are common or built by a pattern: words with digits behind, rows of keys, repetitions, dates,
 * digits only, her own names (`own`: user name, display name, hub name). Long enough is asked elsewhere.
 */
export function isWeakPassword(password: string, own: string[]): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < LEAST_DIFFERENT || !/[^\p{N}\p{P}\p{S}\p{Z}]/u.test(plain)) return true;
  if (ONE_WORD.test(plain) && !MIXED.test(password)) return true;
  return stepsFor(plain, ownWords(own)) < LEAST_STEPS;
}
