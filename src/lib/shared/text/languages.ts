// The languages that the community writes in, each under its own name. Pure; both sides load it.

/** ISO 639-1. Messages are told apart among these, and "languages I read" are chosen from them. */
export const COMMUNITY_LANGUAGES = ['de', 'en', 'ar', 'uk', 'ru', 'fa', 'tr', 'ku', 'fr'] as const;
export type CommunityLanguage = (typeof COMMUNITY_LANGUAGES)[number];

const NAMES: Record<CommunityLanguage, string> = {
  de: 'Deutsch',
  en: 'English',
  ar: 'العربية',
  uk: 'Українська',
  ru: 'Русский',
  fa: 'فارسی / دری',
  tr: 'Türkçe',
  ku: 'Kurdî',
  fr: 'Français',
};
const RIGHT_TO_LEFT = new Set<string>(['ar', 'fa']);

export const isCommunityLanguage = (code: unknown): code is CommunityLanguage =>
  COMMUNITY_LANGUAGES.includes(code as CommunityLanguage);

/** The language under its own name; the code itself when it is not one of the community's. */
export const languageName = (code: string): string => (isCommunityLanguage(code) ? NAMES[code] : code);

/** For the `dir` of a name or text in this language. */
export const languageDirection = (code: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(code) ? 'rtl' : 'ltr');
