// One decision about her, and her one appeal: open also to whom a sanction shuts out.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  notice: await hub().moderation.notice(actorOf(locals), params).catch(asPageError),
});

export const actions: Actions = {
  appeal: async ({ request, locals, params: { caseId } }) => {
    const values = fieldsOf(await request.formData(), 'text');
    try {
      await hub().moderation.appeal(actorOf(locals), { caseId, ...values });
    } catch (error) {
      return failWith(error, values);
    }
    redirect(303, `/notices/${caseId}`);
  },
};
