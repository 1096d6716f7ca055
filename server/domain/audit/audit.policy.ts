// Who may look into the audit log. Pure; only this area's service asks it.
import { rankOf } from '#shared/accounts.ts';
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';

/** Moderators and coordinators: those whose acts stand there watch each other. */
export const mayReadAudit = (actor: Pick<Actor, 'role'>): Verdict =>
  rankOf(actor.role) >= rankOf('moderator') ? allowed : refused();
