// The one list of what needs a decision, for moderators and coordinators; with the rooms in which somebody waits to be let in.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = actorOf(locals);
  const asked = Object.fromEntries(url.searchParams);
  const input = { state: asked['state'], before: asked['before'] };
  const state = input.state ?? 'open';
  const first = state === 'open' && input.before === undefined;
  const { moderation, rooms, door } = hub();
  const [page, { closed }, { waiting }] = await Promise.all([
    moderation.cases(actor, input),
    door.state(actor),
    first ? rooms.news(actor) : { waiting: [] },
  ]).catch(asPageError);
  return { ...page, waiting, closed, state, before: input.before ?? null };
};

export const actions: Actions = {
  door: async ({ request, locals }) => {
    try {
      await hub().door.set(actorOf(locals), { open: (await request.formData()).has('open') });
    } catch (error) {
      return failWith(error);
    }
    redirect(303, '/decisions');
  },
};
