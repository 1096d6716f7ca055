// A queue for its hosts; every act also by plain form.
import { error } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const queue = await hub().tickets.watch(actorOf(locals), { dropInId: params.dropInId }).catch(asPageError);
  if (!queue.host) error(403, { message: 'forbidden', code: 'forbidden' });
  return { linked: true, queue, now: Date.now() };
};

export const actions: Actions = {
  next: ({ locals, params }) =>
    tap('next', () => hub().tickets.callNext(actorOf(locals), { dropInId: params.dropInId })),
  act: async ({ locals, request }) => {
    const input = fieldsOf(await request.formData(), 'ticketId', 'action');
    return tap('act', () => hub().tickets.hostAct(actorOf(locals), input));
  },
  offer: async ({ locals, request }) => {
    const input = fieldsOf(await request.formData(), 'ticketId', 'to');
    return tap('offer', () => hub().tickets.offer(actorOf(locals), input));
  },
  invite: async ({ locals, params, request }) => {
    const ticketIds = (await request.formData()).getAll('ticketIds');
    return tap('invite', () => hub().tickets.invite(actorOf(locals), { dropInId: params.dropInId, ticketIds }));
  },
};
