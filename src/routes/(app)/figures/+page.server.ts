// Figures of four weeks (`?of=own|all&from=`): for mentors their own, for coordinators all; the newest unless said otherwise.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  figures: await hub()
    .figures.view(actorOf(locals), {
      of: url.searchParams.get('of'),
      from: url.searchParams.get('from'),
    })
    .catch(asPageError),
});
