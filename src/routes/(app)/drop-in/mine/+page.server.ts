// Her own office hours. For mentors.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  schedules: await hub().officeHours.mine(actorOf(locals)).catch(asPageError),
});
