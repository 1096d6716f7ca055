// Who may post and remove.
import { expect, test } from 'vitest';
import type { Actor } from '../kernel/actor.ts';
import { canPost, canRemove, removesAs } from './messages.policy.ts';

const her: Actor = {
  id: 'a'.repeat(24),
  role: 'member',
  userName: 'her',
  displayName: 'Her',
  locale: 'en',
  sessionId: 's',
};
const herOwn = { authorId: 'a'.repeat(24) };
const anothers = { authorId: 'b'.repeat(24) };
const member = { abilities: { post: true, removeOthers: false } };
const host = { abilities: { post: true, removeOthers: true } };
const archived = { abilities: { post: false, removeOthers: false } };

test('who may post in the room may take back her own message, and nobody else’s', () => {
  expect(canPost(member)).toEqual({ ok: true });
  expect(canRemove(her, member, herOwn)).toEqual({ ok: true });
  expect(removesAs(her, member, herOwn)).toBe('author');
  expect(canRemove(her, member, anothers)).toEqual({ ok: false, code: 'forbidden' });
  expect(removesAs(her, member, anothers)).toBeNull();
});

test('who hosts the room removes somebody else’s message as a moderator', () => {
  expect(canRemove(her, host, anothers)).toEqual({ ok: true });
  expect(removesAs(her, host, anothers)).toBe('moderator');
});

test('in a room that takes no posts nobody posts, and she may still take back what she wrote', () => {
  expect(canPost(archived)).toEqual({ ok: false, code: 'forbidden' });
  expect(canRemove(her, archived, herOwn)).toEqual({ ok: true });
});
