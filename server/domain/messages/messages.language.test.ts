// Which language a message is taken for.
import { expect, test } from 'vitest';
import { languageOf } from './messages.language.ts';

test.each([
  ['de', 'Hallo zusammen, wer kann mir helfen?'],
  ['en', 'Does anyone know a dentist?'],
  ['ar', 'مرحبا، هل يعرف أحد طبيب أسنان؟'],
  ['fa', 'سلام، کسی دندانپزشک می‌شناسد؟'],
  ['uk', 'Привіт, хтось знає стоматолога?'],
  ['ru', 'Привет, кто знает хорошего врача?'],
  ['tr', 'Merhaba, iyi bir diş doktoru bilen var mı?'],
  ['ku', 'Silav, kî bijîşkekî diranan nas dike?'],
  ['ku', 'سڵاو، کێ پزیشکی ددان دەناسێت؟'],
  ['fr', 'Bonjour, qui connaît un dentiste ?'],
])('%s: %s', (lang, text) => {
  expect(languageOf(text)).toBe(lang);
});

test.each(['', 'ok', '👍', '0176 123456', 'https://example.org/wohnung', 'me@example.org', '\u200b\u202e'])(
  'no language is claimed for "%s"',
  (text) => {
    expect(languageOf(text)).toBeNull();
  },
);

test('a link in a message does not change its language', () => {
  expect(languageOf('Хто знає, що це? https://www.example.org/housing-office/english/help')).toBe('uk');
});

test('the longest text costs no more than a few milliseconds', () => {
  languageOf('warm');
  const began = performance.now();
  for (let n = 0; n < 20; n++) languageOf('Does anyone know a dentist? '.repeat(140));
  expect((performance.now() - began) / 20).toBeLessThan(10);
});
