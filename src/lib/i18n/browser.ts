// Which language the browser speaks: the one the server rendered. Imported once, by the outermost layout.
import { browser } from '$app/environment';
import { overwriteGetLocale } from './generated/runtime.js';
import { BASE_LOCALE, isLocale } from '#shared/locales.ts';

if (browser) {
  overwriteGetLocale(() => {
    const { lang } = document.documentElement;
    return isLocale(lang) ? lang : BASE_LOCALE;
  });
}
