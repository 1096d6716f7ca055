// Who may post and remove.
import { expect, test } from 'vitest';
import { ROLES, type Role } from '#shared/accounts.ts';
import type { Actor } from '../kernel/actor.ts';
import { canPost, canRemove, removesAs } from './messages.policy.ts';

const as = (role: Role, id = 'a'.repeat(24)): Actor => ({
  id,
  role,
  userName: role,
  displayName: role,
  locale: 'en',
  sessionId: 's',
});
const herOwn = { authorId: 'a'.repeat(24) };
const anothers = { authorId: 'b'.repeat(24) };

test.each(ROLES)('a %s may post and take back her own message', (role) => {
  expect(canPost(as(role))).toEqual({ ok: true });
  expect(canRemove(as(role), herOwn)).toEqual({ ok: true });
  expect(removesAs(as(role), herOwn)).toBe('author');
});

test.each(['member', 'mentor'] as const)("a %s may not remove somebody else's message", (role) => {
  expect(canRemove(as(role), anothers)).toEqual({ ok: false, code: 'forbidden' });
  expect(removesAs(as(role), anothers)).toBeNull();
});

test.each(['moderator', 'coordinator'] as const)("a %s removes somebody else's message as a moderator", (role) => {
  expect(canRemove(as(role), anothers)).toEqual({ ok: true });
  expect(removesAs(as(role), anothers)).toBe('moderator');
});
