// The interface languages and how each is written. Pure; both sides load it.

export const LOCALES = ['de', 'en', 'ar', 'uk'] as const;
export type Locale = (typeof LOCALES)[number];
export const BASE_LOCALE: Locale = 'en';

/** Every language under its own name: a newcomer must find hers without reading another one. */
export const LOCALE_NAMES: Record<Locale, string> = {
  de: 'Deutsch',
  en: 'English',
  ar: 'العربية',
  uk: 'Українська',
};

export const isLocale = (value: unknown): value is Locale => LOCALES.includes(value as Locale);

export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');

/** A text in every interface language. */
export type LocalizedText = Record<Locale, string>;
