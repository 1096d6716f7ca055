// What coordinators decide for the whole community; everybody else gets 'forbidden'. Works without JavaScript.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  community: await hub().community.view(actorOf(locals)).catch(asPageError),
});

export const actions: Actions = {
  holding: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'holdLinks', 'holdPhones');
    try {
      await hub().community.decideHolds(actorOf(locals), input);
    } catch (error) {
      return failWith(error, input, 'holding');
    }
    return { done: 'holding' as const };
  },
  editing: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'editMinutes');
    try {
      await hub().community.decide(actorOf(locals), input);
    } catch (error) {
      return failWith(error, input, 'editing');
    }
    return { done: 'editing' as const };
  },
  talks: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'talkDays');
    try {
      await hub().community.decide(actorOf(locals), input);
    } catch (error) {
      return failWith(error, input, 'talks');
    }
    return { done: 'talks' as const };
  },
};
