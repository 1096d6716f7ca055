// Everyone in the hub, and one-time codes for lost passwords. A code is in the answer to the form and nowhere else.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = url.searchParams.get('before') ?? undefined;
  const by = url.searchParams.get('by') ?? undefined;
  const { accounts } = hub();
  const { items, next } = await accounts.people(actorOf(locals), { before, by }).catch(asPageError);
  const inviter = by === undefined ? null : ((await accounts.personViews([by])).get(by) ?? null);
  return { people: items, next, before: before ?? null, inviter };
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
