// Moving a message, with its thread, to another room. For those who moderate both rooms; works without JavaScript.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { placeOf } from '#lib/features/messages/place.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { slug, messageId } }) => {
  const actor = actorOf(locals);
  const { rooms, messages } = hub();
  const room = await rooms.bySlug(actor, slug).catch(asPageError);
  const one = { roomId: room.id, messageId };
  const place = await messages.locate(actor, one).catch(asPageError);
  // somebody else was faster: the page says so and leads there
  if (place.messageId !== messageId) return { room, about: null, back: placeOf(place) };
  const about = await messages.moveForm(actor, one).catch(asPageError);
  return { room, about, back: placeOf(place) };
};

export const actions: Actions = {
  default: async ({ request, locals, params: { slug, messageId } }) => {
    const actor = actorOf(locals);
    const { rooms, messages } = hub();
    const fields = fieldsOf(await request.formData(), 'toRoomId');
    let back: string;
    try {
      const { id: roomId } = await rooms.bySlug(actor, slug);
      // back to where it stood, and where a stone stands now: she goes on there
      back = placeOf(await messages.locate(actor, { roomId, messageId }));
      await messages.move(actor, { ...fields, roomId, messageId });
    } catch (error) {
      return failWith(error, fields);
    }
    redirect(303, back);
  },
};
