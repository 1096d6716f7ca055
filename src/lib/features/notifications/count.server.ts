// How many notes wait for her, for the frame. Layout loads import it.
import { hub } from '#lib/server/hub.ts';
import type { Actor } from '#server/domain/kernel/actor.ts';

/** 0 while the database is away: the frame stands without it. */
export async function noteCount(actor: Actor): Promise<number> {
  const counts = await hub()
    .messages.mentionCounts(actor)
    .catch(() => ({}));
  return Object.values<number>(counts).reduce((all, one) => all + one, 0);
}
