// Naming people while writing: where a name begins, who fits, who is still named in the end. Pure; for the composer and the rooms service.
import { LIMITS } from '../limits.ts';

export interface Named {
  id: string;
  displayName: string;
}
/** What she typed behind the sign, and where the sign stands. */
export interface NameBegun {
  at: number;
  query: string;
}

const LETTERS = String.raw`[\p{L}\p{M}\p{N}.'’_-]{0,40}`;
/** Not inside a word: an e-mail address names nobody. A second word may belong to the name. */
const BEGUN = new RegExp(String.raw`(?:^|[^\p{L}\p{M}\p{N}.@_-])@(${LETTERS}(?: ${LETTERS})?)$`, 'u');
const MARKS = /[\p{M}\u0640\u200c\u200d]/gu;

/** Upper and lower case, accents and vowel signs make no difference. */
const folded = (name: string): string => name.normalize('NFKD').replace(MARKS, '').toLowerCase().trim();

export const sameName = (one: string, other: string): boolean => folded(one) === folded(other);

/** The name that she is typing before the caret; null when she types none. */
export function nameBegun(text: string, caret: number): NameBegun | null {
  const query = BEGUN.exec(text.slice(0, caret))?.[1];
  return query === undefined ? null : { at: caret - query.length - 1, query };
}

/** Those whose name, or one of its words, begins so; those first whose whole name does. */
export function fitting<Person extends Named>(people: readonly Person[], query: string, limit: number): Person[] {
  const wanted = folded(query);
  const names = people.map((person) => ({ person, name: folded(person.displayName) }));
  const first = names.filter(({ name }) => name.startsWith(wanted));
  const later = names.filter(({ name }) => !name.startsWith(wanted) && name.includes(` ${wanted}`));
  return [...first, ...later].slice(0, limit).map(({ person }) => person);
}

/** So many signs of a text are looked at. */
const SIGNS = 50;
const SIGN = /(?:^|[^\p{L}\p{M}\p{N}.@_-])@(?=[\p{L}\p{N}])/gu;
const GOES_ON = /^[\p{L}\p{M}\p{N}_]/u;

/** Not an e-mail address, and not a sign alone. */
export const namesSomebody = (text: string): boolean => text.search(SIGN) >= 0;

/**
 * Ids of those whose whole name stands behind a sign, though they were not chosen among the suggestions. The longest name
 * that fits counts, upper and lower case make no difference; where two people bear it nobody is meant.
 */
export function namedIn(text: string, people: readonly Named[]): string[] {
  const signs = [...text.matchAll(SIGN)].slice(0, SIGNS);
  const ids = signs.flatMap(({ index, 0: { length } }) => {
    const rest = text.slice(index + length);
    const low = rest.toLowerCase();
    const fit = people.filter(({ displayName }) => {
      const name = displayName.toLowerCase();
      return name !== '' && low.startsWith(name) && !GOES_ON.test(rest.slice(displayName.length));
    });
    const longest = Math.max(...fit.map(({ displayName }) => displayName.length));
    const meant = fit.filter(({ displayName }) => displayName.length === longest);
    return meant.length === 1 ? meant.map(({ id }) => id) : [];
  });
  return [...new Set(ids)];
}

/** The words of a text and the names in it in turn, words first: to show names as what they are. */
export const partsByName = (text: string, names: readonly string[]): string[] =>
  names.reduce(
    (parts, name) =>
      parts.flatMap((part, at) =>
        at % 2 ? part : part.split(`@${name}`).flatMap((words, n) => (n ? [`@${name}`, words] : words)),
      ),
    [text],
  );

/** Ids of those whose name still stands behind a sign in the text. */
export function mentionedIn(text: string, people: readonly Named[]): string[] {
  const named = people.filter(({ displayName }) => text.includes(`@${displayName}`));
  return named.slice(0, LIMITS.mentions).map(({ id }) => id);
}
