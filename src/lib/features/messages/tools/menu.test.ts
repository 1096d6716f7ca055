// Who is offered what on a message.
import { expect, it } from 'vitest';
import type { RoomAbilities } from '#shared/rooms.ts';
import type { MessageView } from '#shared/messages.ts';
import { PLAIN } from '#shared/messages.reduce.ts';
import { offersOf, type Viewer } from './menu.ts';

const at = '2026-11-20T10:00:00.000Z';
const soon = Date.parse(at) + 60_000;
const author = { id: 'a', displayName: 'Amal', role: 'member' as const, hue: 1 };
const message: MessageView = {
  ...{
    ...PLAIN,
    id: 'm',
    roomId: 'r',
    seq: 1,
    rev: 1,
    post: 1,
    author,
    text: 'hello',
    removedBy: null,
    at,
    clientId: 'c',
  },
};
const abilities = { read: true, post: true, removeOthers: false, host: false } as RoomAbilities;
const member: Viewer = { role: 'member', abilities, own: false, editMinutes: 60, question: null, ownQuestion: false };

it('a member answers a message of somebody else or blocks its author, and does nothing else with it', () => {
  const given = Object.entries(offersOf(message, member, soon)).flatMap(([name, offered]) => (offered ? [name] : []));
  expect(given).toEqual(['reply', 'block']);
  for (const role of ['moderator', 'coordinator'] as const) {
    expect(offersOf({ ...message, author: { ...author, role } }, member, soon).block).toBe(true);
    expect(offersOf(message, { ...member, role }, soon).block).toBe(false);
  }
});

it('the author edits her words as long as the community lets her', () => {
  const own = { ...member, own: true };
  expect(offersOf(message, own, soon)).toMatchObject({ edit: true, remove: true, language: true, question: true });
  expect(offersOf(message, own, Date.parse(at) + 61 * 60_000).edit).toBe(false);
  expect(offersOf(message, { ...own, editMinutes: 1440 }, Date.parse(at) + 61 * 60_000).edit).toBe(true);
  expect(offersOf(message, { ...own, editMinutes: 0 }, soon).edit).toBe(false);
});

it('who asked marks the answer to her question', () => {
  const question = { ...message, question: 'open' as const };
  expect(offersOf(message, { ...member, question }).answer).toBe(false);
  expect(offersOf(message, { ...member, question, ownQuestion: true }).answer).toBe(true);
});

it('a mentor makes a first message a question, but nobody the reply of another woman', () => {
  const mentor: Viewer = { ...member, role: 'mentor' };
  const reply = { ...message, threadId: 't' };
  expect(offersOf(message, mentor).question).toBe(true);
  expect(offersOf(reply, mentor).question).toBe(false);
  expect(offersOf(reply, { ...member, own: true }).question).toBe(true);
  expect(offersOf({ ...reply, question: 'open' }, mentor).question).toBe(true);
});

it('who hosts the room moves messages elsewhere', () => {
  expect(offersOf(message, member).move).toBe(false);
  expect(offersOf(message, { ...member, abilities: { ...abilities, host: true } }).move).toBe(true);
});

it('a mentor pins and checks; only moderators learn who asked anonymously', () => {
  const anonymous = { ...message, author: null };
  expect(offersOf(anonymous, { ...member, role: 'mentor' })).toMatchObject({ pin: true, verify: true, reveal: false });
  expect(offersOf(anonymous, { ...member, role: 'moderator' }).reveal).toBe(true);
  expect(offersOf(message, { ...member, role: 'moderator' }).reveal).toBe(false);
});

it('who hosts the room sees what edited words were, who asked anonymously sees who looked', () => {
  const edited = { ...message, editedAt: at };
  const host = { ...member, abilities: { ...abilities, removeOthers: true } };
  expect([offersOf(edited, host).versions, offersOf(message, host).versions]).toEqual([true, false]);
  expect(offersOf(edited, { ...member, own: true }).versions).toBe(false);
  const anonymous = { ...message, author: null };
  expect(offersOf(anonymous, { ...member, own: true })).toMatchObject({ looks: true, reveal: false });
  expect(offersOf(anonymous, member).looks).toBe(false);
});
