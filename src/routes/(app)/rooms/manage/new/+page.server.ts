// A new room. For moderators.
import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith } from '#lib/features/accounts/forms.server.ts';
import { roomInput, typedRoom } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  await hub().rooms.ready(actorOf(locals)).catch(asPageError); // who may not make rooms does not get the form either
  return { clientId: randomUUID() };
};

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData();
    try {
      await hub().rooms.create(actorOf(locals), roomInput(form));
    } catch (error) {
      return failWith(error, typedRoom(form));
    }
    redirect(303, '/rooms/manage');
  },
};
