// Moving a message or a thread to another room: copies there, stones here, once, whoever does it and whatever breaks.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
let from: string;
let to: string;
const amal = person('Amal');
const olena = person('Olena');
const moderator = person('Mod', 'moderator');
const second = person('Second', 'moderator');
beforeAll(async () => {
  live = await openLive({ limits: { historyPage: 50 } });
});
afterAll(() => live.close());
afterEach(() => vi.restoreAllMocks());
beforeEach(async () => {
  [from, to] = [await live.newRoom(), await live.newRoom()];
});

const post = async (text: string, more: object = {}, actor = amal) =>
  (await live.messages.post(actor, { ...aPost(from, text), ...more })).message;
const move = (messageId: string, toRoomId = to, actor = moderator) =>
  live.messages.move(actor, { roomId: from, messageId, toRoomId });
const history = async (roomId: string) => (await live.messages.history(olena, { roomId })).messages;
async function aThread() {
  const root = await post('root');
  const one = await post('one', { threadId: root.id }, olena);
  const two = await post('two', { threadId: root.id, replyTo: one.id });
  return { root, one, two };
}

test('a thread goes as a whole: words, authors, times, quotes and reactions; a stone says where', async () => {
  const { root } = await aThread();
  await live.messages.react(olena, { roomId: from, messageId: root.id, reaction: 'thanks', on: true });
  const place = await move(root.id);
  expect(place).toMatchObject({ roomId: to, threadId: null, seq: 1 });
  expect(await history(from)).toMatchObject([
    { id: root.id, text: null, removedBy: null, thread: null, moved: { roomId: to } },
  ]);
  const copy = (await history(to))[0];
  expect(copy).toMatchObject({ id: place.messageId, text: 'root', at: root.at, author: { id: amal.id } });
  expect(copy).toMatchObject({ thread: { replies: 2 }, reactions: { thanks: 1 }, moved: null });
  const inside = await live.messages.thread(olena, { roomId: to, rootId: place.messageId });
  expect(inside.page.messages).toMatchObject([
    { text: 'one', author: { id: olena.id } },
    { text: 'two', replyTo: { excerpt: 'one', author: { id: olena.id } } },
  ]);
  const left = [
    await live.models.messages.find({ roomId: from }).lean(),
    await live.models.roomLog.find({ roomId: from }),
  ];
  expect(JSON.stringify(left)).not.toMatch(/"root"|"one"|"two"/);
});

test('old links lead to where it is now, also after a second move', async () => {
  const { root, two } = await aThread();
  const place = await move(root.id);
  const third = await live.newRoom();
  const last = await live.messages.move(moderator, { roomId: to, messageId: place.messageId, toRoomId: third });
  expect(await live.messages.locate(olena, { roomId: from, messageId: root.id })).toEqual(last);
  expect(await live.messages.locate(olena, { roomId: from, messageId: two.id })).toMatchObject({
    roomId: third,
    threadId: last.messageId,
  });
});

