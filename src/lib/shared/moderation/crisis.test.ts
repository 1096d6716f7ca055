// The phrases at which she is shown the numbers: in seven languages, as people type them; ordinary sentences stay ordinary.
import { expect, test } from 'vitest';
import { soundsLikeCrisis } from './crisis.ts';

test.each([
  'Mein Mann schlägt mich.',
  'was soll ich tun, er schlaegt mich jeden Tag',
  'Ich will nicht mehr leben',
  'Selbstmordgedanken',
  'My husband HITS me',
  'I don’t want to live',
  'suicidal',
  'زوجي يضربني كل يوم',
  'بدّي موت',
  'أريد أن أموت',
  'jozi bydrobni',
  'Чоловік мене б’є',
  'не хочу жити',
  'Муж меня бьет',
  'хочу умереть!!!',
  'شوهرم مرا می\u200cزند',
  'می\u200cخواهم بمیرم',
  'Kocam beni dövüyor',
  'ÖLMEK İSTİYORUM',
])('%s: she sees the numbers', (text) => {
  expect(soundsLikeCrisis(text)).toBe(true);
});

test.each([
  '',
  'Ich schlage mich durch den Papierkram',
  'Die Uhr schlägt zwölf, sagt mein Mann',
  'Ich lebe gern in Chemnitz',
  'My husband hit the road',
  'This traffic is killing me',
  'يضرب الجرس الساعة الثامنة',
  'اريد ان اتعلم',
  'Він б’є м’яч',
  'Хочу жити в Хемніці',
  'Хочу жить в общежитии',
  'می خواهم درس بخوانم',
  'Almanca öğrenmek istiyorum',
])('%s: nothing is shown', (text) => {
  expect(soundsLikeCrisis(text)).toBe(false);
});
