// The notification centre: mentions of her and replies to her a page at a time, what is new about rooms, and marking it as read.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import { counts } from '#shared/rooms.attention.ts';
import { isAppError } from '#shared/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = actorOf(locals);
  const before = url.searchParams.get('before');
  const { rooms, messages, notifications, moderation } = hub();
  const [{ items, next }, attention, news, notices] = await Promise.all([
    messages.mentions(actor, { before }),
    rooms.attention(actor),
    before === null ? rooms.news(actor) : { notices: [], waiting: [] },
    notifications.list(actor, { before: url.searchParams.get('notices') }),
  ]).catch(asPageError);
  // archived rooms are not in the list of rooms, but what was said to her there can be read
  const ids = [...new Set(items.map(({ message }) => message.roomId))];
  const found = await Promise.all(ids.map((id) => rooms.authorise(actor, id).catch(() => null)));
  const known = found.flatMap((room) => (room ? [{ roomId: room.id, slug: room.slug, name: room.name }] : []));
  // of a room of which she wants to hear nothing, nothing is new
  const told = (roomId: string) => counts({ level: attention.get(roomId)?.level ?? 'all' }, 'mention');
  const shown = items.map((item) => ({ ...item, read: item.read || !told(item.message.roomId) }));
  const checks = actor.role === 'member' ? 0 : (await messages.expired(actor, {}).catch(asPageError)).items.length;
  const [decided, cases] = await Promise.all([moderation.news(actor), moderation.openCases(actor)]).catch(asPageError);
  return { items: shown, next, before, rooms: known, news, notices, checks, decided, cases, now: Date.now() };
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
    const [messageIds, roomIds] = [form.getAll('messageId'), form.getAll('roomId')];
    try {
      if (messageIds.length > 0 || roomIds.length === 0) await hub().messages.readMentions(actor, { messageIds });
      if (roomIds.length > 0) await hub().rooms.seen(actor, { roomIds });
    } catch (error) {
      if (!isAppError(error)) throw error;
      return failWith(error);
    }
    const before = url.searchParams.get('before');
    redirect(303, before === null ? '/notes' : `/notes?before=${encodeURIComponent(before)}`);
  },
};
