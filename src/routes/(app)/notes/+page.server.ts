// Mentions of her and replies to her, a page at a time, and marking them as read.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import { isAppError } from '#shared/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = actorOf(locals);
  const before = url.searchParams.get('before');
  const [{ items, next }, list, notices] = await Promise.all([
    hub().messages.mentions(actor, { before }),
    hub().rooms.list(actor),
    hub().notifications.list(actor, { before: url.searchParams.get('notices') }),
  ]).catch(asPageError);
  const rooms = list.map(({ roomId, slug, name }) => ({ roomId, slug, name }));
  return { items, next, before, rooms, notices, now: Date.now() };
};

export const actions: Actions = {
  notices: async ({ locals, request }) => {
    const form = await request.formData();
    try {
      await hub().notifications.read(actorOf(locals), { noticeIds: form.getAll('noticeId') });
    } catch (error) {
      return failWith(error);
    }
    redirect(303, '/notes');
  },
  read: async ({ locals, request, url }) => {
    const actor = actorOf(locals);
    const form = await request.formData();
    try {
      await hub().messages.readMentions(actor, { messageIds: form.getAll('messageId') });
    } catch (error) {
      if (!isAppError(error)) throw error;
      return failWith(error);
    }
    const before = url.searchParams.get('before');
    redirect(303, before === null ? '/notes' : `/notes?before=${encodeURIComponent(before)}`);
  },
};
