// One saved answer: changing and deleting it.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith } from '#lib/features/accounts/forms.server.ts';
import { answerInput, typedAnswer } from '#lib/features/answers/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = actorOf(locals);
  const { id, version, title, texts } = await hub()
    .answers.one(actor, { answerId: params.answerId })
    .catch(asPageError);
  const words = Object.fromEntries(texts.map(({ lang, text }) => [`texts.${lang}`, text]));
  return { id, title, values: { version: String(version), title, ...words }, first: [actor.locale] };
};

export const actions: Actions = {
  save: async ({ locals, params, request }) => {
    const form = await request.formData();
    try {
      await hub().answers.edit(actorOf(locals), { ...answerInput(form), answerId: params.answerId });
    } catch (error) {
      return failWith(error, typedAnswer(form));
    }
    redirect(303, '/answers?saved');
  },
  remove: async ({ locals, params }) => {
    try {
      await hub().answers.remove(actorOf(locals), { answerId: params.answerId });
    } catch (error) {
      return failWith(error);
    }
    redirect(303, '/answers?removed');
  },
};
