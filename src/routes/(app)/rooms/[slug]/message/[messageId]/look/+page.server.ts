// One look at a message of somebody whom she blocked: fetched because she tapped, there until she leaves the page (a reload is no leaving), kept nowhere.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { placeOf } from '#lib/features/messages/place.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { slug: roomSlug, messageId } }) => {
  const actor = actorOf(locals);
  const { rooms, blocks } = hub();
  const { id: roomId } = await rooms.bySlug(actor, roomSlug).catch(asPageError);
  const message = await blocks.peek(actor, { roomId, messageId }).catch(asPageError);
  return {
    message,
    report: `/report?room=${roomId}&message=${messageId}`,
    back: placeOf({ ...message, roomId, roomSlug, messageId }),
  };
};
