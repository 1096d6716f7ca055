// Losing a room: its sockets are out of the channels at once, pages come in anew, lists follow, other processes too.
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RoomActivityView } from '#shared/rooms.ts';
import { lobbyChannel, roomChannel } from '../../server/realtime/channels.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { ask, connect, must, openSocket, pause, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let mira: TestPerson;
let olena: TestPerson;
let amal: TestPerson;
let roomId: string;
const open: TestSocket[] = [];

beforeAll(async () => {
  running = await startTestHub();
  mira = await running.join('mira', 'coordinator');
  olena = await running.join('olena');
  amal = await running.join('amal');
});
beforeEach(async () => {
  const name = `Room ${randomUUID().slice(0, 8)}`;
  const texts = { name: { en: name }, purpose: { en: 'x' }, rules: {}, welcome: {} };
  const { id } = await running.hub.rooms.create(mira.actor, { ...texts, access: 'request', clientId: randomUUID() });
  roomId = id;
  for (const { actor } of [olena, amal]) {
    await running.hub.rooms.ask(actor, { roomId });
    await running.hub.rooms.answer(mira.actor, { roomId, userId: actor.id, answer: 'accept' });
  }
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => running.close());

async function socketOf(person: TestPerson): Promise<TestSocket> {
  const socket = openSocket(running.origin, person.cookie);
  open.push(socket);
  expect(await connect(socket)).toBeNull();
  return socket;
}
function collect<T>(socket: TestSocket, name: string): T[] {
  const all: T[] = [];
  (socket as unknown as { on(event: string, listener: (value: T) => void): void }).on(name, (value) => all.push(value));
  return all;
}
const inside = (channel: string): number => running.realtime.io.sockets.adapter.rooms.get(channel)?.size ?? 0;
const remove = (person: TestPerson) => running.hub.rooms.remove(mira.actor, { roomId, userId: person.actor.id });
const post = (text: string) => running.hub.messages.post(mira.actor, { roomId, clientId: randomUUID(), text });

async function update(access: string): Promise<void> {
  const room = await running.hub.rooms.forEdit(mira.actor, { roomId });
  await running.hub.rooms.update(mira.actor, { ...room, roomId, access });
}

describe('who is taken out', () => {
  test('hears nothing of the room from that moment, on none of her pages, and the others go on', async () => {
    const hers = [await socketOf(olena), await socketOf(olena)];
    const other = await socketOf(amal);
    for (const socket of [...hers, other]) {
      await must(socket, 'rooms:watch', {});
      await must(socket, 'room:join', { roomId });
    }
    const told = hers.map((socket) => collect(socket, 'room:resync'));
    const heard = hers.flatMap((socket) => ['room:changes', 'room:presence'].map((name) => collect(socket, name)));
    const activity = hers.map((socket) => collect<RoomActivityView>(socket, 'rooms:activity'));
    const others = collect(other, 'room:changes');
    // what was on its way before she was taken out may still come before she is told
    const wasTold = hers.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.once('room:resync', () => {
            for (const events of [...heard, ...activity]) events.length = 0;
            resolve();
          });
        }),
    );
    await remove(olena);
    await Promise.all(wasTold);
    expect([inside(roomChannel(roomId)), inside(lobbyChannel(roomId))]).toEqual([1, 1]);
    expect(running.hub.presence.here(roomId)).toBe(1);
    await post('after she left');
    await until('the others hear it', () => others.length > 0);
    await pause(400);
    expect(heard.every((events) => events.length === 0)).toBe(true);
    expect(activity.flat().filter((event) => event.roomId === roomId)).toEqual([]);
    expect(told.map((events) => events.length)).toEqual([1, 1]);
    for (const socket of hers) {
      const answer = await ask(socket, 'room:join', { roomId });
      expect(answer).toEqual({ ok: false, error: { code: 'forbidden' } });
      const line = (await must(socket, 'rooms:watch', {})).find((room) => room.roomId === roomId);
      expect(line).toMatchObject({ readable: false, posts: 0, lastAt: null, here: 0 });
    }
    expect(inside(lobbyChannel(roomId))).toBe(1);
  });

  test('cannot slip in by joining at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const socket = await socketOf(olena);
      await Promise.all([ask(socket, 'room:join', { roomId }), ask(socket, 'rooms:watch', {}), remove(olena)]);
      await ask(socket, 'rooms:watch', {});
      expect(socket.id && running.realtime.io.sockets.sockets.get(socket.id)?.rooms.has(roomChannel(roomId))).toBe(
        false,
      );
      expect(inside(lobbyChannel(roomId))).toBe(0);
      expect(running.hub.presence.here(roomId)).toBe(0);
      socket.disconnect();
      await running.hub.rooms.invite(mira.actor, { roomId, userId: olena.actor.id });
      await running.hub.rooms.join(olena.actor, { roomId });
    }
  });
});

