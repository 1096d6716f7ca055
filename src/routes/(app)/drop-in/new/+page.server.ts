// New office hours. For mentors.
import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith } from '#lib/features/accounts/forms.server.ts';
import { freshValues } from '#lib/features/office-hours/form.ts';
import { scheduleInput, scheduleValues } from '#lib/features/office-hours/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const actor = actorOf(locals);
  const topics = await hub().officeHours.topicChoices(actor).catch(asPageError);
  const languages = actor.reads?.length ? actor.reads : [actor.locale];
  return { topics, clientId: randomUUID(), values: freshValues(languages) };
};

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData();
    try {
      await hub().officeHours.create(actorOf(locals), scheduleInput(form));
    } catch (error) {
      return failWith(error, scheduleValues(form));
    }
    redirect(303, '/drop-in/mine');
  },
};
