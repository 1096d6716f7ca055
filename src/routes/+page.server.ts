// The address without a path: her rooms, the sign-in, or the choice of a language on the first visit.
import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, cookies }) => {
  if (locals.actor) redirect(303, '/rooms');
  redirect(303, cookies.get('locale') ? '/sign-in' : '/welcome');
};
