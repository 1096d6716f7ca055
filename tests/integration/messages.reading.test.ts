// Joining a room, catching up, paging its history, and removing: what a reader gets to see.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MessageView, RoomJoinView } from '../../src/lib/shared/messages.ts';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
let roomId: string;
const amal = person('Amal');
const olena = person('Olena');
const moderator = person('Mod', 'moderator');
beforeAll(async () => {
  live = await openLive({ limits: { historyPage: 4, catchUpChanges: 6 } });
});
afterAll(() => live.close());
beforeEach(async () => {
  roomId = await live.newRoom();
});

const nothing = { reactions: {}, anonymous: [], saved: [] };
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
async function posts(count: number): Promise<MessageView[]> {
  const answers = await Promise.all(upTo(count).map((n) => live.messages.post(amal, aPost(roomId, `text ${n}`))));
  return answers.map(({ message }) => message);
}
const join = (since?: number | null) => live.messages.join(olena, { roomId, since });
const revsOf = (view: RoomJoinView) => (view.kind === 'changes' ? view.changes.map((change) => change.rev) : view.kind);

test('a first join gets the newest page, the rev it is good for, and what she may do', async () => {
  const all = await posts(6);
  expect(await join()).toEqual({
    kind: 'snapshot',
    roomId,
    viewerId: olena.id,
    rev: 6,
    posts: 6,
    readPosts: 0,
    purgedBelow: 0,
    editMinutes: 60,
    abilities: expect.objectContaining({ post: true, removeOthers: false }),
    pins: [],
    mine: nothing,
    page: { messages: all.slice(2), hasOlder: true, hasNewer: false, mine: nothing },
  });
  expect(await live.messages.join(moderator, { roomId })).toMatchObject({ abilities: { removeOthers: true } });
});

test('an empty room answers an empty page', async () => {
  expect(await join()).toMatchObject({ kind: 'snapshot', rev: 0, posts: 0, page: { messages: [], hasOlder: false } });
  expect(await join(0)).toMatchObject({ kind: 'changes', rev: 0, changes: [] });
});

test('who was away a while gets just the changes after her rev', async () => {
  const all = await posts(5);
  await live.messages.remove(amal, { roomId, messageId: all[4]?.id });
  const view = await join(3);
  expect(view).toMatchObject({ kind: 'changes', rev: 6, posts: 5 });
  expect(view.kind === 'changes' && view.changes).toMatchObject([
    { rev: 4, kind: 'posted', message: { text: 'text 4' } },
    { rev: 5, kind: 'posted', message: { text: null, rev: 6, removedBy: 'author' } },
    { rev: 6, kind: 'removed', messageId: all[4]?.id, removedBy: 'author' },
  ]);
  expect(revsOf(await join(6))).toEqual([]);
});

test('as many changes as the limit are sent, one more is the newest page', async () => {
  await posts(7);
  expect(revsOf(await join(1))).toEqual([2, 3, 4, 5, 6, 7]);
  expect(revsOf(await join(0))).toBe('snapshot');
});

test('a rev that this room never had is a reset', async () => {
  await posts(2);
  expect(revsOf(await join(3))).toBe('snapshot');
  expect(revsOf(await join(2))).toEqual([]);
});

test('changes that the log no longer keeps are a reset, those it keeps are not', async () => {
  await posts(5);
  await live.models.roomLog.deleteMany({ roomId, rev: { $lte: 3 } });
  expect(revsOf(await join(2))).toBe('snapshot');
  expect(revsOf(await join(3))).toEqual([4, 5]);
  expect(revsOf(await join(5))).toEqual([]);
  await expect(live.messages.changesBetween(roomId, 3, 5)).rejects.toMatchObject({ code: 'not-found' });
  expect(await live.messages.changesBetween(roomId, 4, 5)).toMatchObject({ from: 4, to: 5, posts: 5 });
});

test('a join while others write never answers less than its rev says', async () => {
  const writing = Promise.all(upTo(60).map((n) => live.messages.post(amal, aPost(roomId, `text ${n}`))));
  for (let round = 0; round < 30; round++) {
    const view = await join();
    const newest = view.kind === 'snapshot' ? (view.page.messages.at(-1)?.seq ?? 0) : 0;
    expect(newest).toBeGreaterThanOrEqual(view.rev);
  }
  await writing;
});

test('every join carries below which message the history was purged', async () => {
  await posts(3);
  await live.models.rooms.updateOne({ _id: roomId }, { $set: { purgedBelow: 2 } });
  expect(await join()).toMatchObject({ purgedBelow: 2 });
  expect(await join(2)).toMatchObject({ kind: 'changes', purgedBelow: 2 });
});

