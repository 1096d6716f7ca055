// Who decides for the whole community: pure. Only this area's service asks it.
import { rankOf } from '#shared/accounts.ts';
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';

/** Moderators and coordinators: it may have to be quick. */
export const canKeepDoor = (actor: Pick<Actor, 'role'>): Verdict =>
  rankOf(actor.role) >= rankOf('moderator') ? allowed : refused();

export const canDecide = (actor: Pick<Actor, 'role'>): Verdict => (actor.role === 'coordinator' ? allowed : refused());
