// Everything in here is for women who are signed in; strangers go to the sign-in page and come back afterwards.
import { redirect } from '@sveltejs/kit';
import { firstDayWords } from '#lib/features/accounts/frame-words.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ parent, url }) => {
  const { me } = await parent();
  if (!me) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  return { me, firstDay: url.searchParams.has('welcome') ? firstDayWords(me.displayName) : null };
};
