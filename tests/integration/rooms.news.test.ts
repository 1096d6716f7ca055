// The notification centre: what others made of her in rooms, who waits for her answer, and what of it counts for her.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { createNotificationsService } from '../../server/domain/notifications/notifications.service.ts';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
let notes: ReturnType<typeof createNotificationsService>['notes'];
const mira = person('Mira', 'moderator');
beforeAll(async () => {
  live = await openLive();
  ({ notes } = createNotificationsService({
    ...live,
    notices: { unread: () => Promise.resolve(0) },
    moderation: { news: () => Promise.resolve({ notices: 0, outcomes: 0 }) },
  }));
});
afterAll(() => live.close());

async function room(access: string): Promise<string> {
  const roomId = await live.newRoom();
  await live.models.rooms.updateOne({ _id: roomId }, { $set: { access } });
  return roomId;
}
const count = async (actor: Actor) => (await notes(actor)).reduce((all, one) => all + one.count, 0);
const noticesOf = async (actor: Actor) =>
  (await live.rooms.news(actor)).notices.map(({ roomId, slug, notice }) => [roomId, slug === null, notice]);
const waitingOf = async (actor: Actor, roomId: string) =>
  (await live.rooms.news(actor)).waiting.find((one) => one.roomId === roomId)?.count ?? 0;

describe('what others made of her in a room', () => {
  test('is told until she has seen it, and counts as one', async () => {
    const [olena, roomId] = [person('Olena'), await room('request')];
    await live.rooms.ask(olena, { roomId });
    expect(await count(olena)).toBe(0);
    await live.rooms.answer(mira, { roomId, userId: olena.id, answer: 'accept' });
    expect([await noticesOf(olena), await count(olena)]).toEqual([[[roomId, false, 'accepted']], 1]);
    await live.rooms.seen(olena, { roomIds: [roomId] });
    await live.rooms.seen(olena, { roomIds: [roomId] });
    expect([await noticesOf(olena), await count(olena)]).toEqual([[], 0]);
  });

  test.each([
    [
      'declined',
      'request',
      (roomId: string, userId: string) => live.rooms.answer(mira, { roomId, userId, answer: 'decline' }),
    ],
    ['invited', 'invitation', (roomId: string, userId: string) => live.rooms.invite(mira, { roomId, userId })],
    ['host', 'open', (roomId: string, userId: string) => live.rooms.setHost(mira, { roomId, userId, host: true })],
  ] as const)('“%s” is told once, and only to her', async (notice, access, act) => {
    const [olena, amal, roomId] = [person('Olena', 'mentor'), person('Amal'), await room(access)];
    if (access === 'request') await live.rooms.ask(olena, { roomId });
    await act(roomId, olena.id);
    expect(await noticesOf(olena)).toEqual([[roomId, false, notice]]);
    expect(await noticesOf(amal)).toEqual([]);
    await live.rooms.seen(amal, { roomIds: [roomId] });
    expect(await noticesOf(olena)).toHaveLength(1);
  });

  test('who was taken out of a room that she cannot see any more is told so, without a way there', async () => {
    const [olena, roomId] = [person('Olena'), await room('invitation')];
    await live.rooms.invite(mira, { roomId, userId: olena.id });
    await live.rooms.join(olena, { roomId });
    expect(await noticesOf(olena)).toEqual([]);
    await live.rooms.remove(mira, { roomId, userId: olena.id });
    expect(await noticesOf(olena)).toEqual([[roomId, true, 'removed']]);
  });

  test('an invitation that is taken back is no news', async () => {
    const [olena, roomId] = [person('Olena'), await room('invitation')];
    await live.rooms.invite(mira, { roomId, userId: olena.id });
    await live.rooms.remove(mira, { roomId, userId: olena.id });
    expect([await noticesOf(olena), await count(olena)]).toEqual([[], 0]);
  });

  test('what she does herself tells her nothing', async () => {
    const [olena, roomId] = [person('Olena'), await room('open')];
    await live.rooms.join(olena, { roomId });
    await live.rooms.leave(olena, { roomId });
    expect(await noticesOf(olena)).toEqual([]);
  });
});

