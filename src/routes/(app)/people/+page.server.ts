// Everyone in the hub, and one-time codes for lost passwords. A code is in the answer to the form and nowhere else.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = url.searchParams.get('before') ?? undefined;
  const { items, next } = await hub().accounts.people(actorOf(locals), { before }).catch(asPageError);
  return { people: items, next, before: before ?? null };
};

export const actions: Actions = {
  code: async ({ request, locals, url }) => {
    const { id, displayName, userName } = fieldsOf(await request.formData(), 'id', 'displayName', 'userName');
    try {
      const made = await hub().accounts.createResetCode(actorOf(locals), { id });
      return { done: 'code' as const, id, displayName, userName, address: `${url.origin}/reset`, ...made };
    } catch (error) {
      return failWith(error);
    }
  },
};
