// What waits for her in the notification centre, for the frame. Layout loads import it.
import { hub } from '#lib/server/hub.ts';
import type { Actor } from '#server/domain/kernel/actor.ts';
import type { NotesView } from '#shared/notes.ts';

/** Nothing while the database is away: the frame stands without it. */
export const notesOf = (actor: Actor): Promise<NotesView> =>
  hub()
    .notifications.notes(actor)
    .catch(() => []);

/** How many cases need a decision, for moderators. */
export const casesOf = (actor: Actor): Promise<number> =>
  hub()
    .moderation.openCases(actor)
    .catch(() => 0);
