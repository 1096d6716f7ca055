// What was decided about her: open also to whom a sanction shuts out.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = url.searchParams.get('before') ?? undefined;
  const actor = actorOf(locals);
  const page = await hub().moderation.notices(actor, { before }).catch(asPageError);
  return { ...page, before: before ?? null, shutOut: hub().moderation.shutOut(actor) };
};