test('two moderators who move the same thread at once to two rooms: one wins, the other is told', async () => {
  const { root } = await aThread();
  const other = await live.another();
  const third = await live.newRoom();
  const outcomes = await Promise.allSettled([
    move(root.id),
    other.messages.move(second, { roomId: from, messageId: root.id, toRoomId: third }),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  expect((await history(to)).length + (await history(third)).length).toBe(1);
  expect(await live.models.messages.countDocuments({ roomId: { $in: [to, third] } })).toBe(3);
});

test('two moderators who move the same thread at once to the same room move it once', async () => {
  const { root } = await aThread();
  const other = await live.another();
  const both = await Promise.all([
    move(root.id),
    other.messages.move(second, { roomId: from, messageId: root.id, toRoomId: to }),
  ]);
  expect(both[1]).toEqual(both[0]);
  expect(await live.models.messages.countDocuments({ roomId: to })).toBe(3);
  expect(await move(root.id)).toEqual(both[0]);
  const log = await live.models.roomLog.find({ roomId: from, kind: 'moved' }).lean();
  expect(log).toHaveLength(3);
});

test('a move that broke in the middle is finished at the next start', async () => {
  const { root } = await aThread();
  const dying = await live.another({ patienceMs: 100 });
  const copying = vi.spyOn(dying.models.messages.collection, 'bulkWrite');
  let writes = 0;
  const real = live.models.messages.collection.bulkWrite.bind(live.models.messages.collection);
  copying.mockImplementation((...args) => (++writes > 3 ? Promise.reject(new Error('gone')) : real(...args)));
  await expect(dying.messages.move(moderator, { roomId: from, messageId: root.id, toRoomId: to })).rejects.toThrow();
  await dying.messages.flush();
  vi.restoreAllMocks();
  const next = await live.another();
  await next.messages.recover();
  expect(await history(from)).toMatchObject([{ text: null, moved: { roomId: to } }]);
  expect(await history(to)).toMatchObject([{ text: 'root', thread: { replies: 2 } }]);
  expect(await live.models.messages.countDocuments({ roomId: to })).toBe(3);
  expect(await live.models.moves.countDocuments({ open: true })).toBe(0);
});

test('an anonymous question stays anonymous where it goes', async () => {
  const question = await post('may I?', { anonymous: true });
  const place = await move(question.id);
  expect(await history(to)).toMatchObject([{ id: place.messageId, author: null, text: 'may I?' }]);
  expect((await live.messages.history(amal, { roomId: to })).mine.anonymous).toEqual([place.messageId]);
  expect(JSON.stringify([await history(to), await history(from)])).not.toContain(amal.id);
});

test('what has gone takes no more words, reactions or replies', async () => {
  const { root } = await aThread();
  await move(root.id);
  const one = { roomId: from, messageId: root.id };
  const late = [
    live.messages.edit(amal, { ...one, text: 'x' }),
    live.messages.react(amal, { ...one, reaction: 'heart', on: true }),
    post('x', { threadId: root.id }),
    post('x', { replyTo: root.id }),
  ];
  for (const outcome of await Promise.allSettled(late)) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } });
  }
});

