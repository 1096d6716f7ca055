// What the hub says by the clock: how far a room is, and which logins are over.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { connect, followRoom, openSocket, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let person: TestPerson;
let socket: TestSocket;
let roomId: string;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  running = await startTestHub();
  person = await running.join('amira', 'coordinator');
  roomId = await running.roomId();
  socket = openSocket(running.origin, person.cookie);
  expect(await connect(socket)).toBeNull();
});
afterAll(async () => {
  socket.disconnect();
  await running.close();
  vi.useRealTimers();
});

test('every twenty seconds a room says how far it is, so that a lost last message is noticed', async () => {
  const heard: { roomId: string; rev: number }[] = [];
  socket.on('room:at', (at) => heard.push(at));
  const room = followRoom(socket, roomId);
  await room.post('The last one');
  await until('it is shown', () => room.state.rev === 1);
  vi.advanceTimersByTime(19_000);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(1_000);
  await until('it is told', () => heard.length > 0);
  expect(heard).toEqual([{ roomId, rev: 1 }]);
});

test('within half a minute a login that is gone from the database is gone from here', async () => {
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  await running.hub.database.connection.collection('sessions').deleteMany({ userId: person.actor.id });
  vi.advanceTimersByTime(30_000);
  await closed;
});
