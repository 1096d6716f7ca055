// Her own place; every act also by plain form.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { textOf } from '#lib/features/accounts/forms.server.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = actorOf(locals);
  const ticket = await hub().tickets.ticket(actor, { ticketId: params.ticketId }).catch(asPageError);
  // what she was told about it she sees now
  await hub().notifications.seen(actor, { ticketId: params.ticketId }).catch(asPageError);
  return { linked: true, ticket };
};

export const actions: Actions = {
  act: async ({ locals, params, request }) => {
    const action = textOf(await request.formData(), 'action');
    return tap('act', () => hub().tickets.ownerAct(actorOf(locals), { ticketId: params.ticketId, action }));
  },
  invited: async ({ locals, params, request }) => {
    const yes = textOf(await request.formData(), 'yes') === 'on';
    return tap('invited', () => hub().tickets.answerInvite(actorOf(locals), { ticketId: params.ticketId, yes }));
  },
};
