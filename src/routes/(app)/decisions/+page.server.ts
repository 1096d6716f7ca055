// The one list of what needs a decision, for moderators and coordinators.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = Object.fromEntries(url.searchParams);
  const input = { state: asked['state'], before: asked['before'] };
  const page = await hub().moderation.cases(actorOf(locals), input).catch(asPageError);
  return { ...page, state: input.state ?? 'open', before: input.before ?? null };
};
