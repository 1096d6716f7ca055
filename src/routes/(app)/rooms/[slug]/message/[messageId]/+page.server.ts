// The address of one message: leads to where it stands now, also when it was moved, and into its thread. Never a page of its own.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { placeOf, talkOf } from '#lib/features/messages/place.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { slug, messageId } }) => {
  const actor = actorOf(locals);
  const { rooms, messages, talks } = hub();
  const roomId = talkOf(slug) ?? (await rooms.bySlug(actor, slug).catch(asPageError)).id;
  const as = await talks.personaOf(actor, roomId).catch(asPageError);
  const place = await messages.locate(as, { roomId, messageId }).catch(asPageError);
  redirect(303, placeOf(place));
};
