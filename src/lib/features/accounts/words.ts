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

const WAYS = {
  '/invitations': m.nav_invite,
  '/people': m.nav_people,
  '/decisions': m.case_title,
  '/moderation/words': m.wordlist_title,
  '/moderation/log': m.audit_title,
};

/** The pages beside inviting: for mentors the women who came by their links, for moderators also what they watch over. */
export const staffWays = (here: keyof typeof WAYS, role: Role | undefined) =>
  Object.entries(WAYS)
    .filter(([href]) => !/^\/(?:moderation|decisions)/.test(href) || role === 'moderator' || role === 'coordinator')
    .map(([href, label]) => ({ href, label: label(), current: href === here }));
