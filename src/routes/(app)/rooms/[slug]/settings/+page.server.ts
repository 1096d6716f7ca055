// What she chose for herself in one room, and leaving it.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = actorOf(locals);
  const { rooms } = hub();
  const room = await rooms.bySlug(actor, params.slug).catch(asPageError);
  const settings = await rooms.settings(actor, { roomId: room.id }).catch(asPageError);
  return { room, settings };
};

export const actions: Actions = {
  save: async ({ request, locals, params }) => {
    const actor = actorOf(locals);
    const values = fieldsOf(await request.formData(), 'level', 'quietFrom', 'quietTo', 'shown', 'listed');
    try {
      const { id: roomId } = await hub().rooms.bySlug(actor, params.slug);
      await hub().rooms.saveSettings(actor, { ...values, roomId });
    } catch (error) {
      return failWith(error, values, 'save');
    }
    return { done: 'save' as const };
  },
};
