// The questions of a room: open ones, or with `?state=answered` those that have an answer.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const actor = actorOf(locals);
  const { rooms, messages } = hub();
  const room = await rooms.bySlug(actor, params.slug).catch(asPageError);
  const state = url.searchParams.get('state') === 'answered' ? ('answered' as const) : ('open' as const);
  const before = url.searchParams.get('before');
  const found = await messages.questions(actor, { roomId: room.id, state, before }).catch(asPageError);
  return { room, state, found };
};
