// Form actions of talks and of notes that two pages share. Only +page.server.ts files import it.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';

type Event = { request: Request; locals: App.Locals };

/** Runs one command; what it refuses stands in the panel. */
export async function doneAs(name: string, run: () => Promise<unknown>) {
  try {
    await run();
  } catch (error) {
    return failWith(error);
  }
  return { done: name };
}

export const noteActions = {
  share: async ({ request, locals }: Event) => {
    const { noteId, with: userId } = fieldsOf(await request.formData(), 'noteId', 'with');
    return doneAs('share', () => hub().talks.shareNote(actorOf(locals), { noteId, with: userId || null }));
  },
  forget: async ({ request, locals }: Event) => {
    const { noteId } = fieldsOf(await request.formData(), 'noteId');
    return doneAs('forget', () => hub().talks.deleteNote(actorOf(locals), { noteId }));
  },
};
