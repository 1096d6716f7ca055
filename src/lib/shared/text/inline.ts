// Inside a line: bold, italics, links, numbers to call. Pure, in linear time. rich-text.ts imports it.
import type { Range, Steps } from './characters.ts';
import { findLinks } from './links.ts';
import { findPhones } from './phones.ts';

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold'; children: Inline[] }
  | { kind: 'italic'; children: Inline[] }
  | { kind: 'link' | 'email' | 'phone'; text: string; href: string };

type Leaf = Exclude<Inline, { children: Inline[] }>;
type Mark = '*' | '**' | '_';
interface Marker extends Range {
  mark: Mark;
  /** The marker that it forms a pair with. */
  pair: Marker | null;
}

const MARK = /\*+|_+/g;
const WORD = /[\p{L}\p{N}]/u;
const SPACE = /\s/;
/** Halves of surrogate pairs count: emoji may be bold. */
const SOLID = /[\p{L}\p{N}\p{So}\p{Sc}\ud800-\udfff]/u;
const KIND = { '*': 'bold', '**': 'bold', _: 'italic' } as const;

/** Links, addresses, numbers: whole, in order. */
function leavesOf(text: string, steps?: Steps): (Range & { leaf: Leaf })[] {
  const links = findLinks(text, steps).map(({ kind, href, start, end }) => ({
    start,
    end,
    leaf: { kind, href, text: text.slice(start, end) },
  }));
  const phones: (Range & { leaf: Leaf })[] = [];
  let i = 0;
  for (const { start, end, number } of findPhones(text, steps)) {
    while (i < links.length && (links[i]?.end ?? 0) <= start) i++;
    const overlaps = (links[i]?.start ?? Infinity) < end || start < (phones.at(-1)?.end ?? 0);
    if (!overlaps)
      phones.push({ start, end, leaf: { kind: 'phone', href: `tel:${number}`, text: text.slice(start, end) } });
  }
  return [...links, ...phones].sort((a, b) => a.start - b.start);
}

/** Whole characters on both sides of a place: half of a surrogate pair is no word. */
function around(text: string, start: number, end: number): [string, string] {
  return [[...text.slice(Math.max(0, start - 2), start)].at(-1) ?? '', [...text.slice(end, end + 2)].at(0) ?? ''];
}

/** For every place, how many characters before it say something: a face such as *_* is not emphasis. */
function solidBefore(text: string): Uint32Array {
  const counts = new Uint32Array(text.length + 1);
  for (let i = 0; i < text.length; i++) counts[i + 1] = (counts[i] ?? 0) + (SOLID.test(text.charAt(i)) ? 1 : 0);
  return counts;
}

/** Markers that can open or close, outside of links. A pair stays inside its line and has something between it. */
function markersOf(text: string, leaves: Range[], steps?: Steps): Marker[] {
  const paired: Marker[] = [];
  let open: Marker[] = [];
  const solid = solidBefore(text);
  let leaf = 0;
  let seen = 0;
  for (const { 0: run, index } of text.matchAll(MARK)) {
    if (steps) steps.count++;
    while (leaf < leaves.length && (leaves[leaf]?.end ?? 0) <= index) leaf++;
    // a marker inside an address is part of it
    if ((leaves[leaf]?.start ?? Infinity) <= index) continue;
    if (run !== '*' && run !== '**' && run !== '_') continue;
    const marker: Marker = { mark: run, start: index, end: index + run.length, pair: null };
    if (text.slice(seen, index).includes('\n')) open = [];
    seen = index;
    const [before, after] = around(text, marker.start, marker.end);
    const opens = after !== '' && !SPACE.test(after) && !WORD.test(before);
    const closes = before !== '' && !SPACE.test(before) && !WORD.test(after);
    const partner = closes ? open.findLast(({ mark }) => mark === run) : undefined;
    if (partner && (solid[marker.start] ?? 0) > (solid[partner.end] ?? 0)) {
      open = open.slice(0, open.indexOf(partner));
      [partner.pair, marker.pair] = [marker, partner];
      paired.push(partner, marker);
    } else if (opens) open = [...open.filter(({ mark }) => mark !== run), marker];
  }
  return paired.sort((a, b) => a.start - b.start);
}

/** The tokens of a text. Concatenated they are the text without its markers. */
export function inlineOf(text: string, steps?: Steps): Inline[] {
  const leaves = leavesOf(text, steps);
  const markers = markersOf(text, leaves, steps);
  const root: Inline[] = [];
  const stack: Inline[][] = [root];
  let done = 0;
  const add = (token: Inline) => stack.at(-1)?.push(token);
  const textUntil = (end: number) => {
    if (end > done) add({ kind: 'text', text: text.slice(done, end) });
    done = Math.max(done, end);
  };
  let [leaf, marker] = [0, 0];
  for (;;) {
    if (steps) steps.count++;
    const [nextLeaf, nextMarker] = [leaves[leaf], markers[marker]];
    if (!nextLeaf && !nextMarker) break;
    if (nextLeaf && nextLeaf.start < (nextMarker?.start ?? Infinity)) {
      textUntil(nextLeaf.start);
      add(nextLeaf.leaf);
      done = nextLeaf.end;
      leaf++;
    } else if (nextMarker) {
      textUntil(nextMarker.start);
      done = nextMarker.end;
      marker++;
      if (nextMarker.pair && nextMarker.pair.start > nextMarker.start) {
        const children: Inline[] = [];
        add({ kind: KIND[nextMarker.mark], children });
        stack.push(children);
      } else stack.pop();
    }
  }
  textUntil(text.length);
  return root;
}
