// Who may see figures: pure. The figures service insists on it.
import type { Actor } from '../kernel/actor.ts';
import { verdict, type Verdict } from '../kernel/policy.ts';
import { isStaff } from '../rooms/rooms.policy.ts';

type Who = Pick<Actor, 'role'>;

/** Mentors, of their own drop-ins. */
export const canSeeOwn = (actor: Who): Verdict => verdict(isStaff(actor));
/** Coordinators, of all. */
export const canSeeAll = (actor: Who): Verdict => verdict(actor.role === 'coordinator');
