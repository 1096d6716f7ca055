// After she deleted her account nothing of her is left but what was announced: looked for in the whole database.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MessagesChoice } from '#shared/her-data.ts';
import { startTestHub, TEST_PASSWORD, type TestHub, type TestPerson } from '../support/hub.ts';
import { aSchedule } from '../support/office-hours.ts';
import { connect, openSocket } from '../support/sockets.ts';

let hub: TestHub;
let later = 0;
let first: TestPerson;
let olena: TestPerson;
let samira: TestPerson;
let roomId = '';

beforeEach(async () => {
  later = 0;
  hub = await startTestHub({ clock: { now: () => new Date(Date.now() + later) } });
  first = await hub.join('first', 'coordinator');
  olena = await hub.join('olena-userword', 'mentor');
  samira = await hub.join('samira-userword');
  roomId = await hub.roomId();
}, 30_000);
afterEach(() => hub.close());

const post = (who: TestPerson, text: string, more: object = {}) =>
  hub.hub.messages.post(who.actor, { roomId, clientId: randomUUID(), text, ...more });

/** Something of hers everywhere a member and mentor leaves something. */
async function live(): Promise<{ hers: string; others: string }> {
  const { message: hers } = await post(olena, 'marigold in the open');
  await post(olena, 'marigold without a name', { anonymous: true });
  await hub.hub.messages.edit(olena.actor, { roomId, messageId: hers.id, text: 'marigold changed' });
  const { message: others } = await post(samira, 'thistle answers', { replyTo: hers.id, mentions: [olena.actor.id] });
  const one = { roomId, messageId: others.id };
  await hub.hub.messages.react(olena.actor, { ...one, reaction: 'heart', on: true });
  await hub.hub.messages.save(olena.actor, { ...one, on: true });
  await hub.hub.moderation.report(olena.actor, {
    ...{ subject: 'message', id: others.id, roomId, reason: 'other', note: 'marigold worries' },
  });
  await hub.hub.moderation.report(samira.actor, {
    ...{ subject: 'message', id: hers.id, roomId, reason: 'other', note: 'about her' },
  });
  await hub.hub.accounts.createInvitation(olena.actor, { role: 'member', note: 'marigold friend', uses: 1, days: 1 });
  await hub.hub.answers.create(olena.actor, {
    ...{ clientId: randomUUID(), title: 'marigold answer', texts: { de: 'marigold words' } },
  });
  await hub.hub.officeHours.create(olena.actor, aSchedule());
  return { hers: hers.id, others: others.id };
}

const leave = (who: TestPerson, messages: MessagesChoice) =>
  hub.hub.herData.deleteAccount(who.actor, { password: TEST_PASSWORD, messages });

async function erased(): Promise<void> {
  later += 2 * 60_000;
  expect(await hub.hub.jobs.tick()).toBe(true);
  await hub.hub.messages.flush();
}

/** Collections, with blobs, in which one of these words stands. */
async function found(...words: string[]): Promise<string[]> {
  const { connection } = hub.hub.database;
  const names = [
    ...new Set(connection.modelNames().map((name) => connection.model(name).collection.name)),
    ...['blobs.files', 'blobs.chunks'],
  ];
  const hits = await Promise.all(
    names.map(async (name) => {
      const all = JSON.stringify(await connection.collection(name).find({}).toArray());
      return words.some((word) => all.includes(word)) ? [name] : [];
    }),
  );
  return hits.flat().sort();
}

test('she stands in many places before: the search finds what is there', async () => {
  await live();
  expect((await found(olena.actor.id, 'marigold', 'olena')).length).toBeGreaterThan(10);
});

describe.each(['stay', 'go'] as const)('her messages %s', (choice) => {
  test('her id and name are in no collection but the log of rooms and her row until that forgets', async () => {
    await live();
    await leave(olena, choice);
    await erased();
    expect(await found(olena.actor.id)).toEqual(['erasures', 'roomLog']);
    expect(await found('olena')).toEqual([]);
    expect(await found('marigold')).toEqual(choice === 'stay' ? ['messages', 'roomLog', 'searchMessages'] : []);
  });
});

