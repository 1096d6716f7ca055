// Who may invite, see people and help with passwords. Pure; only this area's service asks it.
import { rankOf, ROLES, type Role } from '#shared/accounts.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';

interface Who {
  readonly id: string;
  readonly role: Role;
}

const verdict = (ok: boolean): Verdict => (ok ? allowed : refused());
const atLeast = (role: Role, least: Role): boolean => rankOf(role) >= rankOf(least);

/** Mentors invite members; moderators members and mentors; coordinators everyone. */
export function mayInvite(actor: Pick<Who, 'role'>, role: Role): Verdict {
  const highest: Record<Role, Role | null> = {
    member: null,
    mentor: 'member',
    moderator: 'mentor',
    coordinator: 'coordinator',
  };
  const limit = highest[actor.role];
  return verdict(limit !== null && rankOf(role) <= rankOf(limit));
}

/** The roles for which she may make an invitation, lowest first. */
export const invitableRoles = (actor: Pick<Who, 'role'>): Role[] => ROLES.filter((role) => mayInvite(actor, role).ok);

export const mayListInvitations = (actor: Pick<Who, 'role'>): Verdict => verdict(atLeast(actor.role, 'mentor'));

/** Mentors see and revoke their own; moderators and coordinators all. */
export const seesAllInvitations = (actor: Pick<Who, 'role'>): boolean => atLeast(actor.role, 'moderator');

export const mayListPeople = (actor: Pick<Who, 'role'>): Verdict => verdict(atLeast(actor.role, 'mentor'));

/** Only someone of a strictly higher role makes a reset code; a coordinator's is made on the server's machine. */
export const mayReset = (actor: Who, person: Who): Verdict =>
  verdict(actor.id !== person.id && atLeast(actor.role, 'mentor') && rankOf(actor.role) > rankOf(person.role));
