// What she typed as terms that all must be met, and whether a text meets them. The index asks the same. For the search only.
import { prefixKey, searchKeys, searchPrefix, textKeys } from './keys.ts';
import { wordsOf, type Word } from './words.ts';

export interface SearchTerm {
  /** One of these is there … */
  keys: string[];
  /** … or some key begins with this (folded letters and digits only); null: this word is complete. */
  prefix: string | null;
}

/** More words than this only make a search slow. */
const MOST_TERMS = 8;

/** Persian endings that some write apart: they say nothing alone. */
const PARTICLES = new Set(['ها', 'هاي', 'هايي', 'مي', 'نمي', 'اي', 'تر', 'ترين', 'ام']);

/** Words joined by hyphens are looked for as one. */
function searchedWords(query: string): Word[] {
  const words = wordsOf(query);
  const chains = words.filter((word) => word.chain);
  const inChain = (word: Word): boolean =>
    !word.chain && chains.some((chain) => chain.start <= word.start && word.end <= chain.end);
  const own = words.filter((word) => !inChain(word));
  const telling = own.filter((word) => !PARTICLES.has(word.folded));
  return telling.length > 0 ? telling : own;
}

/** The terms of a search in the order of typing; none when there is no word in it. */
export function termsOf(query: string): SearchTerm[] {
  const words = searchedWords(query);
  const terms = words.map((word, at) => ({
    keys: searchKeys(word),
    prefix: at === words.length - 1 ? searchPrefix(word) : null,
  }));
  const known = new Map(terms.map((term) => [`${term.keys[0] ?? ''}${term.prefix === null ? '' : '*'}`, term]));
  return [...known.values()].slice(-MOST_TERMS);
}

/** Whether one of `keys` meets the term. */
export function meets(keys: ReadonlySet<string>, { keys: wanted, prefix }: SearchTerm): boolean {
  if (wanted.some((key) => keys.has(key))) return true;
  if (prefix === null || !keys.has(prefixKey(prefix))) return false;
  return [...keys].some((key) => key.startsWith(prefix));
}

/** Whether a search finds a text. */
export function finds(query: string, text: string): boolean {
  const terms = termsOf(query);
  const keys = new Set(textKeys(text));
  return terms.length > 0 && terms.every((term) => meets(keys, term));
}
