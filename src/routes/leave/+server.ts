// The server's half of the quick exit: signs out, has the browser forget this site, and sends it to a neutral page.
import { hub } from '#lib/server/hub.ts';
import { sendCookie } from '#lib/server/page.ts';
import { exitSiteOf } from '#shared/exit.ts';
import type { RequestHandler } from './$types';

// A redirect would be stopped by `form-action 'self'`: an empty page that refreshes to elsewhere is not.
const pageTo = (address: string): string =>
  `<!doctype html><meta charset="utf-8"><title></title><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${address}">`;

export const POST: RequestHandler = async ({ locals, cookies }) => {
  if (locals.actor) {
    const { setCookie } = await hub().accounts.signOut(locals.actor);
    sendCookie(cookies, setCookie);
  }
  // all of them: the language she reads would tell of her too
  for (const { name } of cookies.getAll()) {
    if (!name.includes('session')) cookies.delete(name, { path: '/', httpOnly: false });
  }
  return new Response(pageTo(exitSiteOf(locals.actor?.exitTo)), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'clear-site-data': '"storage", "cookies"',
      'referrer-policy': 'no-referrer',
    },
  });
};
