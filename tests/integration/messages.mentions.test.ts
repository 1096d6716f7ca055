// Mentions, replies to her, what she saved.
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { LIMITS } from '../../src/lib/shared/limits.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
let roomId: string;
const amal = person('Amal');
let olena = person('Olena');
beforeAll(async () => {
  live = await openLive({ limits: { listPage: 3 } });
});
afterAll(() => live.close());
beforeEach(async () => {
  roomId = await live.newRoom();
  olena = person('Olena');
});

const post = async (text: string, more: object = {}, actor = amal) =>
  (await live.messages.post(actor, { ...aPost(roomId, text), ...more })).message;
const count = async () => (await live.messages.mentionCounts(olena))[roomId] ?? 0;
const listed = async () => (await live.messages.mentions(olena, {})).items;

test('a mention and a reply are counted for her, once each message, and listed newest first', async () => {
  const hers = await post('mine', {}, olena);
  const mention = await post('look', { mentions: [olena.id, olena.id, amal.id] });
  const both = await post('yes', { mentions: [olena.id], replyTo: hers.id });
  const reply = await post('no', { replyTo: hers.id });
  expect(mention.mentions).toEqual([olena.id, amal.id]);
  expect(await count()).toBe(3);
  expect((await listed()).map(({ kind, message }) => [kind, message.id])).toEqual([
    ['reply', reply.id],
    ['mention', both.id],
    ['mention', mention.id],
  ]);
  expect(await live.messages.mentionCounts(amal)).toEqual({});
});

test('what is written in the thread of her message is a reply to her, once, whatever is quoted there', async () => {
  const hers = await post('mine', { anonymous: true }, olena);
  const threadId = hers.id;
  const first = await post('in the thread', { threadId });
  const quoted = await post('to her, in the thread', { threadId, replyTo: hers.id });
  const other = await post('to each other', { threadId, replyTo: first.id }, person('Nour'));
  await post('her own', { threadId }, olena);
  expect(await count()).toBe(3);
  expect((await listed()).map(({ kind, message }) => [kind, message.id])).toEqual(
    [other, quoted, first].map(({ id }) => ['reply', id]),
  );
  // who is answered in somebody else's thread is told too
  expect((await live.messages.mentionCounts(amal))[roomId]).toBe(1);
  await live.messages.remove(amal, { roomId, messageId: first.id });
  expect(await count()).toBe(2);
});

test('what is to her in a thread is read when she opens the thread, not by reading the room, where it does not stand', async () => {
  const { id: threadId } = await post('mine', {}, olena);
  await post('in the thread', { threadId });
  await post('you', { mentions: [olena.id] });
  await live.rooms.markRead(olena, { roomId, posts: 3 });
  await vi.waitFor(async () => expect(await count()).toBe(1));
  await live.messages.thread(amal, { roomId, rootId: threadId });
  expect(await count()).toBe(1);
  const told = vi.fn();
  const stop = live.bus.on('mentions.changed', told);
  await live.messages.thread(olena, { roomId, rootId: threadId });
  expect(await count()).toBe(0);
  expect(told.mock.calls).toEqual([[{ userIds: [olena.id], roomId }]]);
  stop();
});

test('below a message that was removed nobody is told that she is answered', async () => {
  const hers = await post('mine', {}, olena);
  await live.messages.remove(olena, { roomId, messageId: hers.id });
  await post('still here', { threadId: hers.id });
  expect(await count()).toBe(0);
});

test('reading the room up to there reads the mention', async () => {
  await post('1', { mentions: [olena.id] });
  await post('2', { mentions: [olena.id] });
  const told = vi.fn();
  const stop = live.bus.on('mentions.changed', told);
  await live.rooms.markRead(olena, { roomId, posts: 1 });
  await vi.waitFor(async () => expect(await count()).toBe(1));
  await vi.waitFor(() => expect(told).toHaveBeenCalledWith({ userIds: [olena.id], roomId }));
  stop();
  expect((await listed()).map(({ read }) => read)).toEqual([false, true]);
});

test('marking some as read leaves the others, and those of other people', async () => {
  const one = await post('1', { mentions: [olena.id, amal.id] }, person('Nour'));
  await post('2', { mentions: [olena.id] });
  const told = vi.fn();
  const stop = live.bus.on('mentions.changed', told);
  await live.messages.readMentions(olena, { messageIds: [one.id, newId()] });
  await live.messages.readMentions(olena, { messageIds: [one.id] });
  expect(told.mock.calls).toEqual([[{ userIds: [olena.id], roomId }]]);
  stop();
  expect(await count()).toBe(1);
  expect((await live.messages.mentionCounts(amal))[roomId]).toBe(1);
  const tooMany = Array.from({ length: LIMITS.listPage + 1 }, newId);
  for (const messageIds of [[], tooMany, ['x'], null]) {
    const refused = live.messages.readMentions(olena, { messageIds });
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/^input\./) as string });
  }
});

test('what is edited out or removed mentions nobody any more', async () => {
  const message = await post('hey', { mentions: [olena.id] });
  const one = { roomId, messageId: message.id };
  await live.messages.edit(amal, { ...one, text: 'hey you', mentions: [] });
  expect(await count()).toBe(0);
  await live.messages.edit(amal, { ...one, text: 'hey her', mentions: [olena.id] });
  expect(await count()).toBe(1);
  await live.messages.remove(amal, one);
  expect([await count(), await listed()]).toEqual([0, []]);
});

