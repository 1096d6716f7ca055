// Who may post and remove.
import { expect, test } from 'vitest';
import type { Actor } from '../kernel/actor.ts';
import {
  canCheckAgain,
  canEdit,
  canKeep,
  canAsk,
  canMark,
  canNameLanguage,
  canPost,
  canRemove,
  canReveal,
  canSeeVersions,
  removesAs,
} from './messages.policy.ts';

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

const mentor: Actor = { ...her, id: 'c'.repeat(24), role: 'mentor' };
const moderator: Actor = { ...her, id: 'd'.repeat(24), role: 'moderator' };

test('only the author edits, and only as long as the community says', () => {
  const at = new Date('2026-11-22T12:00:00Z');
  const after = (minutes: number) => ({ now: new Date(at.getTime() + minutes * 60_000), minutes: 60 });
  expect(canEdit(her, { ...herOwn, at }, after(60)).ok).toBe(true);
  expect(canEdit(her, { ...herOwn, at }, after(60.1)).ok).toBe(false);
  expect(canEdit(moderator, { ...herOwn, at }, after(1)).ok).toBe(false);
});

test('mentors pin and verify where they may write, members never', () => {
  expect(canKeep(mentor, member).ok).toBe(true);
  expect(canKeep(mentor, archived).ok).toBe(false);
  expect(canKeep(her, member).ok).toBe(false);
  expect([canCheckAgain(mentor).ok, canCheckAgain(her).ok]).toEqual([true, false]);
});

test('who asked says what is the answer, and so do mentors', () => {
  expect(canMark(her, member, herOwn).ok).toBe(true);
  expect(canMark(her, member, anothers).ok).toBe(false);
  expect(canMark(mentor, member, herOwn).ok).toBe(true);
  expect(canMark(her, archived, herOwn).ok).toBe(false);
});

test('what answers something is made a question by nobody but its author', () => {
  const first = { ...anothers, replyTo: null, threadId: null };
  const below = { ...first, threadId: 't' };
  expect([canAsk(mentor, first).ok, canAsk(mentor, below).ok]).toEqual([true, false]);
  expect(canAsk(mentor, { ...below, authorId: mentor.id }).ok).toBe(true);
});

test('who asked anonymously is for moderators; a host sees versions in her room, and not who asked', () => {
  expect([canReveal(moderator).ok, canReveal(mentor).ok, canReveal(her).ok]).toEqual([true, false, false]);
  expect([canSeeVersions(host).ok, canSeeVersions(member).ok]).toEqual([true, false]);
  expect(canNameLanguage(her, member, herOwn).ok).toBe(true);
  expect(canNameLanguage(her, member, anothers).ok).toBe(false);
  expect(canNameLanguage(her, host, anothers).ok).toBe(true);
});
