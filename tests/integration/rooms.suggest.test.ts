// Whom she may mean: only who may read the room, and only names that may be seen.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '#shared/limits.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
const mira = person('Mira', 'moderator');
beforeAll(async () => {
  live = await openLive();
});
afterAll(() => live.close());

const names = async (actor: Actor, input: object) =>
  (await live.rooms.suggest(actor, input)).map(({ displayName }) => displayName);
async function membersOf(access: 'open' | 'invitation'): Promise<string> {
  const roomId = await live.newRoom();
  await live.models.rooms.updateOne({ _id: roomId }, { $set: { access } });
  return roomId;
}

test('members who let their name be seen are suggested to others, all to who hosts', async () => {
  const roomId = await membersOf('open');
  const [nour, nadia, olena] = [person('نور'), person('نادية'), person('Olena')];
  await live.rooms.join(nour, { roomId, shown: true });
  await live.rooms.join(nadia, { roomId, shown: false });
  await live.rooms.join(olena, { roomId, shown: true });
  expect(await names(olena, { roomId, query: 'ن' })).toEqual(['نور']);
  expect(await names(mira, { roomId, query: 'ن' })).toEqual(['نور', 'نادية']);
  expect(await names(olena, { roomId, query: '' })).toEqual(['نور']);
  // her page shows who wrote
  expect(await names(olena, { roomId, query: 'ناد', known: [nadia.id, newId()] })).toEqual(['نادية']);
});

test('whoever may not read the room is not suggested, and gets no suggestions', async () => {
  const roomId = await membersOf('invitation');
  const outside = person('Outside');
  expect(await names(mira, { roomId, query: 'out', known: [outside.id] })).toEqual([]);
  await expect(live.rooms.suggest(outside, { roomId, query: '' })).rejects.toMatchObject({ code: 'not-found' });
});

test('wrong input is refused', async () => {
  const roomId = await membersOf('open');
  const many = Array.from({ length: LIMITS.listPage + 1 }, newId);
  const ask = (input: object) => live.rooms.suggest(mira, input).catch((error: unknown) => error);
  expect(await ask({ roomId, query: 'x'.repeat(82) })).toMatchObject({ code: 'input.too-long' });
  expect(await ask({ roomId, query: '', known: many })).toMatchObject({ code: 'input.too-long' });
  expect(await ask({ roomId: newId(), query: '' })).toMatchObject({ code: 'not-found' });
  expect(await ask({ query: '' })).toMatchObject({ code: expect.stringMatching(/^input\./) as string });
});
