// Shaping the rooms: order, ready-made ones, the archive. For moderators; everybody else gets 'forbidden'.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = actorOf(locals);
  const { rooms } = hub();
  const before = url.searchParams.get('before');
  const [list, ready, archived] = await Promise.all([
    rooms.managed(actor),
    rooms.ready(actor),
    rooms.archived(actor, { before }),
  ]).catch(asPageError);
  return { managed: list, ready, archived: archived.items, next: archived.next, before };
};

export const actions: Actions = {
  move: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'roomId', 'before');
    return tap('move', () => hub().rooms.move(actorOf(locals), input));
  },
  add: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'slug');
    return tap('add', () => hub().rooms.addReady(actorOf(locals), input));
  },
  reopen: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'roomId');
    return tap('reopen', () => hub().rooms.reopen(actorOf(locals), input));
  },
};
