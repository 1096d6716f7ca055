// A lost password: a one-time code that someone of a higher role made, and a new password.
import { redirect } from '@sveltejs/kit';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { userName, code, password } = fieldsOf(await request.formData(), 'userName', 'code', 'password');
    try {
      await hub().accounts.resetPassword({ userName, code, password }, locals.client);
    } catch (error) {
      return failWith(error, { userName, code });
    }
    redirect(303, '/sign-in?reset');
  },
};
