// Her talks and her notes; for mentors also what was shown to them.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { noteActions } from '#lib/features/talks/actions.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const actor = actorOf(locals);
  const { talks, tickets } = hub();
  const [list, notes, places] = await Promise.all([talks.list(actor), talks.notes(actor), tickets.mine(actor)]).catch(
    asPageError,
  );
  return { list, notes, places, mentor: actor.role !== 'member' };
};

export const actions: Actions = noteActions;
