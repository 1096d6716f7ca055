// Words for what accounts are: roles and states. For the account pages.
import { m } from '#lib/i18n/generated/messages.js';
import type { InvitationView, Role } from '#shared/accounts.ts';

const ROLE_NAMES: Record<Role, () => string> = {
  member: m.app_role_member,
  mentor: m.app_role_mentor,
  moderator: m.app_role_moderator,
  coordinator: m.app_role_coordinator,
};
const STATE_NAMES: Record<InvitationView['state'], () => string> = {
  open: m.invite_state_open,
  'used-up': m.invite_state_used_up,
  expired: m.invite_state_expired,
  revoked: m.invite_state_revoked,
};

export const roleName = (role: Role): string => ROLE_NAMES[role]();
export const invitationState = (state: InvitationView['state']): string => STATE_NAMES[state]();

/** The two pages of whoever invites: links, and the women who came by them. */
export const inviteWays = (here: '/invitations' | '/people') => [
  { href: '/invitations', label: m.nav_invite(), current: here === '/invitations' },
  { href: '/people', label: m.nav_people(), current: here === '/people' },
];