describe('who waits for an answer', () => {
  test('is known to moderators and the hosts of the room, and to nobody else', async () => {
    const [roomId, nuria, other] = [await room('request'), person('Nuria', 'mentor'), person('Other', 'mentor')];
    await live.rooms.setHost(mira, { roomId, userId: nuria.id, host: true });
    await live.rooms.seen(nuria, { roomIds: [roomId] });
    const [olena, amal] = [person('Olena'), person('Amal')];
    for (const who of [olena, amal]) await live.rooms.ask(who, { roomId });
    expect([await waitingOf(mira, roomId), await waitingOf(nuria, roomId), await count(nuria)]).toEqual([2, 2, 2]);
    expect([await waitingOf(other, roomId), await waitingOf(olena, roomId)]).toEqual([0, 0]);
    await live.rooms.answer(nuria, { roomId, userId: olena.id, answer: 'accept' });
    await live.rooms.leave(amal, { roomId });
    expect([await waitingOf(mira, roomId), await count(nuria)]).toEqual([0, 0]);
  });

  test('is told by an event whenever it changes', async () => {
    const roomId = await room('request');
    let changes = 0;
    const off = live.bus.on('room.requests-changed', (event) => (changes += event.roomId === roomId ? 1 : 0));
    const [olena, amal, nour] = [person('Olena'), person('Amal'), person('Nour')];
    for (const who of [olena, amal, nour]) await live.rooms.ask(who, { roomId });
    await live.rooms.answer(mira, { roomId, userId: olena.id, answer: 'decline' });
    await live.rooms.invite(mira, { roomId, userId: amal.id });
    await live.rooms.leave(nour, { roomId });
    off();
    expect(changes).toBe(6);
  });

  test('counts no more when the room is archived', async () => {
    const roomId = await room('request');
    await live.rooms.ask(person('Olena'), { roomId });
    expect(await waitingOf(mira, roomId)).toBe(1);
    await live.rooms.archive(mira, { roomId });
    expect(await waitingOf(mira, roomId)).toBe(0);
  });
});

describe('what she chose in a room', () => {
  const mention = async (roomId: string, whom: Actor) =>
    live.messages.post(mira, { ...aPost(roomId, 'hey'), mentions: [whom.id] });

  test('nothing: mentions there do not count; only mentions and all: they do', async () => {
    const olena = person('Olena');
    for (const [level, expected] of [
      ['nothing', 0],
      ['mentions', 1],
      ['all', 1],
    ] as const) {
      const roomId = await room('open');
      await live.rooms.join(olena, { roomId });
      await live.rooms.saveSettings(olena, { roomId, level });
      const before = await count(olena);
      await mention(roomId, olena);
      expect([level, (await count(olena)) - before]).toEqual([level, expected]);
    }
  });

  test('her quiet hours go along with the count, and hers alone', async () => {
    const [olena, roomId] = [person('Olena'), await room('open')];
    await live.rooms.join(olena, { roomId });
    await live.rooms.saveSettings(olena, { roomId, level: 'mentions', quietFrom: '22:00', quietTo: '07:00' });
    await mention(roomId, olena);
    expect(await notes(olena)).toEqual([{ count: 1, quietFrom: '22:00', quietTo: '07:00' }]);
  });

  test('a mention in a room that she lost does not wait for her forever', async () => {
    const [olena, roomId] = [person('Olena'), await room('invitation')];
    await live.rooms.invite(mira, { roomId, userId: olena.id });
    await live.rooms.join(olena, { roomId });
    await mention(roomId, olena);
    expect(await count(olena)).toBe(1);
    await live.rooms.leave(olena, { roomId });
    expect(await count(olena)).toBe(0);
  });
});

test.each([
  {},
  { roomIds: [] },
  { roomIds: 'x' },
  { roomIds: ['x'] },
  { roomIds: Array(51).fill('f'.repeat(24)) },
  null,
])('wrong input marks nothing as seen: %j', async (input) => {
  await expect(live.rooms.seen(mira, input)).rejects.toMatchObject({
    code: expect.stringMatching(/^input\./) as string,
  });
});
