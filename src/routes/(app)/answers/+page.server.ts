// A mentor's saved answers, the last used first.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = url.searchParams.get('before');
  const answers = await hub().answers.list(actorOf(locals), { before }).catch(asPageError);
  const done = (['saved', 'removed'] as const).find((one) => url.searchParams.has(one)) ?? null;
  return { before, answers, done };
};
