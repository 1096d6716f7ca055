// The word lists, for moderators and coordinators: one language at a time, and a box to try them in.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = Object.fromEntries(url.searchParams);
  const input = { language: asked['language'], before: asked['before'] };
  const list = await hub().wordLists.page(actorOf(locals), input).catch(asPageError);
  return { list, before: input.before ?? null };
};

export const actions: Actions = {
  try: async ({ request, locals }) => {
    const typed = fieldsOf(await request.formData(), 'text');
    try {
      return { done: 'try' as const, ...typed, tried: await hub().wordLists.try(actorOf(locals), typed) };
    } catch (error) {
      return failWith(error, typed, 'try');
    }
  },
  add: async ({ request, locals }) => {
    const typed = fieldsOf(await request.formData(), 'language', 'text', 'act');
    try {
      await hub().wordLists.add(actorOf(locals), typed);
      return { done: 'add' as const };
    } catch (error) {
      return failWith(error, typed, 'add');
    }
  },
  change: async ({ request, locals }) => {
    const typed = fieldsOf(await request.formData(), 'id', 'act');
    try {
      await hub().wordLists.change(actorOf(locals), typed);
      return { done: 'change' as const };
    } catch (error) {
      return failWith(error, {}, 'list');
    }
  },
  remove: async ({ request, locals }) => {
    const typed = fieldsOf(await request.formData(), 'id');
    try {
      await hub().wordLists.remove(actorOf(locals), typed);
      return { done: 'remove' as const };
    } catch (error) {
      return failWith(error, {}, 'list');
    }
  },
  review: async ({ request, locals }) => {
    const typed = fieldsOf(await request.formData(), 'language');
    try {
      await hub().wordLists.review(actorOf(locals), typed);
      return { done: 'review' as const };
    } catch (error) {
      return failWith(error, {}, 'list');
    }
  },
};
