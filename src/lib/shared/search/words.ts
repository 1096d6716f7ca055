// Takes a text apart into folded words, with their places in it. For the search only.
import { fold, withPlainApostrophes } from './fold.ts';

export interface Word {
  /** Place in the text, in code units; `end` is after it. */
  start: number;
  end: number;
  folded: string;
  /** Folded parts that stand for themselves: "Berlin" of "Berlin'de", "خانه" of "خانه‌ها". */
  pieces: string[];
  /** Made of several by hyphens; its parts are words too. */
  chain: boolean;
}

/** Letters of a word that count: no real one is longer, and a made-up one must not fill the index. */
const LONGEST = 60;
const shortened = (word: string): string => word.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '');
const folded = (written: string): string => shortened(fold(written));

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
const HYPHEN = /^[-\u2010\u2011]$/;
const JOINTS = /['\u200c]/;

/** Single letters around an apostrophe (l'école, it's) are not worth a search. */
function piecesOf(written: string, whole: string): string[] {
  if (!JOINTS.test(written)) return [];
  const pieces = written.split(JOINTS).map(folded);
  return [...new Set(pieces.filter((piece) => piece.length >= 2 && piece !== whole))];
}

function chained(parts: readonly Word[]): Word[] {
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last || parts.length < 2) return [];
  const joined = parts.map((part) => part.folded).join('');
  return [{ start: first.start, end: last.end, folded: shortened(joined), pieces: [], chain: true }];
}

/** Every word of a text in its order; words joined by hyphens once more as one, after their parts. */
export function wordsOf(text: string): Word[] {
  const plain = withPlainApostrophes(text);
  const words: Word[] = [];
  let parts: Word[] = [];
  let joined = false;
  const endChain = (): void => {
    words.push(...chained(parts));
    parts = [];
  };
  for (const { segment, index, isWordLike } of segmenter.segment(plain)) {
    if (!isWordLike) {
      joined = parts.length > 0 && !joined && HYPHEN.test(segment);
      if (!joined) endChain();
      continue;
    }
    if (!joined) endChain();
    joined = false;
    const whole = folded(segment);
    if (whole === '') continue;
    const pieces = piecesOf(segment, whole);
    const word = { start: index, end: index + segment.length, folded: whole, pieces, chain: false };
    words.push(word);
    parts.push(word);
  }
  endChain();
  return words;
}
