// Codes survive being read aloud, copied badly and typed on another keyboard.
import { expect, test } from 'vitest';
import { hashCode, hashOf, makeCode } from './codes.ts';

test('a code has four groups of four letters that cannot be mistaken for others', () => {
  for (let n = 0; n < 200; n++) expect(makeCode()).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
});

test('two thousand codes are all different', () => {
  expect(new Set(Array.from({ length: 2000 }, makeCode)).size).toBe(2000);
});

test.each([
  ['small letters', '7kq2-m9xd-01ta-hw3z'],
  ['no dashes', '7KQ2M9XD01TAHW3Z'],
  ['spaces and other dashes', ' 7KQ2 M9XD–01TA—HW3Z '],
  ['O for zero, I and L for one', '7KQ2-M9XD-OITA-HW3Z'],
  ['a small L for one', '7KQ2-M9XD-0lTA-HW3Z'],
  ['Cyrillic letters that look the same', '7КQ2-М9ХD-01ТА-НW3Z'],
  ['Arabic digits', '٧KQ٢-M٩XD-٠١TA-HW٣Z'],
  ['Persian digits', '۷KQ۲-M۹XD-۰۱TA-HW۳Z'],
  ['wide letters', '７ＫＱ２-Ｍ９ＸＤ-０１ＴＡ-ＨＷ３Ｚ'],
  ['an invisible mark from a chat', '\u200e7KQ2-M9XD-01TA-HW3Z\u200f'],
])('%s: the same code', (_what, typed) => {
  expect(hashCode(typed)).toBe(hashOf('7KQ2-M9XD-01TA-HW3Z'));
});

test.each([
  ['nothing', ''],
  ['too short', '7KQ2-M9XD-01TA'],
  ['too long', '7KQ2-M9XD-01TA-HW3Z-1'],
  ['a letter that no code has', '7KQ2-M9XD-01TA-HW3U'],
  ['signs', "7KQ2-M9XD-01TA-HW3'"],
])('%s: no code', (_what, typed) => {
  expect(hashCode(typed)).toBeNull();
});

test('the stored form does not contain the code', () => {
  const code = makeCode();
  expect(hashOf(code)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf(code).toUpperCase()).not.toContain(code.replaceAll('-', ''));
});
