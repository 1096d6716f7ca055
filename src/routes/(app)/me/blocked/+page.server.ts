// Whom she blocked, and the way back.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = url.searchParams.get('before');
  const page = await hub().blocks.list(actorOf(locals), { before }).catch(asPageError);
  return { ...page, before };
};

export const actions: Actions = {
  undo: async ({ request, locals }) => {
    const values = fieldsOf(await request.formData(), 'userId');
    try {
      await hub().blocks.unblock(actorOf(locals), values);
      return { done: true };
    } catch (error) {
      return failWith(error, values);
    }
  },
};
