// One question with what was written to it: what answers it is marked here, and checked by mentors. Plain forms.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { check, mark, uncheck } from '#lib/features/messages/kept/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const actor = actorOf(locals);
  const { rooms, messages } = hub();
  const room = await rooms.bySlug(actor, params.slug).catch(asPageError);
  const before = url.searchParams.get('before');
  const input = { roomId: room.id, messageId: params.messageId, before };
  return { room, before, about: await messages.about(actor, input).catch(asPageError), now: Date.now() };
};

export const actions: Actions = {
  mark: async ({ locals, request }) => mark(actorOf(locals), await request.formData()),
  check: async ({ locals, request }) => check(actorOf(locals), await request.formData()),
  uncheck: async ({ locals, request }) => uncheck(actorOf(locals), await request.formData()),
};
