// Who may post and remove: pure. What a room allows comes from its policy; the messages service insists on it.
import type { RoomAbilities } from '#shared/rooms.ts';
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';

/** A room as `authorise` answers it: with what the actor may do in it. */
interface Allowing {
  abilities: Pick<RoomAbilities, 'post' | 'removeOthers'>;
}

export const canPost = (room: Allowing): Verdict => (room.abilities.post ? allowed : refused());

/** As whom she may put a stone in this message's place: as its author, as who hosts the room, or not at all. */
export function removesAs(actor: Actor, room: Allowing, message: { authorId: string }): 'author' | 'moderator' | null {
  if (message.authorId === actor.id) return 'author';
  return room.abilities.removeOthers ? 'moderator' : null;
}

export function canRemove(actor: Actor, room: Allowing, message: { authorId: string }): Verdict {
  return removesAs(actor, room, message) ? allowed : refused();
}
