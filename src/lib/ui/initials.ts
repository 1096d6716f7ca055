// Initials of a display name, in any script. For Avatar.svelte.

const letter = /[\p{L}\p{N}]/u;

/**
 * At most two visible characters: of the first and the last word that begin with a letter or digit; one for a single
 * word. Arabic, Persian and other joining scripts give one letter, since two would join into something else.
 */
export function initialsOf(name: string): string {
  const firsts = name
    .trim()
    .split(/[\s\-_.]+/u)
    .flatMap((word) => [...word].find((char) => letter.test(char)) ?? []);
  const first = firsts[0];
  if (first === undefined) return '?';
  const last = firsts.length > 1 && !/\p{Script=Arabic}/u.test(first) ? (firsts.at(-1) ?? '') : '';
  return (first + last).toLocaleUpperCase('en');
}
