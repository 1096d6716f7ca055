// Who may do what in a room: pure. Services insist on it; `abilities` ships in views so that the interface need not know.
import { rankOf } from '#shared/accounts.ts';
import type { RoomAbilities } from '#shared/rooms.ts';
import type { Actor } from '../kernel/actor.ts';
import { allowed, type Verdict } from '../kernel/policy.ts';

/** Every signed-in person sees every room; a room one may not see must look as if it did not exist ('not-found'). */
export function canSee(_actor: Actor): Verdict {
  return allowed;
}

export function canPostIn(actor: Actor): Verdict {
  return canSee(actor);
}

/** Moderators and above may put a stone in the place of somebody else's message. */
export const moderates = (actor: Actor): boolean => rankOf(actor.role) >= rankOf('moderator');

export function roomAbilities(actor: Actor): RoomAbilities {
  return { post: canPostIn(actor).ok, removeOthers: moderates(actor) };
}
