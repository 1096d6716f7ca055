// Errors of the page in the browser: a code the error page has words for, never the error's own text.
import type { HandleClientError } from '@sveltejs/kit';

export const handleError: HandleClientError = ({ status }) =>
  status === 404 ? { message: 'not-found', code: 'not-found' } : { message: 'unknown', code: 'unknown' };
