// Coming in, asking, inviting, leaving, hosts, own settings; two at once; wrong input.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '#shared/limits.ts';
import type { RoomAccess } from '#shared/rooms.ts';
import type { RoomEvents } from '../../server/domain/rooms/rooms.events.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
let now = Date.now();
const told: RoomEvents['room.member-changed'][] = [];
const mira = person('Mira', 'moderator');
const nora = person('Nora', 'moderator');
beforeAll(async () => {
  live = await openLive({ clock: { now: () => new Date(now) } });
  live.bus.on('room.member-changed', (event) => told.push(event));
});
afterAll(() => live.close());

async function room(access: RoomAccess): Promise<string> {
  const roomId = await live.newRoom();
  await live.models.rooms.updateOne({ _id: roomId }, { $set: { access } });
  return roomId;
}
const line = async (actor: Actor, roomId: string) =>
  (await live.rooms.list(actor)).find((summary) => summary.roomId === roomId);
const code = async (run: Promise<unknown>) => run.then(() => 'ok').catch((error: { code: string }) => error.code);
const reads = (actor: Actor, roomId: string) => code(live.messages.history(actor, { roomId }));
const names = async (actor: Actor, roomId: string) =>
  (await live.rooms.members(actor, { roomId })).members.map((member) => member.person.displayName);

describe('an open room', () => {
  test('is among her rooms when she joins, and among the others when she leaves; her place in it is kept', async () => {
    const [olena, roomId] = [person('Olena'), await room('open')];
    await live.messages.post(mira, aPost(roomId, 'hello'));
    await live.rooms.markRead(olena, { roomId, posts: 1 });
    expect(await line(olena, roomId)).toMatchObject({ standing: 'visitor', listed: false, readable: true });
    await Promise.all([1, 2, 3].map(() => live.rooms.join(olena, { roomId })));
    expect(await line(olena, roomId)).toMatchObject({ standing: 'in', listed: true, readPosts: 1 });
    await live.rooms.leave(olena, { roomId });
    await live.rooms.leave(olena, { roomId });
    expect(await line(olena, roomId)).toMatchObject({ standing: 'visitor', listed: false, readPosts: 1 });
    expect(await reads(olena, roomId)).toBe('ok');
  });

  test('leaving while posting keeps what was posted, whole', async () => {
    const [olena, roomId] = [person('Olena'), await room('request')];
    await live.rooms.ask(olena, { roomId });
    await live.rooms.answer(mira, { roomId, userId: olena.id, answer: 'accept' });
    const posts = Array.from({ length: 10 }, (_, number) => live.messages.post(olena, aPost(roomId, `text ${number}`)));
    const [, ...done] = await Promise.allSettled([live.rooms.leave(olena, { roomId }), ...posts]);
    const stored = done.filter(({ status }) => status === 'fulfilled').length;
    for (const one of done) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'forbidden' });
    expect((await live.messages.history(mira, { roomId })).messages).toHaveLength(stored);
    expect(await code(live.messages.post(olena, aPost(roomId, 'late')))).toBe('forbidden');
  });
});

describe('a room by request', () => {
  test('shows that it is there and nothing of what happens in it, until she is let in', async () => {
    const [olena, roomId] = [person('Olena'), await room('request')];
    await live.messages.post(mira, aPost(roomId, 'inside'));
    expect(await line(olena, roomId)).toMatchObject({ posts: 0, lastAt: null, readable: false, standing: 'visitor' });
    expect(await reads(olena, roomId)).toBe('forbidden');
    expect(await code(live.messages.join(olena, { roomId }))).toBe('forbidden');
    expect(await code(live.messages.post(olena, aPost(roomId, 'x')))).toBe('forbidden');
    expect(await code(live.rooms.markRead(olena, { roomId, posts: 1 }))).toBe('forbidden');
    expect(await code(live.rooms.members(olena, { roomId }))).toBe('forbidden');
    expect(await code(live.rooms.join(olena, { roomId }))).toBe('forbidden');
    await live.rooms.ask(olena, { roomId, note: 'Please' });
    await live.rooms.ask(olena, { roomId, note: 'twice' });
    expect((await live.rooms.requests(mira, { roomId })).items).toMatchObject([
      { note: 'Please', person: { displayName: 'Olena' } },
    ]);
    await live.rooms.answer(mira, { roomId, userId: olena.id, answer: 'accept' });
    expect(told.at(-1)).toMatchObject({ userId: olena.id, standing: 'in', notice: 'accepted', lost: false });
    expect(await line(olena, roomId)).toMatchObject({ posts: 1, readable: true, listed: true });
    expect(await reads(olena, roomId)).toBe('ok');
  });

  test('answered twice the same way is fine, answered differently only the first counts', async () => {
    for (const [first, second, expected] of [
      ['accept', 'accept', ['ok', 'ok']],
      ['accept', 'decline', ['conflict', 'ok']],
      ['decline', 'decline', ['ok', 'ok']],
    ] as const) {
      const [olena, roomId] = [person('Olena'), await room('request')];
      await live.rooms.ask(olena, { roomId });
      const before = told.length;
      const answer = (actor: Actor, how: string) =>
        code(live.rooms.answer(actor, { roomId, userId: olena.id, answer: how }));
      expect((await Promise.all([answer(mira, first), answer(nora, second)])).sort()).toEqual([...expected]);
      expect(told.slice(before)).toHaveLength(1);
      expect((await live.rooms.requests(mira, { roomId })).items).toEqual([]);
    }
  });

  test('a request can be taken back before it is answered; after a "no" a day has to pass', async () => {
    const [olena, roomId] = [person('Olena'), await room('request')];
    const answer = () => code(live.rooms.answer(mira, { roomId, userId: olena.id, answer: 'decline' }));
    await live.rooms.ask(olena, { roomId });
    await live.rooms.leave(olena, { roomId });
    expect(await answer()).toBe('conflict');
    await live.rooms.ask(olena, { roomId });
    expect(await answer()).toBe('ok');
    expect(await code(live.rooms.ask(olena, { roomId }))).toBe('rate.limited');
    now += LIMITS.roomAskAgainHours * 3_600_000;
    expect(await code(live.rooms.ask(olena, { roomId }))).toBe('ok');
  });
});

