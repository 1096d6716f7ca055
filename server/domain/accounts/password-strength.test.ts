// Weak passwords are refused, strong ones of any kind are not.
import { expect, test } from 'vitest';
import { isWeakPassword } from './password-strength.ts';

const OWN = ['leila.k', 'Leila Kaplan', 'Strong Together'];

test.each([
  ['digits in a row', '1234567890'],
  ['digits in a row, twice', '12345678901234567890'],
  ['a phone number', '015112345678'],
  ['a date', '24.12.1990!'],
  ['one letter', 'aaaaaaaaaaaaaa'],
  ['two letters', 'abababababab'],
  ['a repeated piece', 'xkqxkqxkqxkqxkq'],
  ['a German row of keys', 'qwertzuiop'],
  ['an English row of keys', 'qwertyuiop1'],
  ['rows of keys one after the other', 'qwertzasdfgh'],
  ['a zigzag over the keys', '1q2w3e4r5t6z'],
  ['columns of keys', '1qaz2wsx3edc'],
  ['a row backwards', 'poiuztrewq'],
  ['a Ukrainian row of keys', 'йцукенгшщз'],
  ['an Arabic row of keys', 'ضصثقفغعهخح'],
  ['the alphabet', 'abcdefghijkl'],
  ['a word with digits', 'password123'],
  ['a word with a year and a sign', 'Passwort2024!'],
  ['a word in leet', 'P@ssw0rd12345'],
  ['a word twice', 'passwordpassword'],
  ['two words', 'iloveyouschatz'],
  ['a season and a year', 'Sommer2025!'],
  ['names and a year', 'MohammedFatima1988'],
  ['a word in Cyrillic', 'пароль123456'],
  ['words in Arabic', 'كلمةالسر123'],
  ['a city and a year', 'chemnitz09111'],
  ['one word of no list', 'Zuckertuete'],
  ['one word of no list with a year', 'Brotdose1997'],
  ['letters and digits in turn', 'a1b2c3d4e5f6'],
  ['her user name', 'leila.k2024!!'],
  ['her display name', 'KaplanLeila99'],
  ['the hub', 'strongtogether1'],
  ['the hub, spelled otherwise', 'Str0ng-T0gether!'],
])('%s is refused', (_what, password) => {
  expect(isWeakPassword(password, OWN)).toBe(true);
});

test.each([
  ['random letters', 'vfk29xqmzt'],
  ['a sentence', 'meine nachbarin kocht donnerstags linsensuppe'],
  ['a sentence with her name in it', 'leila trinkt jeden tag drei tassen mokka'],
  ['several uncommon words', 'gabel wolke treppe fenster'],
  ['Arabic words', 'قطار أزرق فوق الجسر القديم'],
  ['Ukrainian words', 'вишневий трамвай чекає вдома'],
  ['generated letters', 'kQwzHvTnRb'],
  ['a generated one', 'T7#rq-Lw9!xz'],
])('%s is taken', (_what, password) => {
  expect(isWeakPassword(password, OWN)).toBe(false);
});

test('the longest password is judged quickly', () => {
  const started = performance.now();
  isWeakPassword('ab1!'.repeat(16) + 'Xy9-'.repeat(16), OWN);
  expect(performance.now() - started).toBeLessThan(500);
});
