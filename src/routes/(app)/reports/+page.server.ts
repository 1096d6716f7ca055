// Her own reports and what became of them.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = url.searchParams.get('before') ?? undefined;
  const page = await hub().moderation.myReports(actorOf(locals), { before }).catch(asPageError);
  return { ...page, before: before ?? null };
};
