// Phrases for violence and self-harm, per language: at them her own device shows her the numbers. Pure; loaded late, beside where
// she writes. Nobody is told. Not yet reviewed by native speakers (moderators see that on the page of the word lists).
import { fold } from '../search/fold.ts';

/** One phrase a line; `*` behind a word: with any ending. */
const PHRASES = `
er schlägt mich
mein mann schlägt mich
schlägt mich und
er schlägt die kinder
er hat mich geschlagen
er hat mich gewürgt
er würgt mich
er bedroht mich
droht mich umzubringen
er will mich umbringen
hat mich vergewaltigt
zwingt mich zum sex
er sperrt mich ein
darf nicht aus dem haus
ich habe angst vor meinem mann
ich will nicht mehr leben
ich möchte nicht mehr leben
ich will sterben
ich möchte sterben
ich bring mich um
ich bringe mich um
mich umbringen
ich will mich verletzen
selbstmord*
suizid*
he hits me
he beats me
my husband hits me
my husband beats me
he hit me
he choked me
he threatens me
he threatens to kill me
he wants to kill me
he raped me
raped me
he locks me in
i am afraid of my husband
i'm afraid of my husband
i want to die
i don't want to live
i do not want to live
kill myself
hurt myself
end my life
suicid*
زوجي يضربني
يضربني
ضربني
عم يضربني
بيضربني
يهددني
عم يهددني
بيهددني
هددني بالقتل
يريد قتلي
بده يقتلني
يقتلني
اغتصبني
خنقني
يحبسني
حابسني في البيت
اخاف من زوجي
خايفة من زوجي
اريد ان اموت
بدي موت
بدي اموت
لا اريد ان اعيش
ما بدي عيش
انتحر*
الانتحار
سأقتل نفسي
اقتل نفسي
اذي نفسي
jozi bydrobni
bydrobni
yadrobni
biddi mout
bedi amout
чоловік мене б'є
чоловік б'є мене
він б'є мене
він мене б'є
він мене вдарив
він мене душив
він погрожує мені
погрожує мене вбити
хоче мене вбити
мене зґвалтував
зґвалтував мене
замикає мене
боюся чоловіка
боюся свого чоловіка
не хочу жити
не хочу більше жити
хочу померти
вбити себе
накласти на себе руки
самогубств*
муж меня бьёт
муж бьёт меня
он меня бьёт
он бьёт меня
он меня ударил
он меня душил
он мне угрожает
угрожает меня убить
хочет меня убить
меня изнасиловал
изнасиловал меня
запирает меня
боюсь мужа
боюсь своего мужа
не хочу жить
не хочу больше жить
хочу умереть
убить себя
покончить с собой
самоубийств*
muzh menya bet
muzh menya biet
cholovik mene bye
ne khochu zhyty
ne hochu zhit
شوهرم مرا می زند
شوهرم منو میزنه
مرا می زند
منو میزنه
مرا کتک می زند
کتکم میزنه
تهدیدم می کند
تهدیدم میکنه
می خواهد مرا بکشد
میخواد منو بکشه
به من تجاوز کرد
بهم تجاوز کرد
مرا حبس کرده
از شوهرم می ترسم
از شوهرم میترسم
می خواهم بمیرم
میخوام بمیرم
نمی خواهم زنده باشم
نمیخوام زنده باشم
خودم را بکشم
خودمو بکشم
خودکشی
kocam beni dövüyor
eşim beni dövüyor
beni dövüyor
bana vuruyor
beni dövdü
boğazımı sıktı
beni tehdit ediyor
beni öldürecek
beni öldürmekle
bana tecavüz
beni eve kilitliyor
kocamdan korkuyorum
eşimden korkuyorum
ölmek istiyorum
yaşamak istemiyorum
kendimi öldür*
kendime zarar
intihar*
`;

/** Punctuation parts words, apostrophes do not. */
const wordsOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll('\u200c', ' ') // the half space of Persian
    .replaceAll(/['’ʼ]/g, '')
    .split(/[^\p{L}\p{M}\p{N}\p{Cf}]+/u)
    .map(fold)
    .filter(Boolean)
    .join(' ');

const NEEDLES = PHRASES.split('\n')
  .filter(Boolean)
  .map((phrase) => ` ${wordsOf(phrase)}${phrase.endsWith('*') ? '' : ' '}`);

/** Whether to show her the numbers. Long texts are looked at from their end, where she writes. */
export function soundsLikeCrisis(text: string): boolean {
  const own = ` ${wordsOf(text.slice(-4000))} `;
  return NEEDLES.some((needle) => own.includes(needle));
}
