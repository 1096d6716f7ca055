// Who decides for the whole community: pure. Only this area's service asks it.
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';

export const canDecide = (actor: Pick<Actor, 'role'>): Verdict => (actor.role === 'coordinator' ? allowed : refused());
