// The search on a database: every pair of the tables, removal, filters, pages, indexes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageView } from '../../src/lib/shared/messages.ts';
import { aPost, openLive, person } from '../support/live.ts';
import { openSearch } from '../support/search.ts';
import { arabic } from '../support/search-words/arabic.ts';
import { english } from '../support/search-words/english.ts';
import { german } from '../support/search-words/german.ts';
import { persian } from '../support/search-words/persian.ts';
import { russian } from '../support/search-words/russian.ts';
import { turkish } from '../support/search-words/turkish.ts';
import { ukrainian } from '../support/search-words/ukrainian.ts';

const amal = person('Amal');
const olena = person('Olena');
const moderator = person('Mod', 'moderator');
let now = new Date();
let live: Awaited<ReturnType<typeof openLive>>;
let running: Awaited<ReturnType<typeof openSearch>>;

beforeAll(async () => {
  live = await openLive({ clock: { now: () => now } });
  running = await openSearch(live, [amal, olena, moderator], { limits: { page: 10 } });
});
afterAll(() => live.close());

async function newRoom(): Promise<{ roomId: string; room: string }> {
  const roomId = await live.newRoom();
  return { roomId, room: (await live.rooms.authorise(amal, roomId)).slug };
}
const post = async (roomId: string, text: string, by = amal, more = {}): Promise<MessageView> =>
  (await live.messages.post(by, { ...aPost(roomId, text), ...more })).message;
async function textsOf(input: object): Promise<string[]> {
  const { results } = await running.search.find(olena, input);
  return results.map(({ parts }) => parts.map(({ text }) => text).join(''));
}

const languages = { german, english, arabic, ukrainian, russian, persian, turkish };
describe.each(Object.entries(languages))('%s', (_name, { hits, misses }) => {
  test('the index finds what the rules find, and nothing that they do not', async () => {
    const { roomId, room } = await newRoom();
    const texts = [...new Set([...hits, ...misses].map(([, text]) => text))];
    await Promise.all(texts.map((text) => post(roomId, text)));
    await running.search.flush();
    const wrong: string[] = [];
    for (const [query, text] of hits) {
      if (!(await textsOf({ query, room })).includes(text)) wrong.push(`«${query}» misses «${text}»`);
    }
    for (const [query, text] of misses) {
      if ((await textsOf({ query, room })).includes(text)) wrong.push(`«${query}» finds «${text}»`);
    }
    expect(wrong).toEqual([]);
  });
});

test('a result says where it stands, who wrote it and what was meant', async () => {
  const { roomId, room } = await newRoom();
  const message = await post(roomId, 'Das Jugendamt war freundlich');
  await running.search.flush();
  expect(await running.search.find(olena, { query: 'jugendämter', room })).toEqual({
    next: null,
    results: [
      {
        messageId: message.id,
        roomSlug: room,
        roomName: { de: room, en: room, ar: room, uk: room },
        seq: message.seq,
        root: null,
        author: { id: amal.id, displayName: 'Amal', role: 'member', hue: 1 },
        at: message.at,
        parts: [
          { text: 'Das ', hit: false },
          { text: 'Jugendamt', hit: true },
          { text: ' war freundlich', hit: false },
        ],
      },
    ],
  });
});

test('a removed message is not found any more, and nothing of its words is kept', async () => {
  const { roomId, room } = await newRoom();
  const message = await post(roomId, 'Meine Nummer ist Zwetschgenkuchen');
  await running.search.flush();
  expect(await textsOf({ query: 'zwetschgen', room })).toHaveLength(1);
  await live.messages.remove(amal, { roomId, messageId: message.id });
  // at once, even before the index has heard of it
  expect(await textsOf({ query: 'zwetschgen', room })).toEqual([]);
  await running.search.flush();
  const row = await running.models.searchRows.findById(message.id).lean();
  expect(row).toMatchObject({ tokens: [], rev: 2 });
});

test('a message is found without anybody waiting for the index', async () => {
  const { roomId, room } = await newRoom();
  await post(roomId, 'Quittenmarmelade');
  await expect.poll(() => textsOf({ query: 'quitten', room }), { timeout: 5_000 }).toHaveLength(1);
});

