// Who is looking, for every page; and the quick exit that could not reach the hub: it is made good before anything shows.
import { redirect } from '@sveltejs/kit';
import { errorWords, frameWords } from '#lib/features/accounts/frame-words.ts';
import { LEFT_MARK } from '#lib/features/accounts/leave.ts';
import { hub } from '#lib/server/hub.ts';
import { sendCookie } from '#lib/server/page.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, cookies, setHeaders }) => {
  const words = { words: frameWords(), errorWords: errorWords() };
  if (!locals.actor) {
    if (cookies.get(LEFT_MARK)) cookies.delete(LEFT_MARK, { path: '/', httpOnly: false });
    return { me: null, ...words };
  }
  if (cookies.get(LEFT_MARK)) {
    const { setCookie } = await hub().accounts.signOut(locals.actor);
    sendCookie(cookies, setCookie);
    cookies.delete(LEFT_MARK, { path: '/', httpOnly: false });
    setHeaders({ 'clear-site-data': '"storage"' });
    redirect(303, '/sign-in');
  }
  return { me: hub().accounts.me(locals.actor), ...words };
};
