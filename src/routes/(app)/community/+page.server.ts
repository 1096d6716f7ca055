// What coordinators decide for the whole community; everybody else gets 'forbidden'. Works without JavaScript.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import { REPORT_REASONS } from '#shared/moderation.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  community: await hub().community.view(actorOf(locals)).catch(asPageError),
});

export const actions: Actions = {
  holding: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'holdLinks', 'holdPhones');
    return tap('holding', () => hub().community.decideHolds(actorOf(locals), input));
  },
  bans: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'fourEyes');
    return tap('bans', () => hub().community.decideBans(actorOf(locals), input));
  },
  hiding: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), ...REPORT_REASONS);
    return tap('hiding', () => hub().community.decideHiding(actorOf(locals), input));
  },
  asking: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'askToJoin');
    return tap('asking', () => hub().community.decideAsking(actorOf(locals), input));
  },
  editing: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'editMinutes');
    return tap('editing', () => hub().community.decide(actorOf(locals), input));
  },
  talks: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'talkDays');
    return tap('talks', () => hub().community.decide(actorOf(locals), input));
  },
  reports: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'reportDays');
    return tap('reports', () => hub().community.decide(actorOf(locals), input));
  },
};