test('history pages backwards without holes or repeats, while others go on writing', async () => {
  const all = await posts(11);
  const seen: MessageView[] = [];
  let before: number | null = null;
  for (let pages = 0; pages < 10; pages++) {
    const page: Awaited<ReturnType<typeof live.messages.history>> = await live.messages.history(olena, {
      roomId,
      before,
    });
    seen.unshift(...page.messages);
    before = page.messages[0]?.seq ?? null;
    await live.messages.post(amal, aPost(roomId, `meanwhile ${pages}`));
    if (!page.hasOlder) break;
  }
  expect(seen).toEqual(all);
  expect(await live.messages.history(olena, { roomId, before: 1 })).toEqual({
    messages: [],
    hasOlder: false,
    hasNewer: true,
    mine: nothing,
  });
});

test('a message is found in its place, with what was said before and after it', async () => {
  const all = await posts(12);
  const rootId = all[5]?.id ?? '';
  await live.messages.post(amal, { ...aPost(roomId, 'in a thread'), threadId: rootId });
  const history = async (place: object) => {
    const { messages, hasOlder, hasNewer } = await live.messages.history(olena, { roomId, ...place });
    return [messages.map(({ seq }) => seq), hasOlder, hasNewer];
  };
  expect(await history({ around: 6 })).toEqual([[5, 6, 7, 8], true, true]);
  expect(await history({ around: 1 })).toEqual([[1, 2, 3], false, true]);
  expect(await history({ around: 12 })).toEqual([[11, 12], true, false]);
  // a place that is none: what stands nearest to it
  expect(await history({ around: 99 })).toEqual([[11, 12], true, false]);
  expect(await history({ after: 6 })).toEqual([[7, 8, 9, 10], true, true]);
  expect(await history({ after: 10 })).toEqual([[11, 12], true, false]);
  expect(await history({ after: 12 })).toEqual([[], true, false]);
});

test('the author takes her message back: a stone stays, the words are gone from everywhere', async () => {
  const [message] = await posts(2);
  expect(await live.messages.remove(amal, { roomId, messageId: message?.id })).toEqual({ rev: 3 });
  const page = await live.messages.history(olena, { roomId });
  expect(page.messages[0]).toEqual({ ...message, rev: 3, text: null, lang: null, removedBy: 'author' });
  const stored = [
    await live.models.messages.find({ roomId }).lean(),
    await live.models.roomLog.find({ roomId }).lean(),
  ];
  expect(JSON.stringify(stored)).not.toContain('text 1');
  expect(live.envelopes.at(-1)).toEqual({
    roomId,
    from: 3,
    to: 3,
    posts: 2,
    changes: [{ rev: 3, kind: 'removed', messageId: message?.id, removedBy: 'author', threadId: null }],
  });
  expect(await live.repository.head(roomId)).toMatchObject({ rev: 3, posts: 2, lastAt: new Date(message?.at ?? 0) });
});

test('removing twice, or by two people at once, is no error and one stone', async () => {
  const [message] = await posts(1);
  const input = { roomId, messageId: message?.id };
  const [one, two] = await Promise.all([live.messages.remove(amal, input), live.messages.remove(moderator, input)]);
  expect([one, two]).toEqual([{ rev: 2 }, { rev: 2 }]);
  expect(await live.messages.remove(amal, input)).toEqual({ rev: 2 });
  expect(await live.models.roomLog.countDocuments({ roomId })).toBe(2);
});

test("a moderator removes somebody's message, another member cannot", async () => {
  const [message] = await posts(1);
  const input = { roomId, messageId: message?.id };
  await expect(live.messages.remove(olena, input)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(live.messages.remove(person('Mentor', 'mentor'), input)).rejects.toMatchObject({ code: 'forbidden' });
  await live.messages.remove(moderator, input);
  const page = await live.messages.history(olena, { roomId });
  expect(page.messages[0]).toMatchObject({ text: null, removedBy: 'moderator' });
});

test('a message cannot be removed through another room', async () => {
  const [message] = await posts(1);
  const elsewhere = await live.newRoom();
  await expect(live.messages.remove(amal, { roomId: elsewhere, messageId: message?.id })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('a name that was changed is the new one in what is sent next', async () => {
  const renamed = person('Before');
  await live.messages.post(renamed, aPost(roomId, '1'));
  live.rename(renamed, 'After');
  const { message } = await live.messages.post(renamed, aPost(roomId, '2'));
  expect(message.author?.displayName).toBe('After');
  expect((await live.messages.history(olena, { roomId })).messages.map((m) => m.author?.displayName)).toEqual([
    'After',
    'After',
  ]);
});
