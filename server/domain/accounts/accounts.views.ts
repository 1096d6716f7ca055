// From stored entities to what people may see. Pure; only this area imports it.
import type { HelpedPersonView, InvitationView, MeView, PersonView, SessionView } from '#shared/accounts.ts';
import { exitSiteOf } from '#shared/exit.ts';
import type { Actor } from '../kernel/actor.ts';
import { mayReset } from './accounts.policy.ts';
import type { Person, User } from './accounts.repository.ts';
import type { Invitation } from './invitations.repository.ts';
import type { Session } from './sessions.repository.ts';

/** The colour of her initials, 0 to 11. The end of an id is a counter, so neighbours differ. */
const hueOf = (id: string): number => Number.parseInt(id.slice(-6), 16) % 12;

export const actorView = (user: User, sessionId: string): Actor => ({
  id: user.id,
  role: user.role,
  userName: user.userName,
  displayName: user.displayName,
  locale: user.locale,
  reads: user.reads,
  showsPresence: user.showsPresence,
  sanctions: user.sanctions,
  joinedAt: user.createdAt,
  exitTo: user.exitTo,
  disguise: user.disguise,
  sessionId,
});

export const meView = (who: User | Actor): MeView => ({
  id: who.id,
  userName: who.userName,
  displayName: who.displayName,
  role: who.role,
  locale: who.locale,
  reads: [...(who.reads ?? [])],
  showsPresence: who.showsPresence ?? false,
  exitTo: who.exitTo ?? 'weather',
  exitUrl: exitSiteOf(who.exitTo),
  disguise: who.disguise ?? false,
});

export const personView = ({ id, displayName, role }: Person): PersonView => ({
  id,
  displayName,
  role,
  hue: hueOf(id),
});

/** An account that is no longer there. */
export const unknownPerson = (id: string): PersonView => ({ id, displayName: '', role: 'member', hue: 0 });

/** The user name is what one signs in with: shown only to those who may help with it. */
export function helpedPersonView(actor: Actor, user: User, invitedBy?: PersonView): HelpedPersonView {
  const canReset = mayReset(actor, user).ok;
  return {
    ...personView(user),
    userName: canReset ? user.userName : '',
    joinedAt: user.createdAt.toISOString(),
    canReset,
    ...(invitedBy ? { invitedBy } : {}),
  };
}

export const sessionView = (session: Session, currentId: string): SessionView => ({
  id: session.id,
  device: session.device,
  createdAt: session.createdAt.toISOString(),
  lastUsedAt: session.lastUsedAt.toISOString(),
  current: session.id === currentId,
});

function stateOf(invitation: Invitation, now: Date): InvitationView['state'] {
  if (invitation.revokedAt) return 'revoked';
  if (invitation.usesLeft <= 0) return 'used-up';
  return invitation.expiresAt <= now ? 'expired' : 'open';
}

export const invitationView = (invitation: Invitation, createdBy: string, now: Date): InvitationView => ({
  id: invitation.id,
  role: invitation.role,
  note: invitation.note,
  createdBy,
  usesLeft: invitation.usesLeft,
  uses: invitation.uses,
  expiresAt: invitation.expiresAt.toISOString(),
  state: stateOf(invitation, now),
  asked: invitation.asked === true,
});
