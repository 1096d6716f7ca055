// The pinned messages of a room, in their order; mentors and moderators change it.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf, textOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const actor = actorOf(locals);
  const { rooms, messages } = hub();
  const room = await rooms.bySlug(actor, params.slug).catch(asPageError);
  const input = { roomId: room.id };
  const [pins, keeps] = await Promise.all([messages.pins(actor, input), messages.keeps(actor, input)]).catch(
    asPageError,
  );
  return { room, pins, keeps };
};

export const actions: Actions = {
  move: async ({ locals, params, request }) => {
    const form = await request.formData();
    const place = Number(textOf(form, 'position'));
    try {
      const actor = actorOf(locals);
      const { id: roomId } = await hub().rooms.bySlug(actor, params.slug);
      const input = { ...fieldsOf(form, 'messageId'), roomId, on: true, position: place };
      await hub().messages.pin(actor, input);
    } catch (error) {
      return failWith(error);
    }
    return { done: 'move' as const, place: place + 1 };
  },
  unpin: async ({ locals, params, request }) => {
    const form = await request.formData();
    try {
      const actor = actorOf(locals);
      const { id: roomId } = await hub().rooms.bySlug(actor, params.slug);
      await hub().messages.pin(actor, { ...fieldsOf(form, 'messageId'), roomId, on: false });
    } catch (error) {
      return failWith(error);
    }
    return { done: 'unpin' as const };
  },
};
