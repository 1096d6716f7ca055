// Everything in here is for women who are signed in; strangers go to the sign-in page and come back afterwards.
import { redirect } from '@sveltejs/kit';
import { firstDayWords } from '#lib/features/accounts/frame-words.ts';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { notesOf } from '#lib/features/notifications/count.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ parent, url, locals }) => {
  const { me } = await parent();
  if (!me) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const notes = await notesOf(actorOf(locals));
  return { me, notes, firstDay: url.searchParams.has('welcome') ? firstDayWords(me.displayName) : null };
};
