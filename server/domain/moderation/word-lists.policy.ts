// Who may see and change the word lists. Pure; only this area's service asks it.
import { rankOf } from '#shared/accounts.ts';
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';

/** Nobody else: who knows the list writes around it. */
export const mayEditWords = (actor: Pick<Actor, 'role'>): Verdict =>
  rankOf(actor.role) >= rankOf('moderator') ? allowed : refused();
