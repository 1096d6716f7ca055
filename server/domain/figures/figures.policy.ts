// Who may see figures: pure. The figures service insists on it.
import { rankOf } from '#shared/accounts.ts';
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';

type Who = Pick<Actor, 'role'>;

/** Mentors, of their own drop-ins. */
export const canSeeOwn = (actor: Who): Verdict => (rankOf(actor.role) >= rankOf('mentor') ? allowed : refused());
/** Coordinators, of all. */
export const canSeeAll = (actor: Who): Verdict => (actor.role === 'coordinator' ? allowed : refused());
