// Her private calendar address: making, renewing, giving up. It is shown once only.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith } from '#lib/features/accounts/forms.server.ts';
import { rankOf } from '#shared/accounts.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const actor = actorOf(locals);
  const since = await hub().officeHours.feedSince(actor).catch(asPageError);
  return { since, create: rankOf(actor.role) >= rankOf('mentor') };
};

export const actions: Actions = {
  renew: async ({ locals }) => {
    try {
      const { path } = await hub().officeHours.renewFeed(actorOf(locals));
      return { address: hub().config.origin + path };
    } catch (error) {
      return failWith(error);
    }
  },
  drop: async ({ locals }) => {
    try {
      await hub().officeHours.dropFeed(actorOf(locals));
      return { address: null };
    } catch (error) {
      return failWith(error);
    }
  },
};
