// What she saved for herself, the newest first.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = url.searchParams.get('before');
  return { before, saved: await hub().messages.saved(actorOf(locals), { before }).catch(asPageError) };
};

export const actions: Actions = {
  unsave: async ({ locals, request }) => {
    const input = fieldsOf(await request.formData(), 'roomId', 'messageId');
    try {
      await hub().messages.save(actorOf(locals), { ...input, on: false });
    } catch (error) {
      return failWith(error);
    }
    return { done: 'unsave' as const };
  },
};
