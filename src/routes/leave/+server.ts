// The server's half of the quick exit: signs out, has the browser forget this site, and sends it to a neutral page.
import { FORGET } from '#lib/features/accounts/forget.server.ts';
import { LEFT_MARK, NEUTRAL_SITE } from '#lib/features/accounts/leave.ts';
import { hub } from '#lib/server/hub.ts';
import { sendCookie } from '#lib/server/page.ts';
import type { RequestHandler } from './$types';

// A redirect would be stopped by `form-action 'self'`: an empty page that refreshes to elsewhere is not.
const PAGE = `<!doctype html><meta charset="utf-8"><title></title><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${NEUTRAL_SITE}">`;

export const POST: RequestHandler = async ({ locals, cookies }) => {
  if (locals.actor) {
    const { setCookie } = await hub().accounts.signOut(locals.actor);
    sendCookie(cookies, setCookie);
  }
  cookies.delete(LEFT_MARK, { path: '/', httpOnly: false });
  return new Response(PAGE, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...FORGET,
      'referrer-policy': 'no-referrer',
    },
  });
};
