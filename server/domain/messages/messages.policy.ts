// Who may post and remove: pure. The messages service insists on it.
import type { Actor } from '../kernel/actor.ts';
import { refused, type Verdict } from '../kernel/policy.ts';
import { canPostIn, moderates } from '../rooms/rooms.policy.ts';

export function canPost(actor: Actor): Verdict {
  return canPostIn(actor);
}

/** As whom she may put a stone in this message's place: as its author, as a moderator (and above), or not at all. */
export function removesAs(actor: Actor, message: { authorId: string }): 'author' | 'moderator' | null {
  if (message.authorId === actor.id) return 'author';
  return moderates(actor) ? 'moderator' : null;
}

export function canRemove(actor: Actor, message: { authorId: string }): Verdict {
  return removesAs(actor, message) ? { ok: true } : refused();
}
