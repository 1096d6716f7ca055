// Looks for the entries of word lists in a text. Pure; work grows with the length of the text, whatever is in it.
import { fold } from '../search/fold.ts';
import type { Steps } from '../text/characters.ts';
import { slotsOf, spells, strictly, weightOf, type Slot } from './spelling.ts';
import { LONGEST, wordsOf, type Token } from './tokens.ts';

/** A word or phrase; `*` behind a word: with any ending. */
export interface ListEntry {
  text: string;
}
export interface Match<Entry> {
  entry: Entry;
  /** As it stands in the text. */
  found: string;
}
export interface Matcher<Entry> {
  /** Each entry at most once, in the order of the text. */
  match(text: string, steps?: Steps): Match<Entry>[];
}

interface Word {
  form: string;
  prefix: boolean;
  slots: Slot[] | null;
  /** Arabic leaves short vowels out. */
  vowels: boolean;
}
interface Compiled<Entry> {
  entry: Entry;
  words: Word[];
}

/** In Latin letters, so many letters make a word or phrase that is nothing else by chance. */
const LEAST = 5;
/** Of a word that is cut by spaces: shorter ones are others by chance. */
const LEAST_PARTED = 6;
/** "Ich bringe dich um acht zum Bahnhof": before a time or a thing this is no threat. */
const UM_GOES_ON =
  /^(?:\d.*|einen?|eins|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|halb|viertel|kurz|punkt|mittag|mitternacht|die|den|das|wieviel)$/;
/** The article of Arabic in Latin letters, written apart: "bint el kalb". */
const ARTICLE = /^[aei]l$/;

