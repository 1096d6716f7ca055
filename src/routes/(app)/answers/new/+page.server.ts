// A new saved answer; with `?room=…&message=…` its words are those of a message.
import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith } from '#lib/features/accounts/forms.server.ts';
import { answerInput, typedAnswer } from '#lib/features/answers/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = actorOf(locals);
  await hub().answers.list(actor, {}).catch(asPageError); // who keeps none has no form
  const values: Record<string, string> = { clientId: randomUUID() };
  const [roomId, messageId] = [url.searchParams.get('room'), url.searchParams.get('message')];
  if (roomId && messageId) {
    const { message } = await hub().messages.about(actor, { roomId, messageId }).catch(asPageError);
    values[`texts.${message.lang ?? actor.locale}`] = message.text ?? '';
  }
  return { values, first: [actor.locale] };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const form = await request.formData();
    try {
      await hub().answers.create(actorOf(locals), answerInput(form));
    } catch (error) {
      return failWith(error, typedAnswer(form));
    }
    redirect(303, '/answers?saved');
  },
};
