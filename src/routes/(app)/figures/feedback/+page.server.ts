// Feedback after talks, for coordinators; `?before=` leads to older groups.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  feedback: await hub()
    .talks.feedback(actorOf(locals), { before: url.searchParams.get('before') })
    .catch(asPageError),
});
