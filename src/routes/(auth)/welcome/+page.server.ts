// The first visit: her language, what this is, and the way in.
import { fail, redirect } from '@sveltejs/kit';
import { mayAsk } from '#lib/features/accounts/asking.server.ts';
import { textOf } from '#lib/features/accounts/forms.server.ts';
import { rememberLocale } from '#lib/features/accounts/locale-cookie.server.ts';
import { codeIn, safePath } from '#lib/features/accounts/paths.ts';
import { hub } from '#lib/server/hub.ts';
import { isLocale } from '#shared/locales.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, cookies, locals }) => ({
  choosing: url.searchParams.has('language') || !cookies.get('locale'),
  next: safePath(url.searchParams.get('next'), '/welcome'),
  locale: locals.locale,
  mayAsk: await mayAsk(),
});

export const actions: Actions = {
  language: async ({ request, cookies, locals, url }) => {
    const form = await request.formData();
    const locale = textOf(form, 'locale');
    if (!isLocale(locale)) return fail(400, { empty: false });
    rememberLocale(cookies, locale, url.protocol === 'https:');
    if (locals.actor) await hub().accounts.setLocale(locals.actor, { locale });
    redirect(303, safePath(textOf(form, 'next'), '/welcome'));
  },
  invitation: async ({ request }) => {
    const code = codeIn(textOf(await request.formData(), 'code'));
    if (code === '') return fail(400, { empty: true });
    redirect(303, `/join/${encodeURIComponent(code)}`);
  },
};
