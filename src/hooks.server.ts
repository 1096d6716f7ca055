// What happens to every page request: who is it, which language, may she, and which headers go with the answer.
import { randomUUID } from 'node:crypto';
import { building } from '$app/environment';
import { error, redirect, type Handle, type HandleServerError, type RequestEvent } from '@sveltejs/kit';
import { helpSheet } from '#lib/features/help/sheet.server.ts';
import { hub } from '#lib/server/hub.ts';
import { disguised } from '#lib/server/disguise.ts';
import { localeOf } from '#lib/server/locale.ts';
import { sendCookie } from '#lib/server/page.ts';
import { isOpenToShutOut, isPublicRoute } from '#lib/server/public-routes.ts';
import { unavailable } from '#lib/server/unavailable.ts';
import { withLocale } from '#lib/server/with-locale.ts';
import { isAppError } from '#shared/errors.ts';
import { directionOf } from '#shared/locales.ts';

/** For the pages before the sign-in, and the help. */
const DOOR = '<script src="/back.js"></script><script src="/keep.js" defer></script>';
const isDoor = (routeId: string | null): boolean => routeId === '/help' || Boolean(routeId?.startsWith('/(auth)/'));

type Resolve = Parameters<Handle>[0]['resolve'];

/** Renders in `locals.locale` and names language and direction in the page's shell. */
function render(event: RequestEvent, resolve: Resolve): Promise<Response> {
  const { locale, actor } = event.locals;
  const transformPageChunk = ({ html }: { html: string }) => {
    const page = html
      .replace('%lang%', locale)
      .replace('%dir%', directionOf(locale))
      .replace('%help%', helpSheet)
      .replace('%door%', isDoor(event.route.id) ? DOOR : '');
    return actor?.disguise ? disguised(page) : page;
  };
  return withLocale(locale, async () => resolve(event, { transformPageChunk }));
}

/** Strangers are sent to sign in and come back; what cannot be repeated after that is refused. */
function turnAway(event: RequestEvent): Response {
  const next = event.url.pathname + event.url.search;
  const signIn = `/sign-in?next=${encodeURIComponent(next)}`;
  if (event.request.method === 'GET' || event.request.method === 'HEAD') redirect(303, signIn);
  if (event.request.headers.get('x-sveltekit-action') === 'true') {
    return Response.json({ type: 'redirect', status: 303, location: '/sign-in' }, { status: 401 });
  }
  error(401, { message: 'auth.required', code: 'auth.required' });
}

/** Who is suspended or banned reads why, and how to object. */
function shutOut(event: RequestEvent): Response {
  if (event.request.method === 'GET' || event.request.method === 'HEAD') redirect(303, '/notices');
  error(403, { message: 'forbidden', code: 'forbidden' });
}

/** Old Safari does not count the websocket of our own origin as 'self'. */
function nameWebsocket(headers: Headers, origin: string): void {
  const policy = headers.get('content-security-policy');
  if (!policy) return;
  const live = origin.replace(/^http/, 'ws');
  headers.set('content-security-policy', policy.replace("connect-src 'self'", `connect-src 'self' ${live}`));
}

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.actor = null;
  event.locals.locale = localeOf(undefined, event.cookies.get('locale'), event.request.headers.get('accept-language'));
  if (building) return render(event, resolve);

  // the help needs the least, and may still be whole
  if (!hub().pagesWhole() && event.route.id !== '/help') return unavailable(event.request, event.locals.locale);
  const userAgent = event.request.headers.get('user-agent')?.slice(0, 300) ?? '';
  event.locals.client = { address: event.getClientAddress(), userAgent };
  const cookie = event.request.headers.get('cookie');
  // known to be away: nobody waits to be told so; strangers' pages need no database
  if (cookie?.includes('session=') && !hub().database.ready()) return unavailable(event.request, event.locals.locale);
  try {
    const found = await hub().accounts.actorFromCookie(cookie);
    if (found) {
      event.locals.actor = found.actor;
      event.locals.locale = found.actor.locale;
      if (found.setCookie) sendCookie(event.cookies, found.setCookie);
    }
  } catch (failure) {
    if (isAppError(failure) && failure.code === 'unavailable') return unavailable(event.request, event.locals.locale);
    throw failure;
  }

  if (!event.locals.actor && !isPublicRoute(event.route.id)) return turnAway(event);
  const { actor } = event.locals;
  if (actor && hub().moderation.shutOut(actor) && !isOpenToShutOut(event.route.id)) return shutOut(event);
  const response = await render(event, resolve);
  // signed-in pages and everything a form answered stay out of every cache, also out of the device's
  if (event.locals.actor || event.request.method !== 'GET') response.headers.set('cache-control', 'no-store');
  // a page depends on the language of whoever asks: nothing between may keep it
  else if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache');
  nameWebsocket(response.headers, hub().config.origin);
  hub().log.debug({ route: event.route.id, status: response.status }, 'page');
  return response;
};

/** Unknown errors reach people as an id that is in the log. */
export const handleError: HandleServerError = ({ error: failure, event, status }) => {
  if (status === 404) return { message: 'not-found', code: 'not-found' };
  if (isAppError(failure)) return { message: failure.code, code: failure.code };
  if (status < 500) return { message: 'input.invalid', code: 'input.invalid' };
  const errorId = randomUUID();
  if (!building) hub().log.error({ err: failure, errorId, route: event.route.id }, 'page failed');
  return { message: 'unknown', code: 'unknown', errorId };
};
