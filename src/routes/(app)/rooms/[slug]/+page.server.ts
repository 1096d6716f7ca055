// One room: its newest page, or with `?at=<seq>` the part around that message, or with `?before=` and `?after=` the page there; posting by plain form.
import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { placeIn } from '#lib/features/messages/place.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import { isAppError } from '#shared/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const actor = actorOf(locals);
  const { rooms, messages, presence } = hub();
  const room = await rooms.bySlug(actor, params.slug).catch(asPageError);
  // she sees that the room is there: what it is for, and how she comes in
  if (!room.abilities.read) redirect(303, `/rooms/${room.slug}/enter`);
  const asked = placeIn(url.searchParams);
  const roomId = room.id;
  const join = await messages.join(actor, { roomId }).catch(asPageError);
  const at = asked?.name === 'at' ? asked.seq : null;
  // what the newest page shows anyway, it shows
  const shown = join.kind === 'snapshot' && join.page.messages.some(({ seq }) => seq === at);
  // after the join: what happens in between comes as a change
  const part = asked && !shown ? await messages.history(actor, { roomId, ...asked.place }).catch(asPageError) : null;
  const address = asked ? `${asked.name} ${asked.seq}` : '';
  return { room, join, part, at, address, here: presence.here(roomId), clientId: randomUUID() };
};

export const actions: Actions = {
  post: async ({ locals, params, request }) => {
    const actor = actorOf(locals);
    const form = await request.formData();
    const text = String(form.get('text') ?? '');
    try {
      const room = await hub().rooms.bySlug(actor, params.slug);
      await hub().messages.post(actor, { roomId: room.id, clientId: form.get('clientId'), text });
    } catch (error) {
      if (!isAppError(error)) throw error;
      return fail(400, { refused: { text, code: error.code } });
    }
    redirect(303, `/rooms/${params.slug}`);
  },
};
