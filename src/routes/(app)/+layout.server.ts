// Everything in here is for women who are signed in; strangers go to the sign-in page and come back afterwards.
import { redirect } from '@sveltejs/kit';
import { hub } from '#lib/server/hub.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url }) => {
  if (!locals.actor) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  return { me: hub().accounts.me(locals.actor) };
};
