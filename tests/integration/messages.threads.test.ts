// Replies with a quote, and threads: what stands where, and what removal leaves of it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
let roomId: string;
const amal = person('Amal');
const olena = person('Olena');
const moderator = person('Mod', 'moderator');
beforeAll(async () => {
  live = await openLive({ limits: { historyPage: 4 } });
});
afterAll(() => live.close());
beforeEach(async () => {
  roomId = await live.newRoom();
});

const post = async (text: string, more: object = {}, actor = amal) =>
  (await live.messages.post(actor, { ...aPost(roomId, text), ...more })).message;
const history = async () => (await live.messages.history(olena, { roomId })).messages;
const thread = (rootId: string, before?: number) => live.messages.thread(olena, { roomId, rootId, before });

test('a reply quotes what it answers, as it is now', async () => {
  const parent = await post(`  ${'long '.repeat(60)}`);
  const reply = await post('short', { replyTo: parent.id }, olena);
  expect(reply.replyTo).toMatchObject({ id: parent.id, seq: 1, author: { displayName: 'Amal' } });
  expect(reply.replyTo?.excerpt).toMatch(/^long long .*…$/);
  expect(reply.replyTo?.excerpt?.length).toBeLessThanOrEqual(141);
  await live.messages.edit(amal, { roomId, messageId: parent.id, text: 'new words' });
  expect((await history())[1]?.replyTo).toMatchObject({ excerpt: 'new words', rev: 3 });
  await live.messages.remove(amal, { roomId, messageId: parent.id });
  expect((await history())[1]?.replyTo).toMatchObject({ id: parent.id, excerpt: null });
  expect(JSON.stringify(await live.models.messages.find({ roomId }).lean())).not.toContain('new words');
});

test('what is written in a thread stands in the thread only, and the root counts it', async () => {
  const root = await post('root');
  const first = await post('first', { threadId: root.id }, olena);
  const second = await post('second', { threadId: root.id });
  expect([first.threadId, second.seq, second.post]).toEqual([root.id, 3, 3]);
  const list = await history();
  expect(list.map(({ text }) => text)).toEqual(['root']);
  expect(list[0]).toMatchObject({ rev: 3, thread: { replies: 2, lastAt: second.at } });
  expect(await thread(root.id)).toMatchObject({
    rev: 3,
    root: { id: root.id },
    page: { messages: [{ text: 'first' }, { text: 'second' }], hasOlder: false },
  });
});

test('a reply to a message of a thread stands in that thread', async () => {
  const root = await post('root');
  const inside = await post('inside', { threadId: root.id });
  const reply = await post('reply', { replyTo: inside.id }, olena);
  expect(reply).toMatchObject({ threadId: root.id, replyTo: { id: inside.id, excerpt: 'inside' } });
});

test('a long thread is paged backwards', async () => {
  const root = await post('root');
  for (let n = 1; n <= 6; n++) await post(`t${n}`, { threadId: root.id });
  const newest = await thread(root.id);
  expect(newest.page).toMatchObject({ hasOlder: true });
  expect(newest.page.messages.map(({ text }) => text)).toEqual(['t3', 't4', 't5', 't6']);
  const older = await thread(root.id, newest.page.messages[0]?.seq);
  expect(older.page.messages.map(({ text }) => text)).toEqual(['t1', 't2']);
  expect(older.page.hasOlder).toBe(false);
});

test('removing one of a thread lowers the count, removing the last ends it', async () => {
  const root = await post('root');
  const [one, two] = [await post('1', { threadId: root.id }), await post('2', { threadId: root.id })];
  await live.messages.remove(amal, { roomId, messageId: one.id });
  expect((await history())[0]?.thread).toMatchObject({ replies: 1 });
  await live.messages.remove(moderator, { roomId, messageId: two.id });
  expect((await history())[0]?.thread).toBeNull();
  expect(live.envelopes.at(-1)?.changes).toMatchObject([{ kind: 'removed', messageId: two.id, threadId: root.id }]);
});

test('below the stone of a root people go on talking', async () => {
  const root = await post('root');
  await live.messages.remove(amal, { roomId, messageId: root.id });
  await post('still here', { threadId: root.id }, olena);
  expect((await history())[0]).toMatchObject({ text: null, removedBy: 'author', thread: { replies: 1 } });
});

test('a reply to what is gone, unknown or of another room is refused, and its retry is not when it was stored', async () => {
  const parent = await post('parent');
  const here = roomId;
  roomId = await live.newRoom();
  const foreign = await post('elsewhere');
  roomId = here;
  const sent = { ...aPost(roomId, 'reply', randomUUID()), replyTo: parent.id };
  const stored = await live.messages.post(olena, sent);
  await live.messages.remove(amal, { roomId, messageId: parent.id });
  for (const id of [parent.id, foreign.id, 'f'.repeat(24)]) {
    await expect(post('x', { replyTo: id })).rejects.toMatchObject({ code: 'not-found' });
  }
  for (const id of [foreign.id, 'f'.repeat(24)]) {
    await expect(post('x', { threadId: id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(thread(id)).rejects.toMatchObject({ code: 'not-found' });
  }
  expect((await live.messages.post(olena, sent)).message.id).toBe(stored.message.id);
});

test('there are no threads in threads, and no reply across two threads', async () => {
  const [root, other] = [await post('root'), await post('other')];
  const inside = await post('inside', { threadId: root.id });
  await expect(post('x', { threadId: inside.id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(thread(inside.id)).rejects.toMatchObject({ code: 'not-found' });
  await expect(post('x', { threadId: other.id, replyTo: inside.id })).rejects.toMatchObject({ code: 'not-found' });
});
