// The door of a room: what it is for, joining, asking, answering an invitation, leaving.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const door = await hub().rooms.bySlug(actorOf(locals), params.slug).catch(asPageError);
  return { door };
};

type Command = 'join' | 'ask' | 'leave';

async function act({ request, locals, params }: RequestEvent, on: Command) {
  const actor = actorOf(locals);
  const { rooms } = hub();
  const form = await request.formData();
  const { note } = fieldsOf(form, 'note');
  try {
    const { id: roomId } = await rooms.bySlug(actor, params.slug);
    const shown = form.get('shown') === 'on';
    // the short form of a room's menu asks nothing: then it is as the service decides
    await rooms[on](actor, { roomId, note, ...(form.has('choice') ? { shown } : {}) });
  } catch (error) {
    return failWith(error, { note }, on);
  }
  return on;
}

export const actions: Actions = {
  join: async (event) => {
    const done = await act(event, 'join');
    if (typeof done !== 'string') return done;
    redirect(303, `/rooms/${event.params.slug}`);
  },
  ask: async (event) => {
    const done = await act(event, 'ask');
    return typeof done === 'string' ? { done } : done;
  },
  leave: async (event) => {
    const done = await act(event, 'leave');
    if (typeof done !== 'string') return done;
    redirect(303, '/rooms');
  },
};
