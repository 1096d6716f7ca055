// For mentors: checked answers whose time has passed, the longest ago first.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { check, uncheck } from '#lib/features/messages/kept/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = url.searchParams.get('before');
  const expired = await hub().messages.expired(actorOf(locals), { before }).catch(asPageError);
  return { before, expired, now: Date.now() };
};

export const actions: Actions = {
  check: async ({ locals, request }) => check(actorOf(locals), await request.formData()),
  uncheck: async ({ locals, request }) => uncheck(actorOf(locals), await request.formData()),
};
