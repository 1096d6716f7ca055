// One room's texts and access, and its archive. For moderators.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { roomInput, tap, typedRoom } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { roomId } }) => {
  const actor = actorOf(locals);
  const edited = await hub().rooms.forEdit(actor, { roomId }).catch(asPageError);
  const tools = await hub().rooms.tools(actor, { roomId }).catch(asPageError);
  return { edited, tools, keeping: await hub().rooms.keeping(actor, { roomId }).catch(asPageError) };
};

export const actions: Actions = {
  save: async ({ request, locals, params: { roomId } }) => {
    const form = await request.formData();
    try {
      await hub().rooms.update(actorOf(locals), { ...roomInput(form), roomId });
    } catch (error) {
      return failWith(error, typedRoom(form), 'save');
    }
    redirect(303, '/rooms/manage');
  },
  tools: async ({ request, locals, params: { roomId } }) => {
    const input = fieldsOf(await request.formData(), 'writing', 'slowSeconds', 'newcomerHours');
    return tap('tools', () => hub().rooms.setTools(actorOf(locals), { ...input, roomId }));
  },
  keeping: async ({ request, locals, params: { roomId } }) => {
    const input = fieldsOf(await request.formData(), 'keepDays');
    return tap('keeping', () => hub().rooms.setKeeping(actorOf(locals), { ...input, roomId }));
  },
  archive: ({ locals, params: { roomId } }) => tap('archive', () => hub().rooms.archive(actorOf(locals), { roomId })),
  reopen: ({ locals, params: { roomId } }) => tap('reopen', () => hub().rooms.reopen(actorOf(locals), { roomId })),
};
