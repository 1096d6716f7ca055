// The search and everything that can happen to a message: edits, threads, moves, reactions.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MessageView } from '../../src/lib/shared/messages.ts';
import { aPost, openLive, person } from '../support/live.ts';
import { openSearch } from '../support/search.ts';

const amal = person('Amal');
const moderator = person('Mod', 'moderator');
let live: Awaited<ReturnType<typeof openLive>>;
let running: Awaited<ReturnType<typeof openSearch>>;
let roomId: string;
let room: string;
beforeAll(async () => {
  live = await openLive();
  running = await openSearch(live, [amal, moderator]);
});
afterAll(() => live.close());
beforeEach(async () => {
  roomId = await live.newRoom();
  room = (await live.rooms.authorise(amal, roomId)).slug;
});

const post = async (text: string, more = {}): Promise<MessageView> =>
  (await live.messages.post(amal, { ...aPost(roomId, text), ...more })).message;
const found = async (query: string, where: string | null = room) =>
  (await running.search.find(moderator, { query, room: where })).results;

test('an edited message is found by its new words, no longer by its old ones', async () => {
  const { id: messageId } = await post('Wir treffen uns beim Rathaus');
  await running.search.flush();
  await live.messages.edit(amal, { roomId, messageId, text: 'Wir treffen uns am Hauptbahnhof' });
  expect(await found('rathaus')).toEqual([]); // at once
  await running.search.flush();
  expect(await found('hauptbahnhof')).toHaveLength(1);
  const row = await running.models.searchRows.findById(messageId).lean();
  expect(row?.tokens).not.toContain('rathaus');
});

test('a message in a thread is found, and says where its thread stands', async () => {
  const root = await post('Wer kennt eine Logopädin?');
  await post('Etwas anderes');
  const reply = await post('Ja, die Logopädin am Markt', { threadId: root.id });
  await running.search.flush();
  const results = await found('logopädin');
  expect(results.map(({ messageId, seq, root: place }) => ({ messageId, seq, place }))).toEqual([
    { messageId: reply.id, seq: reply.seq, place: { messageId: root.id, seq: root.seq } },
    { messageId: root.id, seq: root.seq, place: null },
  ]);
});

test('a moved message is found where it went, and only there', async () => {
  const { id: messageId } = await post('Frage zum Elterngeld');
  await running.search.flush();
  const toRoomId = await live.newRoom();
  const there = (await live.rooms.authorise(amal, toRoomId)).slug;
  await live.messages.move(moderator, { roomId, messageId, toRoomId });
  await running.search.flush();
  expect(await found('elterngeld')).toEqual([]);
  expect(await found('elterngeld', there)).toHaveLength(1);
  expect((await found('elterngeld', null)).map(({ roomSlug }) => roomSlug)).toEqual([there]);
});

test('reactions and pins change nothing in the index', async () => {
  const { id: messageId } = await post('Danke für den Kuchen');
  await running.search.flush();
  await live.messages.react(amal, { roomId, messageId, reaction: 'heart', on: true });
  await live.messages.pin(moderator, { roomId, messageId, on: true });
  await running.search.flush();
  expect(await running.models.searchRows.findById(messageId).lean()).toMatchObject({ rev: 1 });
  expect(await running.repository.indexedUpTo(roomId)).toBe(3);
  expect(await found('kuchen')).toHaveLength(1);
});