/** The words of an entry as they are compared; null when nothing is left of it, or a word is too short for any ending. */
export function entryWords(text: string): { form: string; prefix: boolean; written: string }[] | null {
  const parts = text
    .normalize('NFKC')
    .trim()
    .split(/[\s'’ʼ]+/);
  const words = parts.flatMap((part) => {
    const written = part.replace(/\*$/, '').toLowerCase();
    const form = fold(written);
    return form ? [{ form, written, prefix: part.endsWith('*') }] : [];
  });
  const tooShort = words.some(({ form, prefix }) => form.length > LONGEST || (prefix && form.length < 3));
  return words.length === 0 || tooShort || words.every(({ form }) => form.length < 2) ? null : words;
}

function compiled<Entry extends ListEntry>(entry: Entry): Compiled<Entry>[] {
  const words = entryWords(entry.text);
  if (!words) return [];
  const slotted = words.map(({ form, prefix, written }) => ({
    form,
    prefix,
    slots: slotsOf(written),
    vowels: /\p{Script=Arabic}/u.test(written),
  }));
  const weigh = (list: readonly Word[]): number => list.reduce((sum, { slots }) => sum + weightOf(slots ?? []), 0);
  if (weigh(slotted) >= LEAST) return [{ entry, words: slotted }];
  const strict = slotted.map((word) => ({ ...word, slots: word.slots && strictly(word.slots) }));
  const exact = slotted.map((word) => ({ ...word, slots: null }));
  return [{ entry, words: weigh(strict) >= LEAST ? strict : exact }];
}

function fits({ form, prefix, slots, vowels }: Word, { forms, latin }: Token, steps: Steps): boolean {
  for (const own of forms) {
    steps.count++;
    if (prefix ? own.startsWith(form) : own === form) return true;
  }
  return slots !== null && latin.some((text) => spells(text, slots, { prefix, vowels }, steps));
}

/** The token at `at` and those behind it, without articles between. */
function following(list: readonly Token[], at: number, count: number): Token[] {
  const found: Token[] = [];
  for (let place = at; place < list.length && found.length < count && place < at + 2 * count; place++) {
    const token = list[place];
    if (token && (place === at || !ARTICLE.test(token.latin[0] ?? ''))) found.push(token);
  }
  return found;
}

export function createMatcher<Entry extends ListEntry>(entries: readonly Entry[]): Matcher<Entry> {
  const exact = new Map<string, Compiled<Entry>[]>();
  const stems = new Map<string, Compiled<Entry>[]>();
  /** By the first Latin letter that the first word can have. */
  const spelled = new Map<string, Compiled<Entry>[]>();
  const lengths = new Set<number>();
  const put = (index: Map<string, Compiled<Entry>[]>, key: string, one: Compiled<Entry>): void => {
    const list = index.get(key) ?? [];
    if (!list.includes(one)) index.set(key, [...list, one]);
  };
  for (const one of entries.flatMap(compiled)) {
    const [first] = one.words;
    if (!first) continue;
    put(first.prefix ? stems : exact, first.form, one);
    lengths.add(first.form.length);
    const [slot, second] = first.slots ?? [];
    for (const spelling of [...(slot ?? []), ...(slot?.includes('') ? (second ?? []) : [])]) {
      if (spelling) put(spelled, spelling.charAt(0), one);
    }
  }
  const sizes = [...lengths].sort((a, b) => a - b);

  const begun = new WeakMap<Token, Compiled<Entry>[]>();
  /** What begins with this word; known as long as the word is. */
  function beginning(token: Token, steps: Steps): Compiled<Entry>[] {
    const known = begun.get(token);
    if (known) return known;
    const found = [...candidates(token, steps)].filter(({ words: [first] }) => first && fits(first, token, steps));
    begun.set(token, found);
    return found;
  }
  /** What may begin with this word. */
  function candidates({ forms, latin }: Token, steps: Steps): Set<Compiled<Entry>> {
    const found = new Set<Compiled<Entry>>();
    for (const form of forms) {
      for (const one of exact.get(form) ?? []) found.add(one);
      for (const size of sizes) {
        steps.count++;
        if (size <= form.length) for (const one of stems.get(form.slice(0, size)) ?? []) found.add(one);
      }
    }
    for (const text of latin) for (const one of spelled.get(text.charAt(0)) ?? []) found.add(one);
    return found;
  }

  /** Whether what stands behind a phrase makes it another one. */
  const goesOn = (words: readonly Word[], next: Token | undefined): boolean =>
    words.length > 1 && words.at(-1)?.form === 'um' && UM_GOES_ON.test(next?.forms[0] ?? '');

  return {
    match(text, steps = { count: 0 }) {
      const { tokens, joined, spelled: runs, parted } = wordsOf(text, steps);
      const found = new Map<Entry, string>();
      const look = (at: number, list: readonly Token[]): void => {
        const token = list[at];
        if (!token) return;
        for (const { entry, words } of beginning(token, steps)) {
          if (found.has(entry)) continue;
          const behind = following(list, at, words.length);
          const hit = words.every((word, index) => {
            const own = behind[index];
            return own !== undefined && (index === 0 || fits(word, own, steps));
          });
          if (hit && !goesOn(words, list[at + words.length])) found.set(entry, behind.map(({ raw }) => raw).join(' '));
        }
      };
      for (let at = 0; at < tokens.length; at++) look(at, tokens);
      for (let at = 0; at < joined.length; at++) look(at, joined);
      for (const token of parted) {
        for (const { entry, words } of candidates(token, steps)) {
          const [word] = words;
          const whole = word && words.length === 1 && word.form.length >= LEAST_PARTED && fits(word, token, steps);
          if (whole && !found.has(entry)) found.set(entry, token.raw);
        }
      }
      for (const run of runs) {
        for (let at = 0; at < run.length; at++) {
          for (const size of sizes) {
            steps.count++;
            if (size < 3 || at + size > run.length) continue;
            const piece = run.slice(at, at + size);
            for (const { entry, words } of [...(exact.get(piece) ?? []), ...(stems.get(piece) ?? [])]) {
              if (words.length === 1 && !found.has(entry)) found.set(entry, piece);
            }
          }
        }
      }
      return [...found].map(([entry, raw]) => ({ entry, found: raw }));
    },
  };
}
