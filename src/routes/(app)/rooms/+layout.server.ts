// The list of rooms, for the list page and beside every open room.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
  const { rooms, messages, presence } = hub();
  const actor = actorOf(locals);
  const [list, mentions] = await Promise.all([rooms.list(actor), messages.mentionCounts(actor)]).catch(asPageError);
  return {
    linked: true,
    mentions,
    rooms: list.map((room) => ({ ...room, here: room.readable ? presence.here(room.roomId) : 0 })),
  };
};
