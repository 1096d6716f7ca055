// Who belongs to a room; for hosts also who asks, who is invited, and letting in and out.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const nobody = { items: [], next: null };

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const actor = actorOf(locals);
  const { rooms } = hub();
  const room = await rooms.bySlug(actor, params.slug).catch(asPageError);
  const before = url.searchParams.get('before');
  const { host } = room.abilities;
  const first = host && before === null;
  const [members, requests, invited] = await Promise.all([
    rooms.members(actor, { roomId: room.id, before }),
    first ? rooms.requests(actor, { roomId: room.id }) : nobody,
    first ? rooms.invited(actor, { roomId: room.id }) : nobody,
  ]).catch(asPageError);
  return { room, members, requests: requests.items, invited: invited.items, before };
};

type Command = 'answer' | 'remove' | 'setHost';

async function act({ request, locals, params }: RequestEvent, on: Command) {
  const actor = actorOf(locals);
  const fields = fieldsOf(await request.formData(), 'userId', 'answer', 'host');
  return tap(on, async () => {
    const { id: roomId } = await hub().rooms.bySlug(actor, params.slug);
    await hub().rooms[on](actor, { ...fields, roomId });
  });
}

export const actions: Actions = {
  answer: (event) => act(event, 'answer'),
  remove: (event) => act(event, 'remove'),
  host: (event) => act(event, 'setHost'),
};
