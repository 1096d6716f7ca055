// The word lists that a new hub begins with, per language. Moderators change their own copy; nothing here is ever blocked silently.
import type { ListAct, ListLanguage } from '#shared/moderation/word-lists.ts';
import { ARABIC } from './arabic.ts';
import { ENGLISH } from './english.ts';
import { GERMAN } from './german.ts';
import { PERSIAN } from './persian.ts';
import { RUSSIAN } from './russian.ts';
import { TURKISH } from './turkish.ts';
import { UKRAINIAN } from './ukrainian.ts';

/** One entry a line. `hold`: hate, threats and scams; `flag`: insults. */
interface StartList {
  hold: string;
  flag: string;
}

const START_LISTS: Record<ListLanguage, StartList> = {
  de: GERMAN,
  en: ENGLISH,
  ar: ARABIC,
  uk: UKRAINIAN,
  ru: RUSSIAN,
  fa: PERSIAN,
  tr: TURKISH,
};

export const startEntries = (language: ListLanguage): { text: string; act: ListAct }[] =>
  (['hold', 'flag'] as const).flatMap((act) =>
    START_LISTS[language][act]
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map((text) => ({ text, act })),
  );
