// The list of rooms, for the list page and beside every open room.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
  const { rooms, presence } = hub();
  const list = await rooms.list(actorOf(locals)).catch(asPageError);
  return { rooms: list.map((room) => ({ ...room, here: room.readable ? presence.here(room.roomId) : 0 })) };
};
