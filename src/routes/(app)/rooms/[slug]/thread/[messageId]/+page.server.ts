// One thread of a room, or with `?before=<seq>` an older part of it, or with `?at=<seq>` the one around that message; posting by plain form.
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
  const { rooms, messages } = hub();
  const room = await rooms.bySlug(actor, params.slug).catch(asPageError);
  const asked = Number(url.searchParams.get('before') ?? 0);
  const at = Number(url.searchParams.get('at') ?? 0);
  const where = { roomId: room.id, rootId: params.messageId, before: asked || null };
  // one after the other: no change may lie between the two
  const join = await messages.join(actor, { roomId: room.id }).catch(asPageError);
  const thread = await messages.thread(actor, where).catch(asPageError);
  if (thread.root.moved) {
    // the address of the thread keeps working, for who may read it where it is
    const place = await messages.locate(actor, { roomId: room.id, messageId: params.messageId }).catch(() => null);
    if (place) redirect(303, `/rooms/${place.roomSlug}/thread/${place.messageId}`);
  }
  const shown = !at || at === thread.root.seq || thread.page.messages.some(({ seq }) => seq === at);
  const around = shown ? thread : await messages.thread(actor, { ...where, before: at + AROUND }).catch(asPageError);
  return { room, join, thread: around, clientId: randomUUID() };
};

export const actions: Actions = {
  post: async ({ locals, params, request }) => {
    const actor = actorOf(locals);
    const form = await request.formData();
    const text = String(form.get('text') ?? '');
    try {
      const room = await hub().rooms.bySlug(actor, params.slug);
      const post = { roomId: room.id, threadId: params.messageId, clientId: form.get('clientId'), text };
      await hub().messages.post(actor, post);
    } catch (error) {
      if (!isAppError(error)) throw error;
      return fail(400, { refused: { text, code: error.code } });
    }
    redirect(303, `/rooms/${params.slug}/thread/${params.messageId}`);
  },
};
