// The one adapter between the hub's errors and SvelteKit: loads and actions use it, nothing else translates errors.
import { error as kitError, fail, type ActionFailure, type Cookies } from '@sveltejs/kit';
import { isAppError, type ErrorCode, type ErrorView } from '#shared/errors.ts';

const STATUS: Partial<Record<ErrorCode, number>> = {
  'auth.required': 401,
  forbidden: 403,
  'origin.refused': 403,
  'not-found': 404,
  'auth.invitation-invalid': 404,
  conflict: 409,
  'auth.name-taken': 409,
  'message.id-reused': 409,
  'payload.too-large': 413,
  'rate.limited': 429,
  unknown: 500,
  unavailable: 503,
};
const statusOf = (code: ErrorCode): number => STATUS[code] ?? 400;

const viewOf = ({ code, params }: ErrorView): ErrorView => (params ? { code, params } : { code });

/** For actions: the form keeps what was typed and shows `form.error`. Rethrows what is not the hub's. */
export function asFail(error: unknown): ActionFailure<{ error: ErrorView }> {
  if (!isAppError(error)) throw error;
  return fail(statusOf(error.code), { error: viewOf(error) });
}

/** For loads: the error page with the hub's code. Always raises. */
export function asPageError(error: unknown): never {
  if (!isAppError(error)) throw error;
  return kitError(statusOf(error.code), { message: error.code, ...viewOf(error) });
}

/** Sends a cookie that the hub made (a whole `Set-Cookie` line); a later one of the same name replaces it. */
export function sendCookie(cookies: Cookies, setCookie: string): void {
  const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const given = new Map(
    attributes.map((attribute) => {
      const [name = '', value = ''] = attribute.split('=');
      return [name.toLowerCase(), value] as const;
    }),
  );
  const maxAge = given.get('max-age');
  const expires = given.get('expires');
  cookies.set(pair.slice(0, at), pair.slice(at + 1), {
    path: given.get('path') ?? '/',
    httpOnly: given.has('httponly'),
    secure: given.has('secure'),
    sameSite: given.get('samesite')?.toLowerCase() === 'strict' ? 'strict' : 'lax',
    encode: (value) => value,
    ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
    ...(expires === undefined ? {} : { expires: new Date(expires) }),
  });
}
