// How many notes wait for her, for the frame. Layout loads import it.
import { hub } from '#lib/server/hub.ts';
import type { Actor } from '#server/domain/kernel/actor.ts';

/** 0 while the database is away: the frame stands without it. */
export async function noteCount(actor: Actor): Promise<number> {
  const [counts, notices] = await Promise.all([
    hub()
      .messages.mentionCounts(actor)
      .catch(() => ({})),
    hub()
      .notifications.unread(actor)
      .catch(() => 0),
  ]);
  return Object.values<number>(counts).reduce((all, one) => all + one, notices);
}
