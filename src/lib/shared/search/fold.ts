// Brings every way of writing a word to one: case, diacritics, umlauts, letters of two alphabets that look alike. For the search only.

/** Apostrophes as keyboards and languages write them; one code unit each, so that places in a text stay the same. */
const APOSTROPHES = /[\u2019\u02bc\u2018\u0060\u00b4\u2032\uff07]/g;
export const withPlainApostrophes = (text: string): string => text.replaceAll(APOSTROPHES, "'");

/** What stays different from its base letter although it can be taken apart. */
const KEPT: [RegExp, string][] = [
  [/\u0438\u0306/g, 'й'],
  [/\u0456\u0308/g, 'ї'],
];

const LETTERS: Record<string, string> = {
  ı: 'i',
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  æ: 'a',
  œ: 'o',
  ґ: 'г',
  // Arabic and Persian: forms of alif, ya, kaf and ha; the dead letter of decoration
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ک: 'ك',
  ڪ: 'ك',
  ة: 'ه',
  ە: 'ه',
  ھ: 'ه',
  ہ: 'ه',
  ـ: '',
};
const FOLDED = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** Digits of Arabic (0660) and Persian (06f0) as ASCII. */
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const digit = (letter: string): string => String(letter.charCodeAt(0) & 0x0f);

/** Umlauts written as two letters, "ue" only where it is no other pair (neue, Frauen, Quelle). */
const withoutPairs = (word: string): string =>
  word
    .replaceAll('ae', 'a')
    .replaceAll('oe', 'o')
    .replaceAll(/(?<![aeiouq])ue/g, 'u');

/** One word, folded: "Ausländerbehörde", "Auslaenderbehoerde" and "AUSLANDERBEHORDE" are the same. May be empty. */
export function fold(word: string): string {
  let folded = word
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{Cf}/gu, '')
    .normalize('NFD');
  for (const [pair, letter] of KEPT) folded = folded.replaceAll(pair, letter);
  folded = folded
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(FOLDED, (letter) => LETTERS[letter] ?? letter)
    .replaceAll(DIGITS, digit)
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  return /[a-z]/.test(folded) ? withoutPairs(folded) : folded;
}
