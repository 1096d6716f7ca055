// One queue: what she may see of it, joining it, also with a message of a room (`?room=&message=`), or leaving a question while nobody is on duty.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { messageOf } from '#lib/features/office-hours/help.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const actor = actorOf(locals);
  const queue = await hub().tickets.watch(actor, { dropInId: params.dropInId }).catch(asPageError);
  const from = await messageOf(actor, url.searchParams).catch(asPageError);
  return { linked: true, queue, from, speaks: actor.reads?.length ? actor.reads : [actor.locale] };
};

async function enter({ request, locals, params }: RequestEvent, verb: 'join' | 'askLater') {
  const form = await request.formData();
  const { from, to, ...values } = fieldsOf(form, 'topic', 'words', 'firstName', 'how', 'from', 'to');
  const { roomId, messageId } = fieldsOf(form, 'roomId', 'messageId');
  const input = {
    ...values,
    dropInId: params.dropInId,
    languages: form.getAll('languages'),
    windows: from || to ? [{ from, to }] : [],
    ...(messageId ? { message: { roomId, messageId } } : {}),
  };
  let ticketId: string;
  try {
    ({ ticketId } = await hub().tickets[verb](actorOf(locals), input));
  } catch (error) {
    return failWith(error, { ...values, from, to });
  }
  redirect(303, `/tickets/${ticketId}`);
}

export const actions: Actions = {
  join: (event) => enter(event, 'join'),
  ask: (event) => enter(event, 'askLater'),
};
