// The code of a stranger who asked to join, kept by her browser, and whether she may ask. Only +page.server.ts files import it.
import type { Cookies } from '@sveltejs/kit';
import { hub } from '#lib/server/hub.ts';
import { ASKING } from '#shared/asking.limits.ts';

// at the root, so that the quick exit takes it along
const NAME = 'asked';
const PLACE = { path: '/', httpOnly: true, sameSite: 'lax' } as const;

export const askedCode = (cookies: Cookies): string | null => cookies.get(NAME) ?? null;

export const rememberAsked = (cookies: Cookies, code: string, secure: boolean): void =>
  cookies.set(NAME, code, { ...PLACE, secure, maxAge: (ASKING.openDays + ASKING.answerDays) * 24 * 60 * 60 });

export const forgetAsked = (cookies: Cookies): void => cookies.delete(NAME, PLACE);

/** For a link; when the database is away there is none. */
export const mayAsk = (): Promise<boolean> =>
  hub()
    .asking.offer()
    .then(
      (offer) => offer === 'open',
      () => false,
    );