describe('a room that changes its access', () => {
  test('puts everybody out at once; who still may comes in anew, who may not is told it is not there', async () => {
    const [member, moderator] = [await socketOf(olena), await socketOf(mira)];
    for (const socket of [member, moderator]) await must(socket, 'room:join', { roomId });
    const again = collect(moderator, 'room:resync');
    const heard = collect(member, 'room:changes');
    await update('staff');
    expect(inside(roomChannel(roomId))).toBe(0);
    await until('she is told', () => again.length === 1);
    await must(moderator, 'room:join', { roomId });
    await post('among us');
    expect(await ask(member, 'room:join', { roomId })).toEqual({ ok: false, error: { code: 'not-found' } });
    expect(heard).toEqual([]);
    expect((await must(member, 'rooms:watch', {})).map((room) => room.roomId)).not.toContain(roomId);
  });

  test('every list is told of new, renamed and archived rooms', async () => {
    const socket = await socketOf(olena);
    const told = collect(socket, 'rooms:changed');
    await update('request');
    await until('renamed', () => told.length === 1);
    await running.hub.rooms.archive(mira.actor, { roomId });
    await until('archived', () => told.length === 2);
    expect((await must(socket, 'rooms:watch', {})).map((room) => room.roomId)).not.toContain(roomId);
  });

  test('a new host may do at once what a host may', async () => {
    const mona = await running.join(`mona-${roomId.slice(-6)}`, 'mentor');
    const socket = await socketOf(mona);
    const told = collect(socket, 'room:resync');
    await running.hub.rooms.setHost(mira.actor, { roomId, userId: mona.actor.id, host: true });
    await until('she is told', () => told.length === 1);
    expect((await must(socket, 'room:join', { roomId })).abilities).toMatchObject({ host: true, removeOthers: true });
  });
});

test('a loss that another process made is found by the look that is taken every five seconds', async () => {
  const [hers, other] = [await socketOf(olena), await socketOf(amal)];
  for (const socket of [hers, other]) await must(socket, 'room:join', { roomId });
  await running.realtime.recheckAccess();
  expect(inside(roomChannel(roomId))).toBe(2);
  const { collections } = running.hub.database.connection;
  await collections.roomMembers?.updateOne(
    { userId: new mongoose.Types.ObjectId(olena.actor.id), roomId: new mongoose.Types.ObjectId(roomId) },
    { $set: { standing: 'visitor' } },
  );
  const told = [hers, other].map((socket) => collect(socket, 'room:resync'));
  const { slug } = await running.hub.rooms.authorise(mira.actor, roomId);
  await collections.rooms?.updateOne({ slug }, { $inc: { accessRev: 1 } });
  await running.realtime.recheckAccess();
  expect(inside(roomChannel(roomId))).toBe(0);
  await until('both are told', () => told.every((events) => events.length === 1));
  expect((await ask(other, 'room:join', { roomId })).ok).toBe(true);
  expect((await ask(hers, 'room:join', { roomId })).ok).toBe(false);
});
