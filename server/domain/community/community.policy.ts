// Who decides for the whole community: pure. Only this area's service asks it.
import type { Actor } from '../kernel/actor.ts';
import { verdict, type Verdict } from '../kernel/policy.ts';
import { moderates } from '../rooms/rooms.policy.ts';

/** Moderators and coordinators: it may have to be quick. */
export const canKeepDoor = (actor: Pick<Actor, 'role'>): Verdict => verdict(moderates(actor));

export const canDecide = (actor: Pick<Actor, 'role'>): Verdict => verdict(actor.role === 'coordinator');
