// The audit log, page by page, for moderators and coordinators.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = Object.fromEntries(url.searchParams);
  const { items, next } = await hub().audit.page(actorOf(locals), asked).catch(asPageError);
  const { before = null, ...filter } = asked;
  return { entries: items, next, before, filter };
};
