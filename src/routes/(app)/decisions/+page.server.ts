// The one list of what needs a decision, for moderators and coordinators; with the rooms in which somebody waits to be let in.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = actorOf(locals);
  const asked = Object.fromEntries(url.searchParams);
  const input = { state: asked['state'], before: asked['before'] };
  const page = await hub().moderation.cases(actor, input).catch(asPageError);
  const state = input.state ?? 'open';
  const first = state === 'open' && input.before === undefined;
  const waiting = first ? (await hub().rooms.news(actor).catch(asPageError)).waiting : [];
  return { ...page, waiting, state, before: input.before ?? null };
};
