// Picking people to invite into a room, and for moderators mentors to host it. For its hosts and for moderators.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const actor = actorOf(locals);
  const { rooms, accounts } = hub();
  const room = await rooms.bySlug(actor, params.slug).catch(asPageError);
  await rooms.authorise(actor, room.id, 'host').catch(asPageError);
  const before = url.searchParams.get('before') ?? undefined;
  const { items, next } = await accounts.people(actor, { before }).catch(asPageError);
  const userIds = items.map(({ id }) => id);
  const standings = await rooms.standings(actor, { roomId: room.id, userIds }).catch(asPageError);
  const people = items.map(({ id, displayName, role, hue }) => ({ id, displayName, role, hue }));
  return { room, people, standings, next, before: before ?? null };
};

async function act({ request, locals, params }: RequestEvent, on: 'invite' | 'setHost', more: object) {
  const actor = actorOf(locals);
  const { userId } = fieldsOf(await request.formData(), 'userId');
  return tap(on, async () => {
    const { id: roomId } = await hub().rooms.bySlug(actor, params.slug);
    await hub().rooms[on](actor, { ...more, roomId, userId });
  });
}

export const actions: Actions = {
  invite: (event) => act(event, 'invite', {}),
  host: (event) => act(event, 'setHost', { host: true }),
};
