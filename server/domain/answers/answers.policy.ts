// Who keeps answers of her own: pure. The answers service insists on it.
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';
import { isStaff } from '../rooms/rooms.policy.ts';

/** Mentors and above; each has her own, and sees nobody else's. */
export const canKeepAnswers = (actor: Pick<Actor, 'role'>): Verdict => (isStaff(actor) ? allowed : refused());
