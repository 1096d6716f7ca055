// The language a device was set to before anyone signed in; an account's own language wins over it.
import type { Cookies } from '@sveltejs/kit';
import type { Locale } from '#shared/locales.ts';

const YEAR = 365 * 24 * 60 * 60;

/** Not secret, and read by the offline page: so not HttpOnly. */
export function rememberLocale(cookies: Cookies, locale: Locale, secure: boolean): void {
  cookies.set('locale', locale, { path: '/', maxAge: YEAR, sameSite: 'lax', httpOnly: false, secure });
}
