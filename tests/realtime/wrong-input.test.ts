// What goes wrong while people write, by real sockets and with the database: each is answered with why, and nothing of it is stored or told.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LIMITS } from '#shared/limits.ts';
import type { RoomChanges } from '#shared/messages.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import type { AnsweredEvent } from '../../server/realtime/types.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { ask, connect, must, openSocket, pause, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let people: Record<'amal' | 'olena' | 'mira' | 'maryam', TestPerson>;
let sockets: Record<'amal' | 'olena' | 'mira' | 'maryam', TestSocket>;
let [roomId, otherRoom] = ['', ''];
let heard: RoomChanges[] = [];

beforeAll(async () => {
  running = await startTestHub();
  const mira = await running.join('mira', 'coordinator');
  const maryam = await running.join('maryam', 'moderator');
  people = { mira, maryam, amal: await running.join('amal'), olena: await running.join('olena') };
  const open = async ({ cookie }: TestPerson) => {
    const socket = openSocket(running.origin, cookie);
    expect(await connect(socket)).toBeNull();
    return socket;
  };
  const [amal, olena] = [await open(people.amal), await open(people.olena)];
  sockets = { amal, olena, mira: await open(mira), maryam: await open(maryam) };
  roomId = await running.roomId();
  otherRoom = (await running.hub.rooms.list(mira.actor)).find((room) => room.roomId !== roomId)?.roomId ?? '';
  for (const socket of Object.values(sockets)) await must(socket, 'room:join', { roomId });
  sockets.olena.on('room:changes', (changes) => heard.push(changes));
}, 60_000);
afterAll(async () => {
  for (const socket of Object.values(sockets)) socket.disconnect();
  await running.close();
});
beforeEach(() => {
  heard = [];
});

const aPost = (text: unknown, more: object = {}) => ({ roomId, clientId: randomUUID(), text, ...more });
/** She may only post so fast: then a little later. */
async function post(socket: TestSocket, text: string, more: object = {}) {
  const input = aPost(text, more);
  for (;;) {
    const answer = await ask(socket, 'message:post', input);
    if (answer.ok) return answer.data.message;
    if (answer.error.code !== 'rate.limited') throw new Error(answer.error.code);
    await pause(Number(answer.error.params?.['seconds'] ?? 1) * 1_000);
  }
}
const codeOf = async (socket: TestSocket, name: AnsweredEvent, input: unknown) => {
  const answer = await ask(socket, name, input);
  return answer.ok ? 'done' : answer.error.code;
};
/** All that others have been told by now. */
async function told(): Promise<string> {
  const { rev } = await must(sockets.olena, 'room:join', { roomId });
  await expect.poll(() => Math.max(rev, ...heard.map(({ to }) => to))).toBe(rev);
  return JSON.stringify(heard);
}
const revOf = async () => (await must(sockets.olena, 'room:join', { roomId })).rev;

test.each<[name: string, text: unknown, code: string]>([
  ['an empty text', '', 'input.empty'],
  ['a text that nobody can see', '\u200b\u200d\u2060\ufeff', 'input.empty'],
  ['a text of direction marks', '\u202e\u2066\u200f', 'input.empty'],
  ['a text one byte too long', 'x'.repeat(LIMITS.messageLength + 1), 'input.too-long'],
  ['an emoji that goes over the end by half', `${'x'.repeat(LIMITS.messageLength - 1)}😀`, 'input.too-long'],
  ['a lone surrogate', 'half \ud83d', 'input.invalid'],
  ['no text', undefined, 'input.invalid'],
])('%s is refused, to post and to edit', async (_name, text, code) => {
  const { id: messageId } = await post(sockets.amal, 'as it was');
  const rev = await revOf();
  expect(await codeOf(sockets.amal, 'message:post', aPost(text))).toBe(code);
  expect(await codeOf(sockets.amal, 'message:edit', { roomId, messageId, text })).toBe(code);
  expect(await revOf()).toBe(rev);
});

test('the longest text there may be arrives, byte for byte', async () => {
  const text = 'ü'.repeat(LIMITS.messageLength);
  expect((await post(sockets.amal, text)).text).toBe(text);
  expect(await told()).toContain(text);
});

test('a text that turns the direction arrives as it is; who reads it has it in a box of its own', async () => {
  const text = 'Rechnung \u202egpj.exe';
  expect((await post(sockets.amal, text)).text).toBe(text);
});

test('a name and the words about a room that are one byte too long are refused', async () => {
  const texts = { name: { en: 'Fine' }, purpose: { en: 'Fine' }, rules: {}, welcome: {}, access: 'open' };
  const make = (more: object) =>
    running.hub.rooms.create(people.mira.actor, { ...texts, ...more, clientId: randomUUID() });
  for (const [field, limit] of [
    ['name', LIMITS.roomName],
    ['purpose', LIMITS.roomPurpose],
    ['rules', LIMITS.roomRules],
    ['welcome', LIMITS.roomWelcome],
  ] as const) {
    await expect(make({ [field]: { en: 'x'.repeat(limit + 1) } })).rejects.toMatchObject({
      code: 'input.too-long',
      params: { field: `${field}.en` },
    });
  }
  const { amal } = people;
  for (const [displayName, code] of [
    ['x'.repeat(LIMITS.displayName.max + 1), 'input.too-long'],
    ['\u200b\u200d', 'input.invalid'],
    ['Amal\u202eadmin', 'input.invalid'],
    ['\ud83d', 'input.invalid'],
  ] as const) {
    await expect(running.hub.accounts.updateProfile(amal.actor, { displayName })).rejects.toMatchObject({ code });
  }
});

test('an unknown room is not there, to read or to write', async () => {
  const nowhere = newId();
  expect(await codeOf(sockets.amal, 'message:post', aPost('x', { roomId: nowhere }))).toBe('not-found');
  expect(await codeOf(sockets.amal, 'room:join', { roomId: nowhere })).toBe('not-found');
  expect(await codeOf(sockets.amal, 'room:history', { roomId: nowhere })).toBe('not-found');
});

test('a foreign message can be changed and removed by its author alone, and not by way of another room', async () => {
  const { id: messageId } = await post(sockets.amal, 'hers');
  const rev = await revOf();
  const edit = { roomId, messageId, text: 'not hers any more' };
  expect(await codeOf(sockets.olena, 'message:edit', edit)).toBe('forbidden');
  expect(await codeOf(sockets.maryam, 'message:edit', edit)).toBe('forbidden');
  expect(await codeOf(sockets.olena, 'message:remove', { roomId, messageId })).toBe('forbidden');
  expect(await codeOf(sockets.olena, 'message:move', { roomId, messageId, toRoomId: otherRoom })).toBe('forbidden');
  expect(await codeOf(sockets.amal, 'message:edit', { ...edit, roomId: otherRoom })).toBe('not-found');
  expect(await codeOf(sockets.amal, 'message:remove', { roomId: otherRoom, messageId })).toBe('not-found');
  expect(await revOf()).toBe(rev);
});

test('after the time for it, words can no longer be changed', async () => {
  const { id: messageId } = await post(sockets.amal, 'an hour ago');
  const { database } = running.hub;
  const { ObjectId } = database.connection.base.Types;
  const at = new Date(Date.now() - (LIMITS.editMinutes + 1) * 60_000);
  const messages = database.connection.collection('messages');
  const { matchedCount } = await messages.updateOne({ _id: new ObjectId(messageId) }, { $set: { at } });
  expect(matchedCount).toBe(1);
  expect(await codeOf(sockets.amal, 'message:edit', { roomId, messageId, text: 'too late' })).toBe('forbidden');
  expect(await told()).not.toContain('too late');
});

test('a reply to what was removed is refused, and so is every change of it; below it a thread goes on', async () => {
  const { id } = await post(sockets.amal, 'soon gone');
  await must(sockets.amal, 'message:remove', { roomId, messageId: id });
  const rev = await revOf();
  expect(await codeOf(sockets.olena, 'message:post', aPost('to you', { replyTo: id }))).toBe('not-found');
  for (const [name, more] of [
    ['message:react', { reaction: 'thanks', on: true }],
    ['message:edit', { text: 'back again' }],
    ['message:mark', { as: 'question' }],
  ] as const) {
    expect(await codeOf(sockets.amal, name, { roomId, messageId: id, ...more })).toBe('not-found');
  }
  expect(await revOf()).toBe(rev);
  expect(await codeOf(sockets.olena, 'message:post', aPost('below you', { threadId: id }))).toBe('done');
});

test('the same reaction twice, at once and from two devices, counts once; taken back twice it is gone once', async () => {
  const { id: messageId } = await post(sockets.olena, 'thank me');
  const second = openSocket(running.origin, people.amal.cookie);
  await connect(second);
  const react = (on: boolean) =>
    Promise.all(
      [sockets.amal, sockets.amal, second].map((socket) =>
        must(socket, 'message:react', { roomId, messageId, reaction: 'thanks', on }),
      ),
    );
  const count = async () => {
    const page = await must(sockets.olena, 'room:history', { roomId });
    return page.messages.find(({ id }) => id === messageId)?.reactions;
  };
  await react(true);
  expect(await count()).toEqual({ thanks: 1 });
  await must(sockets.mira, 'message:react', { roomId, messageId, reaction: 'thanks', on: true });
  await react(false);
  expect(await count()).toEqual({ thanks: 1 });
  expect(await codeOf(sockets.amal, 'message:react', { roomId, messageId, reaction: 'fire', on: true })).toBe(
    'input.invalid',
  );
  second.disconnect();
});

test('500 mentions are refused, and nobody is told', async () => {
  const mentions = [people.olena.actor.id, ...Array.from({ length: 499 }, newId)];
  const before = await must(sockets.olena, 'mentions:counts', {});
  expect(await codeOf(sockets.amal, 'message:post', aPost('everybody', { mentions }))).toBe('input.too-long');
  expect(await must(sockets.olena, 'mentions:counts', {})).toEqual(before);
  expect(await told()).not.toContain('everybody');
});

test('two moderators who move one thread at once: it moves once, whole, and both are told where it is', async () => {
  const { id: messageId } = await post(sockets.amal, 'wrong room');
  for (const text of ['one', 'two']) await post(sockets.olena, text, { threadId: messageId });
  const third = (await running.hub.rooms.list(people.mira.actor)).find(
    (room) => room.roomId !== roomId && room.roomId !== otherRoom,
  );
  const answers = await Promise.all([
    ask(sockets.mira, 'message:move', { roomId, messageId, toRoomId: otherRoom }),
    ask(sockets.maryam, 'message:move', { roomId, messageId, toRoomId: third?.roomId }),
  ]);
  expect(answers.some(({ ok }) => ok)).toBe(true);
  const place = await must(sockets.amal, 'message:locate', { roomId, messageId });
  const moved = await must(sockets.amal, 'thread:open', { roomId: place.roomId, rootId: place.messageId });
  expect(moved.root.text).toBe('wrong room');
  expect(moved.page.messages.map(({ text }) => text)).toEqual(['one', 'two']);
  for (const answer of answers) {
    if (answer.ok) expect(answer.data).toMatchObject({ messageId: place.messageId });
    else expect(answer.error.code).toMatch(/^(not-found|conflict)$/);
  }
  // nowhere else
  const texts = await Promise.all(
    [otherRoom, third?.roomId].map(async (one) => {
      const page = await must(sockets.mira, 'room:history', { roomId: one });
      return page.messages.filter(({ text }) => text === 'wrong room').length;
    }),
  );
  expect(texts.sort()).toEqual([0, 1]);
});