describe('a room by invitation', () => {
  test('is not there for others; who is invited sees it, accepts, and reads', async () => {
    const [olena, amal, roomId] = [person('Olena'), person('Amal'), await room('invitation')];
    await live.rooms.invite(mira, { roomId, userId: olena.id });
    await live.rooms.invite(nora, { roomId, userId: olena.id });
    expect((await live.rooms.invited(mira, { roomId })).items).toHaveLength(1);
    expect(await line(amal, roomId)).toBeUndefined();
    for (const run of [live.rooms.join, live.rooms.ask, live.rooms.leave, live.rooms.settings, live.rooms.members]) {
      expect(await code(run(amal, { roomId }))).toBe('not-found');
    }
    expect(await line(olena, roomId)).toMatchObject({ standing: 'invited', readable: false });
    expect(await reads(olena, roomId)).toBe('forbidden');
    await live.rooms.join(olena, { roomId });
    expect(await reads(olena, roomId)).toBe('ok');
  });

  test('an invitation that is taken back opens nothing, not even when both happen at once', async () => {
    for (let round = 0; round < 5; round++) {
      const [olena, roomId] = [person('Olena'), await room('invitation')];
      await live.rooms.invite(mira, { roomId, userId: olena.id });
      const took = live.rooms.remove(mira, { roomId, userId: olena.id });
      await Promise.all([code(live.rooms.join(olena, { roomId })), took]);
      await live.rooms.remove(mira, { roomId, userId: olena.id });
      expect(await reads(olena, roomId)).toBe('not-found');
      expect(await code(live.rooms.join(olena, { roomId }))).toBe('not-found');
    }
  });

  test('who is taken out has lost it at once, and so have all when the room changes its access', async () => {
    const [olena, amal, roomId] = [person('Olena'), person('Amal'), await room('open')];
    await live.rooms.join(olena, { roomId });
    expect(await reads(amal, roomId)).toBe('ok');
    const edit = await live.rooms.forEdit(mira, { roomId });
    const texts = { name: edit.name, purpose: edit.purpose, rules: {}, welcome: {} };
    await live.rooms.update(mira, { ...texts, access: 'invitation', roomId, version: edit.version });
    expect([await reads(amal, roomId), await reads(olena, roomId)]).toEqual(['not-found', 'ok']);
    await live.rooms.remove(mira, { roomId, userId: olena.id });
    expect(told.at(-1)).toMatchObject({ userId: olena.id, lost: true, notice: 'removed' });
    expect(await reads(olena, roomId)).toBe('not-found');
  });
});

