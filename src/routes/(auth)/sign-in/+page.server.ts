// Signing in; the same answer for a wrong name and a wrong password.
import { redirect } from '@sveltejs/kit';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { mayAsk } from '#lib/features/accounts/asking.server.ts';
import { safePath } from '#lib/features/accounts/paths.ts';
import { hub } from '#lib/server/hub.ts';
import { sendCookie } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

const NOTES = ['reset', 'bye', 'gone'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.actor) redirect(303, safePath(url.searchParams.get('next'), '/rooms'));
  return { note: NOTES.find((name) => url.searchParams.has(name)) ?? null, mayAsk: await mayAsk() };
};

export const actions: Actions = {
  default: async ({ request, cookies, locals, url }) => {
    const { userName, password } = fieldsOf(await request.formData(), 'userName', 'password');
    try {
      const { setCookie } = await hub().accounts.signIn({ userName, password }, locals.client);
      sendCookie(cookies, setCookie);
    } catch (error) {
      return failWith(error, { userName });
    }
    redirect(303, safePath(url.searchParams.get('next'), '/rooms'));
  },
};
