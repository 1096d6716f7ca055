// Everything about her as a ZIP, by her password: a plain form, so that it works without JavaScript.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { textOf } from '#lib/features/accounts/forms.server.ts';
import { zipOf } from '#lib/features/her-data/zip.server.ts';
import { hub } from '#lib/server/hub.ts';
import { isAppError } from '#shared/errors.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request }) => {
  const password = textOf(await request.formData(), 'password');
  const data = await hub()
    .herData.export(actorOf(locals), { password })
    .catch((error: unknown) => {
      if (!isAppError(error)) throw error;
      const seconds = error.params?.['seconds'];
      redirect(303, `/me/data?refused=${error.code}${seconds === undefined ? '' : `&seconds=${String(seconds)}`}#save`);
    });
  return new Response(zipOf(data, hub().clock.now()), {
    headers: { 'content-type': 'application/zip', 'content-disposition': 'attachment; filename="my-data.zip"' },
  });
};
