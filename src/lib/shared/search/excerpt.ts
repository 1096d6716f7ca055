// The words of a message around what was searched for, with the hits marked. For the search only.
import type { MarkedPart } from '../search.ts';
import { wordKeys } from './keys.ts';
import { meets, type SearchTerm } from './query.ts';
import { wordsOf } from './words.ts';

/** Code units before the first hit, and altogether. */
const BEFORE = 80;
const LENGTH = 260;

interface Span {
  start: number;
  end: number;
}

/** Where words stand that meet a term; without overlaps, in order. Words joined by hyphens count as one if no part does. */
function hitsOf(text: string, terms: readonly SearchTerm[]): Span[] {
  const found = wordsOf(text).filter((word) => {
    const keys = new Set(wordKeys(word));
    return terms.some((term) => meets(keys, term));
  });
  const parts = found.filter((word) => !word.chain);
  const chains = found.filter(
    (chain) => chain.chain && !parts.some((part) => chain.start <= part.start && part.end <= chain.end),
  );
  return [...parts, ...chains].sort((a, b) => a.start - b.start);
}

/** Begins and ends between words where there is a gap nearby. */
function windowAround(text: string, first: number): Span {
  const wanted = Math.max(0, first - BEFORE);
  const gap = wanted === 0 ? 0 : text.slice(wanted, first).search(/\s/) + 1;
  const start = wanted + gap;
  if (text.length - start <= LENGTH) return { start, end: text.length };
  const cut = text.slice(0, start + LENGTH).search(/\s\S*$/);
  return { start, end: cut > first ? cut : start + LENGTH };
}

/** The excerpt in parts; without a hit, the beginning of the text. */
export function excerptOf(text: string, terms: readonly SearchTerm[]): MarkedPart[] {
  const hits = hitsOf(text, terms);
  const { start, end } = windowAround(text, hits[0]?.start ?? 0);
  const parts: MarkedPart[] = [];
  const add = (from: number, to: number, hit: boolean): void => {
    if (to > from) parts.push({ text: text.slice(from, to).toWellFormed(), hit });
  };
  let at = start;
  for (const hit of hits) {
    if (hit.start >= end) break;
    add(at, hit.start, false);
    at = Math.min(hit.end, end);
    add(hit.start, at, true);
  }
  add(at, end, false);
  if (start > 0) parts.unshift({ text: '… ', hit: false });
  if (end < text.length) parts.push({ text: ' …', hit: false });
  return parts;
}
