// Changing office hours: when and what, holidays, leaving or ending them. For their hosts.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { scheduleInput, scheduleValues } from '#lib/features/office-hours/forms.server.ts';
import { valuesOf } from '#lib/features/office-hours/form.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = actorOf(locals);
  const [schedule, topics] = await Promise.all([
    hub().officeHours.schedule(actor, params),
    hub().officeHours.topicChoices(actor),
  ]).catch(asPageError);
  return { schedule, topics, values: valuesOf(schedule) };
};

/** A command with the days of the form. */
const days = (verb: 'holiday' | 'dropHoliday') => async (event: RequestEvent) => {
  const input = { ...fieldsOf(await event.request.formData(), 'from', 'to'), ...event.params };
  return tap(verb, () => hub().officeHours[verb](actorOf(event.locals), input));
};
/** A command after which it is hers no more. */
const away = (verb: 'leaveHosts' | 'end') => async (event: RequestEvent) => {
  try {
    await hub().officeHours[verb](actorOf(event.locals), event.params);
  } catch (error) {
    return failWith(error, {}, verb);
  }
  redirect(303, '/drop-in/mine');
};

export const actions: Actions = {
  change: async ({ request, locals, params }) => {
    const form = await request.formData();
    try {
      await hub().officeHours.change(actorOf(locals), { ...scheduleInput(form), ...params });
    } catch (error) {
      return failWith(error, scheduleValues(form), 'change');
    }
    redirect(303, '/drop-in/mine');
  },
  holiday: days('holiday'),
  dropHoliday: days('dropHoliday'),
  leaveHosts: away('leaveHosts'),
  end: away('end'),
};