test('a search by author finds what she wrote under her name, never what she asked anonymously', async () => {
  const { roomId, room } = await newRoom();
  const named = await post(roomId, 'Hebamme gesucht', amal);
  await post(roomId, 'Hebamme gefunden', olena);
  const hidden = await post(roomId, 'Hebamme, aber wie?', amal, { anonymous: true });
  await running.search.flush();
  expect(await running.models.searchRows.findById(hidden.id).lean()).toMatchObject({ authorId: null });
  const { results } = await running.search.find(olena, { query: 'hebamme', room, author: amal.id });
  expect(results.map(({ messageId }) => messageId)).toEqual([named.id]);
  const all = await running.search.find(olena, { query: 'hebamme', room });
  expect(all.results.map(({ author }) => author?.displayName ?? null)).toEqual([null, 'Olena', 'Amal']);
  // without a word: all that she wrote, as it is now
  const gone = await post(roomId, 'Schon erledigt', amal);
  const second = await post(roomId, 'Danke!', amal);
  await live.messages.remove(amal, { roomId, messageId: gone.id });
  await running.search.flush();
  const hers = await running.search.find(olena, { query: '', room, author: amal.id });
  expect(hers.results.map(({ messageId, parts }) => [messageId, parts.some(({ hit }) => hit)])).toEqual([
    [second.id, false],
    [named.id, false],
  ]);
  await expect(running.search.find(olena, { query: ' ', room })).rejects.toMatchObject({ code: 'input.empty' });
});

test('a search by time takes days as they are in Germany', async () => {
  const { roomId, room } = await newRoom();
  const moments = ['2026-05-03T21:59:00Z', '2026-05-03T22:00:00Z', '2026-05-04T21:59:00Z', '2026-05-04T22:00:00Z'];
  for (const moment of moments) {
    now = new Date(moment);
    await post(roomId, `Treffen ${moment}`);
  }
  now = new Date();
  await running.search.flush();
  const found = await textsOf({ query: 'treffen', room, from: '2026-05-04', to: '2026-05-04' });
  expect(found).toEqual([`Treffen ${moments[2] ?? ''}`, `Treffen ${moments[1] ?? ''}`]);
  expect(await textsOf({ query: 'treffen', room, from: '2026-05-05', to: '' })).toHaveLength(1);
  expect(await textsOf({ query: 'treffen', room, from: '', to: '2026-05-03' })).toHaveLength(1);
});

test('pages go from the newest to the oldest without holes or repeats', async () => {
  const { roomId, room } = await newRoom();
  const texts = Array.from({ length: 23 }, (_, index) => `Kastanie ${index}`);
  await Promise.all(texts.map((text) => post(roomId, text))); // many at the same moment
  await running.search.flush();
  const seen: string[] = [];
  const sizes: number[] = [];
  for (let before: string | null = null; ;) {
    const { results, next } = await running.search.find(olena, { query: 'kastanie', room, before });
    seen.push(...results.map(({ messageId }) => messageId));
    sizes.push(results.length);
    before = next;
    if (before === null) break;
  }
  expect(sizes).toEqual([10, 10, 3]);
  expect(new Set(seen).size).toBe(23);
});

test('a page is full although some of its messages were just removed', async () => {
  const { roomId, room } = await newRoom();
  const all: MessageView[] = [];
  for (let index = 0; index < 16; index++) all.push(await post(roomId, `Holunder ${index}`));
  await running.search.flush();
  for (const { id } of all.slice(-5)) await live.messages.remove(amal, { roomId, messageId: id });
  const { results, next } = await running.search.find(olena, { query: 'holunder', room });
  expect(results).toHaveLength(10);
  expect(next).not.toBeNull();
  const rest = await running.search.find(olena, { query: 'holunder', room, before: next });
  expect([rest.results.length, rest.next]).toEqual([1, null]);
});

test('erasure takes out what she wrote, and single messages', async () => {
  const { roomId, room } = await newRoom();
  const gone = person('Gone');
  await post(roomId, 'Löwenzahn eins', gone);
  await post(roomId, 'Löwenzahn zwei', amal);
  const single = await post(roomId, 'Löwenzahn drei', amal);
  await running.search.flush();
  await running.search.forgetAuthor(gone.id);
  await running.search.forget([single.id]);
  expect(await textsOf({ query: 'löwenzahn', room })).toEqual(['Löwenzahn zwei']);
  expect(await running.models.searchRows.countDocuments({ authorId: gone.id })).toBe(0);
});
