// Invitation and reset codes: easy to read aloud, hard to guess. Only this area imports it.
import { randomBytes } from 'node:crypto';
import { hashToken } from '../kernel/ids.ts';

/** Crockford's alphabet: no I, L, O, U. Sixteen of them are 80 random bits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** Letters that look like one of the alphabet: read wrong, or typed on a Cyrillic keyboard. */
const LOOKALIKES: Record<string, string> = {
  O: '0',
  I: '1',
  L: '1',
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  О: '0',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  І: '1',
};

/** The stored form of a code that `makeCode` made. */
export function hashOf(code: string): string {
  const hash = hashCode(code);
  if (hash === null) throw new Error('not a code of this hub');
  return hash;
}

/** A new code such as `7KQ2-M9XD-04TA-HW3Z`. */
export function makeCode(): string {
  const letters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % 32] ?? '0');
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** Arabic-Indic digits, both kinds, have their value in the last four bits of the code point. */
const latinDigit = (digit: string): string => String((digit.codePointAt(0) ?? 0) & 15);

/** What is stored and looked up: the hash of the code as it was meant; null when it cannot be one. */
export function hashCode(typed: string): string | null {
  const plain = [
    ...typed
      .normalize('NFKC')
      .replace(/[٠-٩۰-۹]/g, latinDigit)
      .toUpperCase(),
  ]
    .filter((letter) => !/[\s\p{Pd}\p{Cf}._]/u.test(letter))
    .map((letter) => LOOKALIKES[letter] ?? letter);
  if (plain.length !== LENGTH || !plain.every((letter) => ALPHABET.includes(letter))) return null;
  return hashToken(plain.join(''));
}
