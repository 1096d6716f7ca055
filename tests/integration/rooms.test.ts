// Rooms through the driver: the first rooms, the list, reading positions.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIRST_ROOMS } from '../../server/database/seed/rooms.ts';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
const amal = person('Amal');
const olena = person('Olena');
beforeAll(async () => {
  live = await openLive({ firstRooms: FIRST_ROOMS });
});
afterAll(() => live.close());

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const post = (roomId: string, count: number) =>
  Promise.all(upTo(count).map((number) => live.messages.post(amal, aPost(roomId, `text ${number}`))));

test('the first rooms are made once, also by two processes at once, and keep what was changed in them', async () => {
  const other = await live.another();
  await Promise.all([live.rooms.ensureFirstRooms(), other.rooms.ensureFirstRooms(), live.rooms.ensureFirstRooms()]);
  const list = await live.rooms.list(amal);
  expect(list.map((room) => room.slug)).toEqual(['jobs', 'bureaucracy', 'schools']);
  await live.models.rooms.updateOne({ slug: 'jobs' }, { $set: { 'purpose.en': 'Changed by a coordinator' } });
  await live.rooms.ensureFirstRooms();
  expect(await live.models.rooms.countDocuments({ slug: { $in: list.map((room) => room.slug) } })).toBe(3);
  expect((await live.rooms.bySlug(amal, 'jobs')).purpose.en).toBe('Changed by a coordinator');
});

test('a room shows its texts in every language under its name in the address', async () => {
  await live.rooms.ensureFirstRooms();
  const first = FIRST_ROOMS.find((room) => room.slug === 'schools');
  const room = await live.rooms.bySlug(olena, 'schools');
  expect(room).toEqual({
    id: room.id,
    ...first,
    access: 'open',
    archived: false,
    keepDays: 730,
    standing: 'visitor',
    abilities: live.rooms.abilities(olena, room),
  });
  expect(await live.rooms.authorise(olena, room.id)).toEqual(room);
  expect(room.abilities).toMatchObject({ read: true, post: true, join: true, removeOthers: false, manage: false });
});

test.each([['nowhere'], ['../jobs'], [''], [{ $ne: '' }], [undefined], ['JOBS']])(
  'there is no room called %j',
  async (slug) => {
    await expect(live.rooms.bySlug(amal, slug)).rejects.toMatchObject({ code: 'not-found' });
  },
);

test.each([['f'.repeat(24)], ['jobs'], ['']])('there is no room with the id %j', async (id) => {
  await expect(live.rooms.authorise(amal, id)).rejects.toMatchObject({ code: 'not-found' });
});

test('someone new finds at most twenty messages unread, before and after she enters', async () => {
  const roomId = await live.newRoom();
  await post(roomId, 35);
  const line = (await live.rooms.list(olena)).find((room) => room.roomId === roomId);
  expect(line).toMatchObject({ posts: 35, readPosts: 15, here: 0 });
  expect(await live.messages.join(olena, { roomId })).toMatchObject({ posts: 35, readPosts: 15 });
  await post(roomId, 10);
  const later = (await live.rooms.list(olena)).find((room) => room.roomId === roomId);
  expect(later).toMatchObject({ posts: 45, readPosts: 15 });
});

test('reading moves forward only, and never beyond what the room has', async () => {
  const roomId = await live.newRoom();
  await post(roomId, 5);
  const read = (posts: number) => live.rooms.markRead(olena, { roomId, posts });
  expect(await read(3)).toEqual({ readPosts: 3 });
  expect(await read(2)).toEqual({ readPosts: 3 });
  expect(await read(3)).toEqual({ readPosts: 3 });
  expect(await read(1_000)).toEqual({ readPosts: 5 });
  expect(live.reads.filter((event) => event.roomId === roomId)).toEqual([
    { userId: olena.id, roomId, readPosts: 3 },
    { userId: olena.id, roomId, readPosts: 5 },
  ]);
  expect(await live.messages.join(olena, { roomId })).toMatchObject({ readPosts: 5 });
});

test('two of her devices reading at once end at the further one', async () => {
  for (let round = 0; round < 5; round++) {
    const roomId = await live.newRoom();
    await post(roomId, 9);
    await Promise.all(upTo(9).map((posts) => live.rooms.markRead(olena, { roomId, posts })));
    expect(await live.repository.readPosts(roomId, olena.id)).toBe(9);
    expect(await live.models.members.countDocuments({ roomId, userId: olena.id })).toBe(1);
  }
});

test('what one woman has read does not count for another', async () => {
  const roomId = await live.newRoom();
  await post(roomId, 4);
  await live.rooms.markRead(olena, { roomId, posts: 4 });
  expect(await live.messages.join(person('Third'), { roomId })).toMatchObject({ readPosts: 0 });
});

test.each([
  ['a negative number', { posts: -1 }],
  ['half a message', { posts: 1.5 }],
  ['a query', { posts: { $gt: 0 } }],
  ['no number', {}],
])('reading up to %s is refused', async (_name, input) => {
  const roomId = await live.newRoom();
  await expect(live.rooms.markRead(olena, { roomId, ...input })).rejects.toMatchObject({ code: 'input.invalid' });
});

test('the list shows the newest activity, in the order of the rooms', async () => {
  const roomId = await live.newRoom();
  const before = await live.rooms.list(amal);
  expect(before.find((room) => room.roomId === roomId)).toMatchObject({ posts: 0, readPosts: 0, lastAt: null });
  const [answer] = await post(roomId, 1);
  await live.messages.remove(amal, { roomId, messageId: answer?.message.id });
  const line = (await live.rooms.list(amal)).find((room) => room.roomId === roomId);
  expect(line).toMatchObject({ posts: 1, lastAt: answer?.message.at });
  const positions = (await live.models.rooms.find().sort({ position: 1, _id: 1 })).map((room) => room.slug);
  expect(before.map((room) => room.slug)).toEqual(positions);
});
