// Who may invite, list and help.
import { expect, test } from 'vitest';
import { ROLES, type Role } from '#shared/accounts.ts';
import {
  invitableRoles,
  mayInvite,
  mayListInvitations,
  mayListPeople,
  mayReset,
  seesAllInvitations,
} from './accounts.policy.ts';

const who = (role: Role, id = 'a') => ({ id, role });

test.each([
  ['member', []],
  ['mentor', ['member']],
  ['moderator', ['member', 'mentor']],
  ['coordinator', ['member', 'mentor', 'moderator', 'coordinator']],
] as const)('a %s may invite %j', (role, invited) => {
  expect(invitableRoles(who(role))).toEqual(invited);
  for (const other of ROLES) {
    expect(mayInvite(who(role), other).ok, other).toBe((invited as readonly Role[]).includes(other));
  }
});

test('a member sees neither invitations nor the list of people; mentors and above do', () => {
  expect(mayListInvitations(who('member'))).toEqual({ ok: false, code: 'forbidden' });
  expect(mayListPeople(who('member'))).toEqual({ ok: false, code: 'forbidden' });
  for (const role of ['mentor', 'moderator', 'coordinator'] as const) {
    expect(mayListInvitations(who(role)).ok).toBe(true);
    expect(mayListPeople(who(role)).ok).toBe(true);
  }
});

test('only moderators and coordinators see the invitations of others', () => {
  expect(ROLES.filter((role) => seesAllInvitations(who(role)))).toEqual(['moderator', 'coordinator']);
});

test('a reset code is made for a strictly lower role, never for an equal, a higher one or oneself', () => {
  for (const role of ROLES) {
    for (const other of ROLES) {
      const lower = ROLES.indexOf(other) < ROLES.indexOf(role);
      expect(mayReset(who(role), who(other, 'b')).ok, `${role} for ${other}`).toBe(lower);
    }
    expect(mayReset(who(role), who('member', 'a')).ok).toBe(false);
  }
});
