// One room: its newest page, or with `?before=<seq>` an older one, or with `?at=<seq>` the one around that message; posting by plain form.
import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import { isAppError } from '#shared/errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** So many revs after the message that was asked for are on its page. */
const AROUND = 25;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const actor = actorOf(locals);
  const { rooms, messages, presence } = hub();
  const room = await rooms.bySlug(actor, params.slug).catch(asPageError);
  // she sees that the room is there: what it is for, and how she comes in
  if (!room.abilities.read) redirect(303, `/rooms/${room.slug}/enter`);
  const at = Number(url.searchParams.get('at') ?? 0);
  const wanted = Number(url.searchParams.get('before') ?? (at > 0 ? at + AROUND : 0));
  const [join, page] = await Promise.all([
    messages.join(actor, { roomId: room.id }),
    wanted === 0 ? null : messages.history(actor, { roomId: room.id, before: wanted }),
  ]).catch(asPageError);
  // what the newest page shows anyway, it shows alive
  const shown = at > 0 && join.kind === 'snapshot' && join.page.messages.some(({ seq }) => seq === at);
  const older = shown ? null : page;
  return { room, join, older, here: presence.here(room.id), clientId: randomUUID() };
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
