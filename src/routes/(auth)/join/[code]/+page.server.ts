// Joining by invitation: language first, then name, user name and password.
import { redirect } from '@sveltejs/kit';
import { forgetAsked, rememberAsked } from '#lib/features/accounts/asking.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { rememberLocale } from '#lib/features/accounts/locale-cookie.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asFail, sendCookie } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

/** A code that does not hold is told in words of its own, not on the error page. */
async function peek(code: string, client: App.Locals['client']) {
  try {
    return { invitation: await hub().accounts.peekInvitation(code, client), refusal: null };
  } catch (error) {
    return { invitation: null, refusal: asFail(error).data.error };
  }
}

export const load: PageServerLoad = async ({ params, url, locals, cookies }) => {
  const seen = await peek(params.code, locals.client);
  // the code of a request that waits, or was declined: its answer stands there
  if (!locals.actor && seen.refusal?.code === 'auth.invitation-invalid' && (await hub().asking.look(params.code))) {
    rememberAsked(cookies, params.code, url.protocol === 'https:');
    redirect(303, '/ask');
  }
  const step = url.searchParams.has('you') ? ('you' as const) : ('language' as const);
  return { ...seen, step, locale: locals.locale };
};

export const actions: Actions = {
  default: async ({ request, params, locals, cookies, url }) => {
    const form = await request.formData();
    const { displayName, userName, password } = fieldsOf(form, 'displayName', 'userName', 'password');
    const reads = form.getAll('reads').map(String);
    try {
      const input = { code: params.code, locale: locals.locale, reads, displayName, userName, password };
      const { actor, setCookie } = await hub().accounts.register(input, locals.client);
      sendCookie(cookies, setCookie);
      rememberLocale(cookies, actor.locale, url.protocol === 'https:');
      forgetAsked(cookies);
    } catch (error) {
      return failWith(error, { displayName, userName, reads: reads.join(',') });
    }
    redirect(303, '/rooms?welcome');
  },
};