test('a name that is typed whole is a mention, as if it had been chosen', async () => {
  const [nour, leyla, quiet] = [person('Nour Haddad'), person('Leyla'), person('Quiet')];
  await live.rooms.join(nour, { roomId, shown: true });
  await live.rooms.join(quiet, { roomId, shown: false });
  await post('hello', {}, leyla);
  const typed = async (text: string, more: object = {}) => (await post(text, more)).mentions;
  expect(await typed('@Nour Haddad and @leyla, who knows?')).toEqual([nour.id, leyla.id]);
  expect((await live.messages.mentionCounts(nour))[roomId]).toBe(1);
  expect(await typed('@Leyla', { mentions: [leyla.id] })).toEqual([leyla.id]);
  // half a name, an address, herself, and who does not let her name be seen
  expect(await typed('@Nour mail@Leyla.de @Leylas @Amal @Quiet')).toEqual([]);
  const { id } = await post('who?');
  await live.messages.edit(amal, { roomId, messageId: id, text: 'who, @Leyla?' });
  expect((await live.messages.history(amal, { roomId })).messages.at(-1)?.mentions).toEqual([leyla.id]);
});

test('a typed name that two people bear, or that asked anonymously, is no mention', async () => {
  for (const twin of [person('Maryna'), person('Maryna')]) await post('hello', {}, twin);
  await post('who?', { anonymous: true }, olena);
  expect((await post('@Maryna @Olena?')).mentions).toEqual([]);
});

test('as many mentions as allowed are told, 500 are refused, and nobody mentions everybody', async () => {
  const women = Array.from({ length: LIMITS.mentions }, (_, index) => person(`Woman ${index}`).id);
  expect((await post('all of you', { mentions: women })).mentions).toHaveLength(LIMITS.mentions);
  const crowd = Array.from({ length: 500 }, () => newId());
  await expect(post('everybody', { mentions: crowd })).rejects.toMatchObject({ code: 'input.too-long' });
  await post('@everyone @all @here');
  expect(await count()).toBe(0);
});

test('only people who may read the room can be mentioned', async () => {
  for (const mentions of [[newId()], ['everyone'], [{ $gt: '' }], [olena.id, newId()]]) {
    await expect(post('x', { mentions })).rejects.toMatchObject({ code: 'input.invalid' });
  }
  await live.models.rooms.updateOne({ _id: roomId }, { $set: { access: 'staff' } });
  const staff = await live.another();
  const mentor = person('Mentor', 'mentor');
  const send = (ids: string[]) => staff.messages.post(mentor, { ...aPost(roomId, 'x'), mentions: ids });
  await expect(send([olena.id])).rejects.toMatchObject({ code: 'input.invalid' });
  expect((await send([person('Other', 'mentor').id])).message.mentions).toHaveLength(1);
});

test('what she saves is hers alone, newest first, and shows a stone when it was removed', async () => {
  const [one, two] = [await post('one'), await post('two')];
  const save = (messageId: string, on = true) => live.messages.save(olena, { roomId, messageId, on });
  await Promise.all([save(one.id), save(one.id)]);
  await save(two.id);
  const saved = async (actor = olena) => (await live.messages.saved(actor, {})).items.map(({ text }) => text);
  expect([await saved(), await saved(amal)]).toEqual([['two', 'one'], []]);
  expect((await live.messages.history(olena, { roomId })).mine.saved.sort()).toEqual([one.id, two.id].sort());
  await live.messages.remove(amal, { roomId, messageId: two.id });
  expect(await saved()).toEqual([null, 'one']);
  await save(one.id, false);
  await save(one.id, false);
  expect(await saved()).toEqual([null]);
  await expect(save('f'.repeat(24))).rejects.toMatchObject({ code: 'not-found' });
});

test('what is to her and was read is unread again with the part that she marks', async () => {
  const nour = person('Nour');
  for (const text of ['1', '2', '3']) await post(text, { mentions: [nour.id] });
  await live.rooms.markRead(nour, { roomId, posts: 3 });
  await expect.poll(() => live.messages.mentionCounts(nour)).toEqual({});
  await live.messages.unread(nour, { roomId, post: 2 });
  await expect.poll(() => live.messages.mentionCounts(nour)).toEqual({ [roomId]: 2 });
  await live.rooms.markRead(nour, { roomId, posts: 3 });
  await expect.poll(() => live.messages.mentionCounts(nour)).toEqual({});
});

test('a long list of saved messages is paged', async () => {
  for (let n = 1; n <= 5; n++) {
    const { id: messageId } = await post(`s${n}`);
    await live.messages.save(olena, { roomId, messageId, on: true });
  }
  const first = await live.messages.saved(olena, {});
  const second = await live.messages.saved(olena, { before: first.next });
  expect([...first.items, ...second.items].map(({ text }) => text)).toEqual(['s5', 's4', 's3', 's2', 's1']);
  expect(second.next).toBeNull();
});

test('she marks a part as unread again, on all her devices, and never more as read than she has', async () => {
  for (const text of ['1', '2', '3']) await post(text);
  await live.rooms.markRead(olena, { roomId, posts: 3 });
  expect(await live.messages.unread(olena, { roomId, post: 2 })).toEqual({ readPosts: 1 });
  expect(live.reads.at(-1)).toEqual({ userId: olena.id, roomId, readPosts: 1, back: true });
  expect((await live.messages.join(olena, { roomId })).readPosts).toBe(1);
  expect(await live.messages.unread(olena, { roomId, post: 3 })).toEqual({ readPosts: 1 });
  expect(await live.rooms.markRead(olena, { roomId, posts: 3 })).toEqual({ readPosts: 3 });
  for (const wrong of [0, -1, 1.5, '2', null]) {
    await expect(live.messages.unread(olena, { roomId, post: wrong })).rejects.toMatchObject({ code: 'input.invalid' });
  }
});
