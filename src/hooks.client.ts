// Before a page wakes up in the browser, and its errors: a code the error page has words for, never the error's own text.
import type { ClientInit, HandleClientError } from '@sveltejs/kit';
import '#lib/i18n/browser.ts';
import { loadWords } from '#lib/i18n/words.ts';

/** Kit waits for it. */
export const init: ClientInit = loadWords;

export const handleError: HandleClientError = ({ status }) =>
  status === 404 ? { message: 'not-found', code: 'not-found' } : { message: 'unknown', code: 'unknown' };
