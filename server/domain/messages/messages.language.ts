// Which language a text is in, as far as a few words tell. Pure; imported by the verbs that write.
import { detectAll } from 'tinyld';
import { COMMUNITY_LANGUAGES } from '#shared/text/languages.ts';

/** The detector does not know Kurdish, whose Latin letters it takes for Turkish; it does not mix these two sorts. */
const KURDISH = /[êîûÊÎÛ]/u;
const TURKISH = /[ğıöüĞİÖÜ]/u;
/** Sorani, in Arabic letters. */
const SORANI = /[ێۆڕڵ]/u;

const CERTAIN = 0.15;
const CLEARER = 1.3;
/** Links, addresses and numbers say nothing about the language. */
const NO_WORDS = /\S*[@/\\:]\S*|www\.\S+|\S+\.(?:de|com|org|net|eu|info)\b\S*|\d+/giu;
/** Words of offices, which every language here borrows: long with a capital inside of a sentence, or with German letters. */
const OFFICE_WORDS = /(?<=[\p{L}\p{N},;)»“”'’-]\s+)\p{Lu}\p{L}{6,}|\p{Lu}\p{L}*[äöüß]\p{L}*/gu;
/** So much of a text is enough. */
const ENOUGH = 600;

/** Small words of languages in Latin letters, none of two of them: they tell more than the letters of long ones. */
const SMALL: readonly [string, ReadonlySet<string>][] = Object.entries({
  de: 'der die das den dem ein eine einen und oder ich ihr wir nicht ist sind hat habe wo wie wer mit für bei beim im vom zum zur jemand auf auch',
  en: 'the a and or i you we my is are has have how what where who to of for from with at it do does can need anyone anybody not',
  fr: 'le la les un une et ou je tu vous nous mon ma pas est sont avec pour où qui que dans chez',
  tr: 've bir bu için ile nasıl nerede nereden kim değil çok var yok mı mi benim bana',
}).map(([lang, words]) => [lang, new Set(words.split(' '))]);
/** So many more than of any other language. */
const MORE = 2;
const NOT_LATIN = /[\p{L}--\p{Script=Latin}]/v;

function bySmallWords(words: string): string | null {
  const all = words.toLowerCase().match(/\p{L}+/gu) ?? [];
  const counts = SMALL.map(([lang, small]) => ({ lang, count: all.filter((word) => small.has(word)).length }));
  const [first, second] = counts.sort((one, other) => other.count - one.count);
  return first && first.count >= (second?.count ?? 0) + MORE ? first.lang : null;
}

type Guess = { lang: string; accuracy: number };
const guesses = (words: string): Guess[] => detectAll(words, { only: [...COMMUNITY_LANGUAGES] });

/** The first of them where it is clear; where two are close, the one that is her own. */
function clearest([best, second]: readonly Guess[], own: string | null): string | null {
  if (!best || best.accuracy < CERTAIN) return null;
  if (!second || best.accuracy >= second.accuracy * CLEARER) return best.lang;
  return own !== null && [best.lang, second.lang].includes(own) ? own : null;
}

/** What looks German may be another language with a few words of offices in it: looked at again without them. */
function withoutOffices(words: string, own: string | null): string | null {
  const rest = words.replaceAll(OFFICE_WORDS, ' ');
  if (rest === words || !/\p{L}/u.test(rest)) return 'de';
  const found = guesses(rest);
  const again = clearest(found, own);
  if (again !== null) return again;
  // a few words are left that tell little: if they can be hers, they are
  return own !== null && found.some(({ lang }) => lang === own) ? own : found[0]?.lang === 'de' ? 'de' : null;
}

/**
 * ISO 639-1 of one of COMMUNITY_LANGUAGES, null when it is unclear. `own`: the language in which she uses these pages, for
 * what is close. Less than a millisecond.
 */
export function languageOf(text: string, own: string | null = null): string | null {
  const words = text.slice(0, ENOUGH).replaceAll(NO_WORDS, ' ');
  if (!/\p{L}/u.test(words)) return null;
  if (SORANI.test(words)) return 'ku';
  const small = bySmallWords(words);
  // where they decide whatever the detector says, it need not be asked: it costs most of a post's own work
  if (small !== null && !NOT_LATIN.test(words) && !KURDISH.test(words)) return small;
  const found = guesses(words);
  const [best] = found;
  if (KURDISH.test(words) && !TURKISH.test(words) && (!best || best.lang === 'tr')) return 'ku';
  const lang = clearest(found, own);
  if (lang !== null && !SMALL.some(([latin]) => latin === lang)) return lang;
  return small ?? (lang === 'de' ? withoutOffices(words, own) : lang);
}
