// The texts that are sent: 100 characters of plain German, each with a marker of its own. Bench only.

/** Letters only: a number could be taken for one of a telephone, and wait for a moderator. */
const LETTERS = 'abcdefghij';
const LENGTH = 100;
const WORDS =
  ' Wer weiß, welches Amt am Mittwoch offen hat und ob man dort einen Termin braucht? Danke euch allen sehr.';

/** `tag`: letters that no other run uses. */
export function textOf(marker: number, tag: string): string {
  const name = [...String(marker)].map((digit) => LETTERS[Number(digit)] ?? '').join('');
  return `${tag}-${name}.${WORDS}`.slice(0, LENGTH);
}

/** The marker in a text of this run, null in any other. */
export function markerOf(text: string, tag: string): number | null {
  const end = text.indexOf('.');
  if (end < 0 || !text.startsWith(`${tag}-`)) return null;
  const digits = [...text.slice(tag.length + 1, end)].map((letter) => LETTERS.indexOf(letter));
  return digits.length > 0 && !digits.includes(-1) ? Number(digits.join('')) : null;
}
