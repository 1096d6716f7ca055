// What members of a room see of each other: messages, who is here, who types, what they have read, the room list.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RoomActivityView, RoomPresenceView } from '#shared/rooms.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { connect, followRoom, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let amira: TestPerson;
let bea: TestPerson;
let roomId: string;
const open: TestSocket[] = [];

beforeAll(async () => {
  running = await startTestHub();
  amira = await running.join('amira', 'coordinator');
  bea = await running.join('bea');
  for (const { actor } of [amira, bea]) await running.hub.accounts.setPresence(actor, { showsPresence: true });
  roomId = await running.roomId();
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

describe('messages', () => {
  test('what one writes, the other sees, and the writer gets the same by the same way', async () => {
    const rooms = [followRoom(await socketOf(amira), roomId), followRoom(await socketOf(bea), roomId)];
    await until('both have joined', () => running.hub.presence.here(roomId) === 2);
    const posted = await rooms[0]?.post('Does anybody know a bakery that is hiring?');
    for (const room of rooms) {
      await until('it is shown', () => room.state.messages.some(({ id }) => id === posted?.id));
      expect(room.state.messages.at(-1)).toEqual(posted);
    }
  });

  test('after leaving a room nothing more arrives from it', async () => {
    const socket = await socketOf(bea);
    await must(socket, 'room:join', { roomId });
    await must(socket, 'room:leave', { roomId });
    const changes = collect(socket, 'room:changes');
    await followRoom(await socketOf(amira), roomId).post('Good morning');
    await must(socket, 'rooms:watch', {});
    expect(changes).toEqual([]);
  });

  test('a burst reaches everybody in fewer envelopes than messages, whole and in order', async () => {
    const people = await Promise.all(['dana', 'elif', 'fatou', 'gita', 'hana'].map((name) => running.join(name)));
    const writers = await Promise.all(people.map(async (person) => followRoom(await socketOf(person), roomId)));
    const reader = followRoom(await socketOf(bea), roomId);
    await until('all have joined', () => running.hub.presence.here(roomId) === 6);
    const envelopes = collect<{ from: number; to: number }>(reader.socket, 'room:changes');
    await Promise.all(writers.flatMap((writer) => [1, 2, 3, 4, 5, 6, 7, 8].map((n) => writer.post(`burst ${n}`))));
    const head = (await running.hub.messages.heads([roomId])).get(roomId);
    await until('all arrived', () => reader.state.rev === head);
    expect(envelopes.length).toBeLessThan(40);
    for (const [i, envelope] of envelopes.entries()) {
      if (i > 0) expect(envelope.from).toBe((envelopes[i - 1]?.to ?? 0) + 1);
    }
  });
});

describe('presence', () => {
  test('who comes and goes is shown to those who are there', async () => {
    const socket = await socketOf(amira);
    const views = collect<RoomPresenceView>(socket, 'room:presence');
    await must(socket, 'room:join', { roomId });
    await until('she sees herself', () => views.at(-1)?.here === 1);
    const other = await socketOf(bea);
    await must(other, 'room:join', { roomId });
    await until(
      'she sees both',
      () =>
        views
          .at(-1)
          ?.people.map(({ displayName }) => displayName)
          .join() === 'amira,bea',
    );
    other.disconnect();
    await until('she is alone again', () => views.at(-1)?.here === 1);
    const versions = views.map(({ version }) => version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  test('typing is shown to others, and is over when the text is sent', async () => {
    const socket = await socketOf(amira);
    const views = collect<RoomPresenceView>(socket, 'room:presence');
    await must(socket, 'room:join', { roomId });
    const room = followRoom(await socketOf(bea), roomId);
    await until('both are there', () => views.at(-1)?.here === 2);
    room.socket.emit('room:typing', { roomId });
    await until('bea types', () => views.at(-1)?.typing[0]?.displayName === 'bea');
    await room.post('I do!');
    await until('bea has sent', () => views.at(-1)?.typing.length === 0);
  });

  test('a new display name is shown at once', async () => {
    const socket = await socketOf(amira);
    const views = collect<RoomPresenceView>(socket, 'room:presence');
    await must(socket, 'room:join', { roomId });
    await running.hub.accounts.updateProfile(amira.actor, { displayName: 'Amira K.' });
    await until('the name is new', () => views.at(-1)?.people[0]?.displayName === 'Amira K.');
  });

  test('a woman who does not allow it is counted, not named, and shows no typing sign', async () => {
    const hidden = await running.join('ines');
    const socket = await socketOf(bea);
    const views = collect<RoomPresenceView>(socket, 'room:presence');
    await must(socket, 'room:join', { roomId });
    const room = followRoom(await socketOf(hidden), roomId);
    await until('both are there', () => views.at(-1)?.here === 2);
    room.socket.emit('room:typing', { roomId });
    await room.post('nobody saw me coming');
    const told = () => JSON.stringify(views);
    expect(told()).not.toContain(hidden.actor.id);

    await running.hub.accounts.setPresence(hidden.actor, { showsPresence: true });
    await until('she is named', () => views.at(-1)?.people.length === 2);
    await running.hub.accounts.setPresence(hidden.actor, { showsPresence: false });
    await until('she is a number again', () => views.at(-1)?.people.length === 1);
    expect(views.at(-1)?.here).toBe(2);
  });
});

describe('the room list', () => {
  test('shows new posts and people of rooms that she has not open', async () => {
    const socket = await socketOf(bea);
    const activities = collect<RoomActivityView>(socket, 'rooms:activity');
    const list = await must(socket, 'rooms:watch', {});
    const before = list.find((room) => room.roomId === roomId);
    const room = followRoom(await socketOf(amira), roomId);
    const message = await room.post('News for the list');
    // who is there and what was written may come in two steps, in either order
    await until('the list moved', () => activities.at(-1)?.posts === (before?.posts ?? 0) + 1);
    await until('the list counts her', () => activities.at(-1)?.here === 1);
    expect(activities.at(-1)).toMatchObject({ roomId, lastAt: message.at, here: 1 });
    await must(socket, 'rooms:unwatch', {});
    const heard = activities.length;
    await room.post('More news');
    await must(socket, 'rooms:watch', {});
    expect(activities).toHaveLength(heard);
  });

  test('what she reads on one device is read on the other', async () => {
    const phone = await running.signIn('bea');
    const [here, there] = [await socketOf(bea), await socketOf(phone)];
    const moved = collect(there, 'room:read-at');
    const { posts } = await must(here, 'room:join', { roomId });
    await must(here, 'room:read', { roomId, posts });
    await until('the other device knows', () => moved.length > 0);
    expect(moved).toEqual([{ roomId, readPosts: posts }]);
  });
});

test('before a restart every socket is told its own time to come back', async () => {
  const sockets = [await socketOf(amira), await socketOf(bea)];
  const told = sockets.map((socket) => collect<{ retryInMs: number }>(socket, 'hub:restarting'));
  running.realtime.announceRestart();
  await until('both were told', () => told.every((list) => list.length === 1));
  for (const [{ retryInMs } = { retryInMs: 0 }] of told) {
    expect(retryInMs).toBeGreaterThanOrEqual(500);
    expect(retryInMs).toBeLessThan(12_000);
  }
});
