// One talk, for the people in it; every act also by plain form.
import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { fieldsOf, textOf } from '#lib/features/accounts/forms.server.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { noteActions } from '#lib/features/talks/actions.server.ts';
import { hub } from '#lib/server/hub.ts';
import { placeIn } from '#lib/features/messages/place.ts';
import { asPageError } from '#lib/server/page.ts';
import { isAppError } from '#shared/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { talkId }, url }) => {
  const actor = actorOf(locals);
  const { talks, messages } = hub();
  const talk = await talks.open(actor, { talkId }).catch(asPageError);
  const asked = placeIn(url.searchParams);
  const at = asked?.name === 'at' ? asked.seq : null;
  const { join } = talk;
  // what the newest page shows anyway, it shows
  const shown = join.kind === 'snapshot' && join.page.messages.some(({ seq }) => seq === at);
  const part =
    asked && !shown
      ? await messages
          .history(await talks.personaOf(actor, talkId), { roomId: talkId, ...asked.place })
          .catch(asPageError)
      : null;
  const address = asked ? `${asked.name} ${asked.seq}` : '';
  return { linked: true, talk, part, at, address, clientId: randomUUID(), now: Date.now() };
};

export const actions: Actions = {
  ...noteActions,
  post: async ({ locals, params, request }) => {
    const actor = actorOf(locals);
    const form = await request.formData();
    const text = textOf(form, 'text');
    const roomId = params.talkId;
    try {
      const as = await hub().talks.personaOf(actor, roomId);
      await hub().messages.post(as, { roomId, clientId: form.get('clientId'), text });
    } catch (error) {
      if (!isAppError(error)) throw error;
      return fail(400, { refused: { text, code: error.code } });
    }
    redirect(303, `/talks/${roomId}`);
  },
  act: async ({ locals, params, request }) => {
    const action = textOf(await request.formData(), 'action');
    const actor = actorOf(locals);
    return tap('act', async () => {
      const { ticketId, side } = await hub().talks.insist(actor, { talkId: params.talkId });
      const { ownerAct, hostAct } = hub().tickets;
      await (side === 'owner' ? ownerAct : hostAct)(actor, { ticketId, action });
    });
  },
  steps: async ({ locals, params, request }) => {
    const text = textOf(await request.formData(), 'steps');
    const actor = actorOf(locals);
    return tap('steps', async () => {
      const { ticketId } = await hub().talks.insist(actor, { talkId: params.talkId });
      await hub().talks.writeNote(actor, { ticketId, text });
    });
  },
  lesson: async ({ locals, params, request }) => {
    const form = await request.formData();
    const input = { talkId: params.talkId, clientId: form.get('clientId'), text: textOf(form, 'lesson') };
    return tap('lesson', () => hub().talks.postLesson(actorOf(locals), input));
  },
  phone: async ({ locals, params, request }) => {
    const { phone } = fieldsOf(await request.formData(), 'phone');
    return tap('phone', () => hub().talks.offerPhone(actorOf(locals), { talkId: params.talkId, phone }));
  },
  feedback: async ({ locals, params, request }) => {
    const values = fieldsOf(await request.formData(), 'face', 'words');
    const actor = actorOf(locals);
    return tap('feedback', async () => {
      const { ticketId } = await hub().talks.insist(actor, { talkId: params.talkId });
      await hub().talks.giveFeedback(actor, { ticketId, ...values });
    });
  },
};
