// Who may post and remove: pure. What a room allows comes from its policy; the messages service insists on it.
import type { RoomAbilities } from '#shared/rooms.ts';
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';
import type { Message } from './messages.entities.ts';
import { isStaff, moderates } from '../rooms/rooms.policy.ts';

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

/** The author, as long as the community lets people change their words. */
export function canEdit(
  actor: Actor,
  message: { authorId: string; at: Date },
  { now, minutes }: { now: Date; minutes: number },
): Verdict {
  const late = now.getTime() - message.at.getTime() > minutes * 60_000;
  return message.authorId === actor.id && !late ? allowed : refused();
}

/** What language words are in: who wrote them, or who hosts the room. */
export function canNameLanguage(actor: Actor, room: Allowing, message: { authorId: string }): Verdict {
  return message.authorId === actor.id || room.abilities.removeOthers ? allowed : refused();
}

export const canSeeVersions = (room: Allowing): Verdict => (room.abilities.removeOthers ? allowed : refused());

/** Pins, and says that an answer was checked: mentors and above, in rooms they may write in. */
export const canKeep = (actor: Actor, room: Allowing): Verdict =>
  room.abilities.post && isStaff(actor) ? allowed : refused();
/** The list of answers whose time has passed. */
export const canCheckAgain = (actor: Actor): Verdict => (isStaff(actor) ? allowed : refused());

/** `asker`: the message whose state is at stake: the question, for answers. */
export function canMark(actor: Actor, room: Allowing, asker: { authorId: string }): Verdict {
  return room.abilities.post && (asker.authorId === actor.id || isStaff(actor)) ? allowed : refused();
}

/** A first message becomes a question also by who may mark; what answers something only by her who wrote it. */
export function canAsk(
  actor: Actor,
  { authorId, replyTo, threadId }: Pick<Message, 'authorId' | 'replyTo' | 'threadId'>,
): Verdict {
  return authorId === actor.id || (replyTo === null && threadId === null) ? allowed : refused();
}

/** Who asked anonymously: moderators and above, not the hosts of one room. */
export const canReveal = (actor: Actor): Verdict => (moderates(actor) ? allowed : refused());
