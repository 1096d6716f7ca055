// Which language a request is answered in. Only hooks.server.ts imports it.
import { BASE_LOCALE, isLocale, type Locale } from '#shared/locales.ts';

/** The first of our languages in the browser's order of preference; undefined when there is none. */
function fromAcceptLanguage(header: string | null): Locale | undefined {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...options] = part.trim().toLowerCase().split(';');
      const quality = options.map((option) => /^\s*q=([\d.]+)$/.exec(option)?.[1]).find((found) => found !== undefined);
      return { locale: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    });
  return wishes
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map((wish) => wish.locale)
    .find(isLocale);
}

/** The account's language, else the one chosen on this device, else the browser's, else English. */
export function localeOf(account: Locale | undefined, cookie: string | undefined, accept: string | null): Locale {
  return account ?? (isLocale(cookie) ? cookie : undefined) ?? fromAcceptLanguage(accept) ?? BASE_LOCALE;
}
