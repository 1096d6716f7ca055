// The week of drop-ins: now open, today, the days after; following; publishing the week for everybody.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { textOf } from '#lib/features/accounts/forms.server.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = Object.fromEntries(['week', 'language', 'topic'].map((name) => [name, url.searchParams.get(name)]));
  const week = await hub().officeHours.week(actorOf(locals), asked).catch(asPageError);
  return { week, publicAddress: week.published ? `${hub().config.origin}/week` : null };
};

export const actions: Actions = {
  follow: async ({ request, locals }) => {
    const form = await request.formData();
    const input = { officeHoursId: textOf(form, 'officeHoursId'), on: textOf(form, 'on') };
    return tap('follow', () => hub().officeHours.follow(actorOf(locals), input));
  },
  publish: async ({ request, locals }) => {
    const on = textOf(await request.formData(), 'on');
    return tap('publish', () => hub().officeHours.publish(actorOf(locals), { on }));
  },
};
