// Form actions of talks and of notes that two pages share. Only +page.server.ts files import it.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';

type Event = { request: Request; locals: App.Locals };

export const noteActions = {
  share: async ({ request, locals }: Event) => {
    const { noteId, with: userId } = fieldsOf(await request.formData(), 'noteId', 'with');
    return tap('share', () => hub().talks.shareNote(actorOf(locals), { noteId, with: userId || null }));
  },
  forget: async ({ request, locals }: Event) => {
    const { noteId } = fieldsOf(await request.formData(), 'noteId');
    return tap('forget', () => hub().talks.deleteNote(actorOf(locals), { noteId }));
  },
};
