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

test.each([
  ['en', 'You can use the doctor search of the Kassenärztliche Vereinigung: 116117.de'],
  ['en', 'I got a letter from the Ausländerbehörde, what should I do?'],
  ['en', 'The Jobcenter wants my Mietbescheinigung and the Nebenkostenabrechnung'],
  ['en', 'Does anybody know how long the Anmeldung at the Bürgeramt takes?'],
  ['en', 'My Aufenthaltstitel ends in May'],
  ['en', 'Where do I get the Wohnungsgeberbestätigung?'],
  ['en', 'You need the Anmeldebestätigung, then the Krankenkasse sends you the card'],
  ['tr', 'Ausländerbehörde randevusu nasıl alınır?'],
  ['tr', 'Jobcenter benden Mietbescheinigung istiyor, nereden alabilirim?'],
  ['tr', 'Krankenkasse kartım gelmedi, ne yapmalıyım?'],
  ['uk', 'Хто був у Ausländerbehörde з Fiktionsbescheinigung?'],
  ['uk', 'Мені потрібна Wohnungsgeberbestätigung для Anmeldung'],
  ['ar', 'كيف أحصل على Wohnungsgeberbestätigung من صاحب البيت؟'],
  ['ar', 'عندي موعد في Ausländerbehörde غدا ومعي Fiktionsbescheinigung'],
  ['fr', 'Je dois aller à la Ausländerbehörde avec la Meldebescheinigung'],
])('German words of offices make it no German: %s: %s', (lang, text) => {
  expect(languageOf(text)).toBe(lang);
  expect(languageOf(text, lang)).toBe(lang);
});

test.each([
  'Die Ausländerbehörde hat mir einen Termin gegeben',
  'Wohnungsgeberbestätigung',
  'Termin beim Jobcenter morgen',
  'Ich brauche die Mietbescheinigung vom Vermieter',
  'Hat jemand Erfahrung mit der Familienkasse in Bamberg?',
  'Wo bekomme ich den Wohnberechtigungsschein?',
  'Morgen um zehn im Bürgeramt, bringt die Unterlagen mit!',
  'Danke für die Adresse der Kassenärztlichen Vereinigung: 116117.de',
])('German with words of offices stays German: %s', (text) => {
  expect(languageOf(text)).toBe('de');
  expect(languageOf(text, 'de')).toBe('de');
  expect(['de', null]).toContain(languageOf(text, 'uk'));
});

test('where two languages are close, it is taken for the one she uses, and for neither where she uses another', () => {
  const text = 'добрий день, спасибо';
  expect(['uk', 'ru', 'de', null].map((own) => languageOf(text, own))).toEqual(['uk', 'ru', null, null]);
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
