// Blocking a person (`?person=`): what it means, and the button.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const id = url.searchParams.get('person') ?? '';
  const person = await hub().blocks.person(actorOf(locals), { userId: id }).catch(asPageError);
  return { person };
};

export const actions: Actions = {
  block: async ({ locals, url }) => {
    try {
      await hub().blocks.block(actorOf(locals), { userId: url.searchParams.get('person') ?? '' });
      return { done: true };
    } catch (error) {
      return failWith(error, {});
    }
  },
};
