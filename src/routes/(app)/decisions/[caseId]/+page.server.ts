// One case: what was reported, what stands around it, and deciding, for moderators and coordinators. Works without JavaScript.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  detail: await hub().moderation.openCase(actorOf(locals), params).catch(asPageError),
  done: url.searchParams.has('done'),
});

export const actions: Actions = {
  decide: async ({ request, locals, params: { caseId }, url }) => {
    const form = await request.formData();
    const { rule, hours, ...rest } = fieldsOf(form, 'version', 'rule', 'hours', 'note');
    const timed = hours === '' ? {} : { hours };
    const decision = url.searchParams.get('kind');
    const input = { caseId, decision, roomOnly: form.has('roomOnly'), ...(rule ? { rule } : {}), ...timed, ...rest };
    try {
      await hub().moderation.decide(actorOf(locals), input);
    } catch (error) {
      return failWith(error, { rule, hours, ...rest });
    }
    redirect(303, `/decisions/${caseId}?done`);
  },
  undo: async ({ request, locals, params: { caseId } }) => {
    try {
      await hub().moderation.undo(actorOf(locals), { caseId, ...fieldsOf(await request.formData(), 'version') });
    } catch (error) {
      return failWith(error);
    }
    redirect(303, `/decisions/${caseId}`);
  },
  take: async ({ request, locals, params }) => {
    try {
      await hub().moderation.takeCase(actorOf(locals), params, (await request.formData()).has('mine'));
    } catch (error) {
      return failWith(error);
    }
    redirect(303, `/decisions/${params.caseId}`);
  },
};
