// Blocking a person (`?person=`): what it means, why it may not be possible, and the button.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

const whom = (url: URL) => ({ userId: url.searchParams.get('person') ?? '' });

export const load: PageServerLoad = ({ locals, url }) =>
  hub().blocks.person(actorOf(locals), whom(url)).catch(asPageError);

export const actions: Actions = {
  block: async ({ locals, url }) => {
    try {
      await hub().blocks.block(actorOf(locals), whom(url));
      return { done: true };
    } catch (error) {
      return failWith(error, {});
    }
  },
};
