// Everything a request renders speaks its language. Only hooks.server.ts imports it.
import { AsyncLocalStorage } from 'node:async_hooks';
import { overwriteGetLocale } from '#lib/i18n/generated/runtime.js';
import { BASE_LOCALE, type Locale } from '#shared/locales.ts';

const current = new AsyncLocalStorage<Locale>();
overwriteGetLocale(() => current.getStore() ?? BASE_LOCALE);

/** Everything rendered inside `run` speaks `locale`. */
export const withLocale = <T>(locale: Locale, run: () => T): T => current.run(locale, run);
