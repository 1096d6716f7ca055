// Everything in here is for women who are signed in; strangers go to the sign-in page and come back afterwards.
import { redirect } from '@sveltejs/kit';
import { deciding, firstDayWords } from '#lib/features/accounts/frame-words.ts';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { casesOf, notesOf } from '#lib/features/notifications/count.server.ts';
import { rankOf } from '#shared/accounts.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ parent, url, locals, depends }) => {
  const { me, words } = await parent();
  if (!me) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const notes = await notesOf(actorOf(locals));
  const firstDay = url.searchParams.has('welcome') ? firstDayWords(me.displayName) : null;
  if (rankOf(me.role) < rankOf('moderator')) return { me, notes, firstDay };
  // asked with every page of hers, and when it changes: what others decided does not wait any more
  depends('hub:cases');
  const cases = url.pathname === '' ? 0 : await casesOf(actorOf(locals));
  return { me, notes, firstDay, words: { ...words, ...deciding(cases) } };
};
