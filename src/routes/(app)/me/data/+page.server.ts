// Her data: what a try to save it was refused for; deleting her account.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { rememberLocale } from '#lib/features/accounts/locale-cookie.server.ts';
import { hub } from '#lib/server/hub.ts';
import { sendCookie } from '#lib/server/page.ts';
import { ERROR_CODES, type ErrorCode, type ErrorView } from '#shared/errors.ts';
import type { Actions, PageServerLoad } from './$types';

const isCode = (value: string | null): value is ErrorCode => ERROR_CODES.includes(value as ErrorCode);

export const load: PageServerLoad = ({ url }) => {
  const refused = url.searchParams.get('refused');
  const seconds = Math.min(86_400, Number(url.searchParams.get('seconds')) || 0);
  const error: ErrorView | null = isCode(refused) ? { code: refused, ...(seconds > 0 ? { params: { seconds } } : {}) } : null;
  return { error };
};

export const actions: Actions = {
  delete: async ({ request, locals, cookies, setHeaders, url }) => {
    const { password, messages } = fieldsOf(await request.formData(), 'password', 'messages');
    try {
      sendCookie(cookies, (await hub().herData.deleteAccount(actorOf(locals), { password, messages })).setCookie);
      setHeaders({ 'clear-site-data': '"storage"' });
      // the page that says so is in her language
      rememberLocale(cookies, locals.locale, url.protocol === 'https:');
    } catch (error) {
      return failWith(error, { messages });
    }
    redirect(303, '/sign-in?gone');
  },
};