test('messages that stay are shown as those of nobody, and the others can answer them', async () => {
  const { hers } = await live();
  await leave(olena, 'stay');
  await erased();
  const { messages } = await hub.hub.messages.history(samira.actor, { roomId });
  const stays = messages.find(({ id }) => id === hers);
  expect(stays).toMatchObject({ text: 'marigold changed', author: { displayName: '' } });
  await post(samira, 'thank you', { replyTo: hers });
});

test('messages that go are stones for everybody', async () => {
  const { hers } = await live();
  await leave(olena, 'go');
  await erased();
  const { messages } = await hub.hub.messages.history(samira.actor, { roomId });
  expect(messages.find(({ id }) => id === hers)).toMatchObject({ text: null, removedBy: 'author' });
});

test('at once she is signed out everywhere, and nobody signs in with her name', async () => {
  const socket = openSocket(hub.origin, olena.cookie);
  expect(await connect(socket)).toBeNull();
  const ended = new Promise((resolve) => socket.once('disconnect', resolve));
  await leave(olena, 'stay');
  await ended;
  expect(await hub.hub.accounts.actorFromCookie(olena.cookie)).toBeNull();
  await expect(hub.signIn('olena-userword')).rejects.toMatchObject({ code: 'auth.wrong-password' });
  expect((await hub.hub.accounts.personViews([olena.actor.id])).get(olena.actor.id)?.displayName).toBe('');
});

test('a wrong password or no choice deletes nothing', async () => {
  const input = { password: 'not the right one', messages: 'go' };
  await expect(hub.hub.herData.deleteAccount(olena.actor, input)).rejects.toMatchObject({
    code: 'auth.wrong-password',
  });
  for (const messages of [undefined, 'all', { $ne: 'stay' }])
    await expect(
      hub.hub.herData.deleteAccount(olena.actor, { password: TEST_PASSWORD, messages }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^input\./) });
  expect(await hub.hub.accounts.actorFromCookie(olena.cookie)).not.toBeNull();
});

test('the only coordinator stays until there is another', async () => {
  await expect(leave(first, 'stay')).rejects.toMatchObject({ code: 'auth.last-coordinator' });
  expect(await hub.hub.accounts.actorFromCookie(first.cookie)).not.toBeNull();
  const second = await hub.join('second', 'coordinator');
  const both = await Promise.allSettled([leave(first, 'stay'), leave(second, 'stay')]);
  expect(both.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(2);
});

test('her office hours end, and the record of powers keeps its chain', async () => {
  await live();
  await leave(olena, 'go');
  await erased();
  const { connection } = hub.hub.database;
  const open = await connection.collection('officeHours').find({ endedAt: null }).toArray();
  expect(open).toEqual([]);
  expect(await hub.hub.audit.verify()).toMatchObject({ found: [] });
});

test('the job may be cut off and run again from its beginning', async () => {
  await live();
  await leave(olena, 'go');
  await erased();
  await hub.hub.database.connection.collection('erasures').updateOne({}, { $set: { step: 0, doneAt: null } });
  await erased();
  expect(await found('marigold', 'olena')).toEqual([]);
  expect(await found(olena.actor.id)).toEqual(['erasures', 'roomLog']);
});

test('whom she blocked and who blocked her is gone with her', async () => {
  const third = await hub.join('third-userword');
  await hub.hub.blocks.block(olena.actor, { userId: samira.actor.id });
  await hub.hub.blocks.block(third.actor, { userId: olena.actor.id });
  await hub.hub.blocks.block(third.actor, { userId: samira.actor.id });
  expect(await found(olena.actor.id)).toContain('blocks');
  await leave(olena, 'go');
  await erased();
  expect(await found(olena.actor.id)).not.toContain('blocks');
  expect(await found(third.actor.id)).toContain('blocks');
});
