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

/** Ids of those whose name still stands behind a sign in the text. */
export function mentionedIn(text: string, people: readonly Named[]): string[] {
  const named = people.filter(({ displayName }) => text.includes(`@${displayName}`));
  return named.slice(0, LIMITS.mentions).map(({ id }) => id);
}
