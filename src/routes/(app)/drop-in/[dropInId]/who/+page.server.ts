// Who is behind a number of this drop-in: for moderators, with a reason, which is written down first.
import { error } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const dropIn = await hub().officeHours.dropIn(actorOf(locals), params).catch(asPageError);
  if (!dropIn.abilities.look) error(403, { message: 'forbidden', code: 'forbidden' });
  return { dropIn };
};

export const actions: Actions = {
  look: async ({ request, locals, params }) => {
    const values = fieldsOf(await request.formData(), 'number', 'reason');
    try {
      const { displayName } = await hub().tickets.look(actorOf(locals), { ...values, ...params });
      return { found: { name: displayName, number: values.number } };
    } catch (refused) {
      return failWith(refused, values);
    }
  },
};
