// The pages of what needs a decision share one link, see +layout.svelte; beside a case stands what else is open.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params }) => {
  if (params.caseId === undefined) return { linked: true, beside: null };
  const { items } = await hub().moderation.cases(actorOf(locals), {}).catch(asPageError);
  return { linked: true, beside: items };
};
