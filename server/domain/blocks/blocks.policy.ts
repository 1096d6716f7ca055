// Who can be blocked by whom: pure. The blocks service insists on it.
import { rankOf, type Role } from '#shared/accounts.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';

/** Moderators and coordinators stay reachable for everybody: in that role nothing stands between them and a member. */
export const staysReachable = (role: Role): boolean => rankOf(role) >= rankOf('moderator');

export const canBlock = (actor: { role: Role }, person: { role: Role }): Verdict =>
  staysReachable(actor.role) || staysReachable(person.role) ? refused('block.staff') : allowed;
