// "I need help with this" (`?room=&message=`): straight to the queue where one is open, else she chooses.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { helpFor, messageOf } from '#lib/features/office-hours/help.server.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = actorOf(locals);
  const from = await messageOf(actor, url.searchParams).catch(asPageError);
  if (!from) redirect(303, '/drop-in');
  const { open, later } = await helpFor(actor, from.slug).catch(asPageError);
  const query = `?room=${from.roomId}&message=${from.messageId}`;
  if (open.length === 1 && open[0]) redirect(303, `/queue/${open[0].id}${query}`);
  return { from, open, later, query };
};