describe('hosts', () => {
  test('a mentor has a moderator’s rights in her one room, and in no other', async () => {
    const [mona, olena] = [person('Mona', 'mentor'), person('Olena')];
    const [roomId, other] = [await room('request'), await room('request')];
    await live.rooms.setHost(mira, { roomId, userId: mona.id, host: true });
    expect((await live.rooms.authorise(mona, roomId)).abilities).toMatchObject({ host: true, removeOthers: true });
    await live.rooms.ask(olena, { roomId });
    await live.rooms.ask(olena, { roomId: other });
    await live.rooms.answer(mona, { roomId, userId: olena.id, answer: 'accept' });
    const { message } = await live.messages.post(olena, aPost(roomId, 'rude'));
    await live.messages.remove(mona, { roomId, messageId: message.id });
    for (const run of [live.rooms.requests, live.rooms.invited]) {
      expect(await code(run(mona, { roomId: other }))).toBe('forbidden');
      expect(await code(run(olena, { roomId }))).toBe('forbidden');
    }
    await live.rooms.setHost(mira, { roomId, userId: mona.id, host: 'false' });
    expect((await live.rooms.authorise(mona, roomId)).abilities.host).toBe(false);
  });

  test('a member cannot be a host, a host cannot make hosts or take one out', async () => {
    const [mona, maya] = [person('Mona', 'mentor'), person('Maya', 'mentor')];
    const [olena, roomId] = [person('Olena'), await room('open')];
    expect(await code(live.rooms.setHost(mira, { roomId, userId: olena.id, host: true }))).toBe('forbidden');
    for (const userId of [mona.id, maya.id]) await live.rooms.setHost(mira, { roomId, userId, host: true });
    expect(await code(live.rooms.setHost(mona, { roomId, userId: maya.id, host: false }))).toBe('forbidden');
    expect(await code(live.rooms.remove(mona, { roomId, userId: maya.id }))).toBe('forbidden');
    await live.rooms.remove(mira, { roomId, userId: maya.id });
    expect((await live.rooms.authorise(maya, roomId)).abilities.host).toBe(false);
  });
});

describe('who is in a room', () => {
  test('members see the names of those who allow it, hosts see all; both see how many there are', async () => {
    const roomId = await room('open');
    const [olena, amal, mona] = [person('Olena'), person('Amal'), person('Mona', 'mentor')];
    await live.rooms.join(olena, { roomId });
    await live.rooms.join(amal, { roomId, shown: 'on' });
    await live.rooms.join(mona, { roomId });
    expect(await names(olena, roomId)).toEqual(['Amal', 'Mona']);
    expect(await names(mira, roomId)).toEqual(['Olena', 'Amal', 'Mona']);
    expect(await live.rooms.members(olena, { roomId })).toMatchObject({ count: 3, names: 'some' });
  });

  test('they come in pages', async () => {
    const roomId = await room('open');
    for (let number = 0; number < LIMITS.listPage + 5; number++) {
      await live.rooms.join(person(`Number ${number}`), { roomId, shown: true });
    }
    const first = await live.rooms.members(mira, { roomId });
    const second = await live.rooms.members(mira, { roomId, before: first.next });
    expect([first.members.length, second.members.length, second.next]).toEqual([LIMITS.listPage, 5, null]);
    expect(new Set([...first.members, ...second.members].map(({ person: { id } }) => id)).size).toBe(first.count);
  });
});

describe('her own settings', () => {
  test('are kept per room, only while she is in it', async () => {
    const [olena, roomId] = [person('Olena'), await room('open')];
    const chosen = { level: 'mentions', quietFrom: '22:00', quietTo: '06:30', shown: true, listed: false } as const;
    expect(await code(live.rooms.saveSettings(olena, { roomId, ...chosen }))).toBe('forbidden');
    await live.rooms.join(olena, { roomId });
    await live.rooms.saveSettings(olena, { roomId, ...chosen });
    expect(await live.rooms.settings(olena, { roomId })).toEqual(chosen);
    expect(await line(olena, roomId)).toMatchObject({
      standing: 'in',
      listed: false,
      level: 'mentions',
      quietFrom: '22:00',
    });
    expect((await live.rooms.settings(person('Amal'), { roomId })).level).toBe('all');
  });

  test.each([
    ['a level that is none', { level: 'loud' }, 'level'],
    ['an hour that is none', { quietFrom: '24:00', quietTo: '06:00' }, 'quietFrom'],
    ['half of the quiet hours', { quietFrom: '22:00' }, 'quietTo'],
    ['a query', { level: { $ne: 'all' } }, 'level'],
    ['no room', { roomId: 'jobs' }, 'roomId'],
  ])('%s is refused', async (_name, input, field) => {
    const [olena, roomId] = [person('Olena'), await room('open')];
    await live.rooms.join(olena, { roomId });
    const save = live.rooms.saveSettings(olena, { roomId, level: 'all', ...input });
    await expect(save).rejects.toMatchObject({ params: { field } });
  });
});

test.each([
  ['nobody', { userId: 'f'.repeat(24) }, 'not-found'],
  ['no id', { userId: 'mira' }, 'input.invalid'],
  ['a query', { userId: { $ne: '' } }, 'input.invalid'],
  ['a room that is not there', { roomId: 'f'.repeat(24) }, 'not-found'],
])('%s cannot be invited, taken out or made a host', async (_name, input, expected) => {
  const form = { roomId: await room('open'), userId: mira.id, host: true, ...input };
  for (const run of [live.rooms.invite, live.rooms.remove, live.rooms.setHost]) {
    expect(await code(run(mira, form))).toBe(expected);
  }
});
