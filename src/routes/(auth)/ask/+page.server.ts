// Asking to join without an invitation, and coming back for the answer. Works without JavaScript.
import { redirect } from '@sveltejs/kit';
import { askedCode, forgetAsked, rememberAsked } from '#lib/features/accounts/asking.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, locals }) => {
  const { asking } = hub();
  const code = askedCode(cookies);
  const [offer, asked] = await Promise.all([asking.offer(), code === null ? null : asking.look(code)]).catch(
    asPageError,
  );
  return { offer, code, asked, newCode: asking.newCode(), locale: locals.locale };
};

export const actions: Actions = {
  ask: async ({ request, cookies, locals, url }) => {
    if (locals.actor) redirect(303, '/ask');
    const form = await request.formData();
    const values = fieldsOf(form, 'code', 'displayName', 'words');
    const reads = form.getAll('reads').map(String);
    try {
      const { code } = await hub().asking.ask({ ...values, reads }, locals.client);
      rememberAsked(cookies, code, url.protocol === 'https:');
    } catch (error) {
      return failWith(error, { ...values, reads: reads.join(',') });
    }
    redirect(303, '/ask');
  },
  forget: ({ cookies }) => {
    forgetAsked(cookies);
    redirect(303, '/ask');
  },
};
