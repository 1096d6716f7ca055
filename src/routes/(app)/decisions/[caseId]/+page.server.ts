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

/** Her own time: a number of hours or days; what is no number is refused by the service. */
const hoursOf = ({ own, unit }: { own: string; unit: string }) =>
  own === '' ? '' : Number(own) * (unit === '1' ? 1 : 24);

export const actions: Actions = {
  decide: async ({ request, locals, params: { caseId }, url }) => {
    const form = await request.formData();
    const values = fieldsOf(form, 'version', 'rule', 'hours', 'own', 'unit', 'roomOnly', 'note');
    const { rule, version, note } = values;
    const hours = values.hours === 'own' ? hoursOf(values) : values.hours;
    const timed = values.hours === '' ? {} : { hours };
    const decision = url.searchParams.get('kind');
    const input = {
      caseId,
      decision,
      version,
      note,
      roomOnly: form.has('roomOnly'),
      ...(rule ? { rule } : {}),
      ...timed,
    };
    try {
      if ((decision === 'ban' || decision === 'suspend') && !form.has('sure')) {
        // asked once more, with what it would do
        return { asked: await hub().moderation.consider(actorOf(locals), input), values };
      }
      await hub().moderation.decide(actorOf(locals), input);
    } catch (error) {
      return failWith(error, values);
    }
    redirect(303, `/decisions/${caseId}?done`);
  },
  accept: async ({ request, locals, params: { caseId } }) => {
    try {
      await hub().asking.accept(actorOf(locals), { caseId, ...fieldsOf(await request.formData(), 'version') });
    } catch (error) {
      return failWith(error);
    }
    redirect(303, `/decisions/${caseId}?done`);
  },
  decline: async ({ request, locals, params: { caseId } }) => {
    const values = fieldsOf(await request.formData(), 'version', 'why');
    try {
      await hub().asking.decline(actorOf(locals), { caseId, ...values });
    } catch (error) {
      return failWith(error, values);
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
  mark: async ({ request, locals, params: { caseId } }) => {
    const form = await request.formData();
    const { reporterId } = fieldsOf(form, 'reporterId');
    try {
      await hub().moderation.markReport(actorOf(locals), { caseId, reporterId, on: form.has('on') });
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
