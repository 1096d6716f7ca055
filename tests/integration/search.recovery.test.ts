// The index after crashes, failures and beside other processes: it follows the messages, and never keeps what is gone.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MessageView } from '../../src/lib/shared/messages.ts';
import { aPost, openLive, person } from '../support/live.ts';
import { openSearch } from '../support/search.ts';

const amal = person('Amal');
let live: Awaited<ReturnType<typeof openLive>>;
let roomId: string;
let room: string;
beforeAll(async () => {
  live = await openLive();
});
afterAll(() => live.close());
beforeEach(async () => {
  roomId = await live.newRoom();
  room = (await live.rooms.authorise(amal, roomId)).slug;
});

const post = async (text: string): Promise<MessageView> =>
  (await live.messages.post(amal, aPost(roomId, text))).message;
const open = (options = {}) => openSearch(live, [amal], options);
type Running = Awaited<ReturnType<typeof open>>;
const count = async ({ search }: Running, query: string): Promise<number> =>
  (await search.find(amal, { query, room })).results.length;

test('what was written while nothing listened is indexed at start, once or twice', async () => {
  await post('Rhabarber eins');
  const removed = await post('Rhabarber zwei');
  await live.messages.remove(amal, { roomId, messageId: removed.id });
  const first = await open();
  expect(await count(first, 'rhabarber')).toBe(0);
  await first.search.recover();
  expect(await count(first, 'rhabarber')).toBe(1);
  const second = await open();
  await second.search.recover();
  expect(await count(second, 'rhabarber')).toBe(1);
  expect(await first.models.searchRows.countDocuments({ roomId })).toBe(2);
});

test('a room whose log has expired is indexed from its messages', async () => {
  for (let index = 0; index < 130; index++) await post(`Stachelbeere ${index}`);
  await live.models.roomLog.deleteMany({ roomId, rev: { $lte: 40 } });
  const running = await open();
  await running.search.recover();
  expect(await running.models.searchRows.countDocuments({ roomId })).toBe(130);
  expect(await running.repository.indexedUpTo(roomId)).toBe(130);
});

test('rooms that are indexed by older rules are indexed anew', async () => {
  const message = await post('Mirabelle');
  const running = await open();
  await running.search.recover();
  // in this order it does not matter when the hub that posted looks at the room
  await running.models.searchRows.updateOne({ _id: message.id }, { $set: { tokens: ['old'] } });
  await running.models.searchRooms.updateOne({ _id: roomId }, { $set: { rules: 0 } });
  await running.search.recover();
  expect(await count(running, 'mirabelle')).toBe(1);
});

test('a failure is made up for', async () => {
  let away = true;
  const running = await open({ fails: () => away });
  await post('Preiselbeere');
  await running.search.flush();
  away = false;
  await expect.poll(() => count(running, 'preiselbeere'), { timeout: 5_000 }).toBe(1);
});

test('two processes index the same room at once', async () => {
  const others = await live.another();
  const [mine, theirs] = [await open(), await openSearch(others, [amal])];
  const texts = Array.from({ length: 40 }, (_, index) => `Sanddorn ${index}`);
  await Promise.all(texts.map((text, index) => (index % 2 ? live : others).messages.post(amal, aPost(roomId, text))));
  await Promise.all([mine.search.flush(), theirs.search.flush()]);
  await Promise.all([mine.search.recover(), theirs.search.recover()]);
  expect(await mine.models.searchRows.countDocuments({ roomId })).toBe(40);
});

test('a process that is late does not bring back the words of a removed message', async () => {
  const running = await open();
  const message = await post('Geheimnis Brombeere');
  const [late] = await running.source.messages([message.id]);
  if (!late) throw new Error('the message is not there');
  await live.messages.remove(amal, { roomId, messageId: message.id });
  await running.search.flush();
  const { seq, rev } = late;
  const row = {
    messageId: message.id,
    roomId,
    authorId: amal.id,
    at: new Date(late.at),
    seq,
    rev,
    tokens: ['brombeere'],
  };
  await running.repository.put([row]);
  expect(await running.models.searchRows.findById(message.id).lean()).toMatchObject({ tokens: [] });
});
