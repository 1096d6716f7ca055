// The cases of the word filter, and what can be counted of them by program: which trick a text uses, what it only resembles. Tests only.
import { LIST_LANGUAGES, type ListLanguage } from '#shared/moderation/word-lists.ts';
import { fold } from '#shared/search/fold.ts';
import { startEntries } from '#server/domain/moderation/start-lists/index.ts';
import { BAD } from './word-cases.bad.ts';
import { DISGUISED } from './word-cases.disguised.ts';
import { HARMLESS } from './word-cases.harmless.ts';
import { PLAIN } from './word-cases.plain.ts';

type Cases = Record<ListLanguage, string[]>;
const linesOf = (text = ''): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
const together = (...parts: Record<string, string>[]): Cases =>
  Object.fromEntries(
    LIST_LANGUAGES.map((language) => [language, parts.flatMap((part) => linesOf(part[language]))]),
  ) as Cases;

export const badCases = together(BAD, DISGUISED);
export const harmlessCases = together(HARMLESS, PLAIN);

const ALL: readonly ListLanguage[] = LIST_LANGUAGES;
const HIDDEN = /[\p{Cf}\u034f]/gu;
const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
const bare = (text: string): string => text.replaceAll(HIDDEN, '').normalize('NFC');
const isArabic = (language: ListLanguage): boolean => language === 'ar' || language === 'fa';
/** Marks that the language itself writes on its letters. */
const OWN_MARKS: Partial<Record<ListLanguage, RegExp>> = {
  de: /[aou]\u0308/gi,
  tr: /[ou]\u0308|[sc]\u0327|g\u0306|i\u0307/gi,
  uk: /\u0456\u0308|\u0438\u0306/gi,
  ru: /\u0435\u0308|\u0438\u0306/gi,
};
const withoutOwn = (text: string, language: ListLanguage): string => {
  const own = OWN_MARKS[language];
  return own ? text.normalize('NFD').replaceAll(own, '') : text.normalize('NFD');
};

/** A trick: who can play it, and how it is known. */
const TRICKS = {
  'letters of other shapes': { in: ALL, used: (text) => bare(text) !== bare(text).normalize('NFKC') },
  'marks on letters': {
    in: ALL,
    used: (text, language) =>
      isArabic(language)
        ? /\u0640|\p{Script=Arabic}\p{M}/u.test(text)
        : /[\p{Script=Latin}\p{Script=Cyrillic}]\p{M}/u.test(withoutOwn(text, language)),
  },
  'neighbours in the Arabic script': {
    in: ['ar', 'fa'],
    used: (text, language) =>
      (language === 'fa'
        ? /[\u0643\u064a\u0649\u0629\u0623]/
        : /[\u0622\u0623\u0625\u0649\u06a9\u06cc]|\u0647(?!\p{L})/u
      ).test(text),
  },
  'look-alikes of another script': {
    in: ['de', 'en', 'uk', 'ru', 'tr'],
    used: (text) =>
      bare(text)
        .split(/\s+/)
        .some((word) => SCRIPTS.filter((script) => script.test(word)).length > 1 || /[\u1d00-\u1d2b\u0131]/.test(word)),
  },
  'digits and signs for letters': { in: ALL, used: (text) => /\p{L}[0-9@$]|[0-9@$]\p{L}/u.test(text) },
  'another script in Latin letters': {
    in: ['ar', 'uk', 'ru', 'fa'],
    used: (text) => /[a-z]{2}/i.test(bare(text)) && !/[\p{Script=Arabic}\p{Script=Cyrillic}]/u.test(text),
  },
  'what nobody sees': { in: ALL, used: (text) => new RegExp(HIDDEN, 'u').test(text) },
  'letters apart': {
    in: ALL,
    used: (text) => /(?<![\p{L}\p{M}])(?:[\p{L}\p{N}]\p{M}*[\s.\-_]+){2,}\p{L}|\p{L}[.\-_*]+\p{L}/u.test(text),
  },
  'letters held down': { in: ALL, used: (text) => /(\p{L})\1\1/u.test(bare(text)) },
} satisfies Record<string, { in: readonly ListLanguage[]; used(text: string, language: ListLanguage): boolean }>;

export const TRICK_NAMES = Object.keys(TRICKS) as (keyof typeof TRICKS)[];
export const playedIn = (trick: keyof typeof TRICKS): readonly ListLanguage[] => TRICKS[trick].in;
export const tricksOf = (text: string, language: ListLanguage): (keyof typeof TRICKS)[] =>
  TRICK_NAMES.filter((trick) => playedIn(trick).includes(language) && TRICKS[trick].used(text, language));

const STEMS = [
  ...new Set(
    LIST_LANGUAGES.flatMap((language) => startEntries(language).flatMap(({ text }) => text.split(' ').map(fold))),
  ),
].filter((stem) => stem.length >= 3);
/** Like "Scunthorpe": has the letters of an entry, or all of them but the last, within its own. */
export function resembles(text: string): boolean {
  const letters = fold(text);
  return STEMS.some((stem) => letters.includes(stem.length > 3 ? stem.slice(0, -1) : stem));
}
