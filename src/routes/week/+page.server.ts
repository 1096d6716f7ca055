// The week for everybody, when a coordinator published it: no names, nothing to press. Not found otherwise.
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({ week: await hub().officeHours.publicWeek().catch(asPageError) });
