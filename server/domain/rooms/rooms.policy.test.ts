// Who may do what in a room.
import { expect, test } from 'vitest';
import { ROLES } from '#shared/accounts.ts';
import type { Actor } from '../kernel/actor.ts';
import { canPostIn, canSee, moderates, roomAbilities } from './rooms.policy.ts';

const as = (role: Actor['role']): Actor => ({
  id: 'a'.repeat(24),
  role,
  userName: role,
  displayName: role,
  locale: 'en',
  sessionId: 's',
});

test.each(ROLES)('a %s sees every room and may post', (role) => {
  expect([canSee(as(role)), canPostIn(as(role))]).toEqual([{ ok: true }, { ok: true }]);
});

test('only moderators and above may remove what others wrote, and the view says so', () => {
  expect(ROLES.filter((role) => moderates(as(role)))).toEqual(['moderator', 'coordinator']);
  expect(ROLES.map((role) => roomAbilities(as(role)))).toEqual([
    { post: true, removeOthers: false },
    { post: true, removeOthers: false },
    { post: true, removeOthers: true },
    { post: true, removeOthers: true },
  ]);
});