test('members move nothing, nor does anybody move to nowhere, to the same room, or what was removed', async () => {
  const { root } = await aThread();
  await expect(move(root.id, to, amal)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(move(root.id, 'f'.repeat(24))).rejects.toMatchObject({ code: 'not-found' });
  await expect(move(root.id, from)).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(move('f'.repeat(24))).rejects.toMatchObject({ code: 'not-found' });
  await live.messages.remove(amal, { roomId: from, messageId: root.id });
  await expect(move(root.id)).rejects.toMatchObject({ code: 'not-found' });
  expect(await history(to)).toEqual([]);
});

test('a stone names no room: not everybody may know of it, and who may not follows no link to it', async () => {
  await live.models.rooms.updateOne({ _id: to }, { $set: { access: 'staff' } });
  live.rooms.forget(to);
  const { root } = await aThread();
  const place = await move(root.id);
  const heard = live.envelopes.filter(({ roomId }) => roomId === from);
  expect(JSON.stringify([heard, await history(from)])).not.toContain(place.roomSlug);
  await expect(live.messages.locate(olena, { roomId: from, messageId: root.id })).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(await live.messages.locate(second, { roomId: from, messageId: root.id })).toEqual(place);
});

test('a mention that was not read yet waits where the message is now, and is read there, in its thread', async () => {
  const nour = person('Nour');
  await post('before');
  const root = await post('hey', { mentions: [nour.id] });
  await post('hey again', { threadId: root.id, mentions: [nour.id] });
  const place = await move(root.id);
  expect(await live.messages.mentionCounts(nour)).toEqual({ [to]: 2 });
  const { items } = await live.messages.mentions(nour, {});
  expect(items.slice(0, 2).map(({ read, message }) => [read, message.roomId, message.text])).toEqual([
    [false, to, 'hey again'],
    [false, to, 'hey'],
  ]);
  await live.rooms.markRead(nour, { roomId: from, posts: 3 });
  expect(await live.messages.mentionCounts(nour)).toEqual({ [to]: 2 });
  await live.rooms.markRead(nour, { roomId: to, posts: 1 });
  await vi.waitFor(async () => expect(await live.messages.mentionCounts(nour)).toEqual({ [to]: 1 }));
  await live.messages.remove(amal, { roomId: to, messageId: place.messageId });
  await live.messages.thread(nour, { roomId: to, rootId: place.messageId });
  await vi.waitFor(async () => expect(await live.messages.mentionCounts(nour)).toEqual({}));
});

test('a mention that went where she may not read counts no more for her', async () => {
  const nour = person('Nour');
  await live.models.rooms.updateOne({ _id: to }, { $set: { access: 'invitation' } });
  live.rooms.forget(to);
  const root = await post('hey', { mentions: [nour.id] });
  expect(await live.messages.mentionCounts(nour)).toEqual({ [from]: 1 });
  await move(root.id);
  expect(await live.messages.mentionCounts(nour)).toEqual({});
});

test('what somebody saved is saved where it is now, once, also for who saved the copy as well', async () => {
  const root = await post('root');
  await live.messages.save(olena, { roomId: from, messageId: root.id, on: true });
  await live.messages.save(amal, { roomId: from, messageId: root.id, on: true });
  const before = await live.models.saves.find({ messageId: root.id }).lean();
  const place = await move(root.id);
  for (const actor of [olena, amal]) {
    expect((await live.messages.saved(actor, {})).items[0]).toMatchObject({ id: place.messageId, text: 'root' });
  }
  // as if the move had broken before: it may run twice
  await live.models.saves.insertMany(before.map(({ userId, messageId }) => ({ userId, messageId })));
  await live.models.moves.updateOne({ _id: root.id }, { $set: { open: true } });
  await live.models.messages.updateOne({ _id: root.id }, { $set: { text: 'root' } });
  await (await live.another()).messages.recover();
  expect(await live.models.saves.countDocuments({ messageId: root.id })).toBe(0);
  expect(await live.models.saves.countDocuments({ messageId: place.messageId })).toBe(2);
});

test('the form of a move shows what goes and offers the rooms that she moderates, but no archived one', async () => {
  const { root, one } = await aThread();
  const archived = await live.newRoom();
  await live.rooms.archive(moderator, { roomId: archived });
  const { message, rooms } = await live.messages.moveForm(moderator, { roomId: from, messageId: root.id });
  expect([message.thread?.replies, message.text]).toEqual([2, 'root']);
  const ids = rooms.map(({ id }) => id);
  expect([ids.includes(to), ids.includes(from), ids.includes(archived)]).toEqual([true, false, false]);

  const mentor = person('Mentor', 'mentor');
  const third = await live.newRoom();
  for (const roomId of [from, third]) {
    await live.rooms.setHost(moderator, { roomId, userId: mentor.id, host: true });
  }
  const hers = await live.messages.moveForm(mentor, { roomId: from, messageId: one.id });
  expect([hers.message.thread, hers.rooms.map(({ id }) => id)]).toEqual([null, [third]]);
  await expect(move(one.id, to, mentor)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await move(one.id, third, mentor)).toMatchObject({ roomId: third, threadId: null });
  await expect(live.messages.moveForm(mentor, { roomId: from, messageId: one.id })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(live.messages.moveForm(amal, { roomId: from, messageId: root.id })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test.each([{}, { messageId: 'x' }, { messageId: { $ne: null } }, { roomId: 'x', messageId: 'f'.repeat(24) }, null])(
  'wrong input moves and finds nothing: %j',
  async (input) => {
    for (const run of [live.messages.move, live.messages.moveForm, live.messages.locate]) {
      await expect(run(moderator, input && { roomId: from, toRoomId: to, ...input })).rejects.toMatchObject({
        code: expect.stringMatching(/^(input\.|not-found)/) as string,
      });
    }
  },
);
