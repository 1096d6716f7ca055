// Small facts about characters that the text functions share: digits of other scripts, direction controls. Pure.

/** Characters that turn or hide what follows them: never shown. Marks (LRM, RLM, ALM) are harmless and stay. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const UNSHOWN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/g;

/** The text as it may be shown: one kind of line break, no direction overrides, no control characters. */
export const displayable = (text: string): string => text.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(UNSHOWN, '');

const DIGITS: readonly [number, number][] = [
  [0x0660, 0x0669], // Arabic
  [0x06f0, 0x06f9], // Persian, Urdu, Kurdish
  [0xff10, 0xff19], // full width
];

/** Digits of Arabic and Persian scripts as 0 to 9. The length stays, so that places in the text stay. */
export function latinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const first = DIGITS.find(([from, to]) => code >= from && code <= to)?.[0] ?? code;
    return String(code - first);
  });
}

export const digitsOf = (text: string): string => text.replace(/[^0-9]/g, '');

/** A place in a text: UTF-16 code units, `end` excluded. */
export interface Range {
  start: number;
  end: number;
}

/** Work done, for the tests that show it grows with the length of the text and no faster. */
export interface Steps {
  count: number;
}
