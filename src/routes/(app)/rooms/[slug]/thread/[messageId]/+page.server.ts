// One thread of a room, or with `?before=<seq>` an older part of it; posting by plain form.
import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import { isAppError } from '#shared/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const actor = actorOf(locals);
  const { rooms, messages } = hub();
  const room = await rooms.bySlug(actor, params.slug).catch(asPageError);
  const before = url.searchParams.get('before');
  const where = { roomId: room.id, rootId: params.messageId, before: before === null ? null : Number(before) };
  // one after the other: no change may lie between the two
  const join = await messages.join(actor, { roomId: room.id }).catch(asPageError);
  const thread = await messages.thread(actor, where).catch(asPageError);
  return { room, join, thread, clientId: randomUUID() };
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
