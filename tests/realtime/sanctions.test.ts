// Sanctions on open sockets: nothing of hers comes or goes after the decision was answered. Real sockets.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RoomChanges } from '#shared/messages.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { ask, connect, openSocket, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let roomId = '';
let watching: TestSocket;
const heard: RoomChanges[] = [];

beforeAll(async () => {
  running = await startTestHub();
  await running.join('boss', 'coordinator');
  roomId = await running.roomId();
  watching = openSocket(running.origin, (await running.join('watching')).cookie);
  await connect(watching);
  watching.on('room:changes', (changes) => heard.push(changes));
  await ask(watching, 'room:join', { roomId });
}, 60_000);
afterAll(async () => {
  watching.disconnect();
  await running.close();
});

async function online(name: string): Promise<{ person: TestPerson; socket: TestSocket }> {
  const person = await running.join(name);
  const socket = openSocket(running.origin, person.cookie);
  socket.io.reconnection(false);
  expect(await connect(socket)).toBeNull();
  expect((await ask(socket, 'room:join', { roomId })).ok).toBe(true);
  return { person, socket };
}
const sanction = (person: TestPerson, kind: 'mute' | 'ban', until: Date | null = null) =>
  running.hub.accounts.sanction(person.actor.id, { id: newId(), kind, roomId: null, until });
const aPost = (text: string) => ({ roomId, clientId: randomUUID(), text });
const textsHeard = () =>
  heard.flatMap(({ changes }) => changes.flatMap((one) => (one.kind === 'posted' ? [one.message.text] : [])));

test('a banned woman is out in the same breath, and cannot come back', async () => {
  const { person, socket } = await online('banned');
  const told = new Promise((resolve) => socket.once('session:ended', resolve));
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  await sanction(person, 'ban');
  expect([...running.realtime.io.sockets.sockets.values()].some((one) => one.data.actor.id === person.actor.id)).toBe(
    false,
  );
  await Promise.all([told, gone]);
  const back = openSocket(running.origin, person.cookie);
  back.io.reconnection(false);
  expect((await connect(back))?.data?.code).toBe('forbidden');
  back.disconnect();
});

test('of many messages that race with a ban, only those come that were stored before it was answered', async () => {
  const { person, socket } = await online('racing');
  const sends = Array.from({ length: 4 }, (_, index) => ask(socket, 'message:post', aPost(`race ${index}`)));
  void Promise.allSettled(sends);
  await sanction(person, 'ban');
  await running.hub.messages.settle();
  const { rev } = await running.hub.messages.join((await running.signIn('watching')).actor, { roomId });
  // what began before with rights from before is refused at the last look
  const late = running.hub.messages.post(person.actor, aPost('too late'));
  await expect(late).rejects.toMatchObject({ code: 'forbidden' });
  await running.hub.messages.flush();
  const after = await running.hub.messages.join((await running.signIn('watching')).actor, { roomId });
  expect(after.rev).toBe(rev);
  expect(textsHeard()).not.toContain('too late');
});

test('a muted woman hears the room, writes nothing and does not seem to type; it ends by itself', async () => {
  const { person, socket } = await online('muted');
  const resync = new Promise((resolve) => socket.once('room:resync', resolve));
  const until = new Date(Date.now() + 1_500);
  await sanction(person, 'mute', until);
  await resync;
  const refused = await ask(socket, 'message:post', aPost('while muted'));
  expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  socket.emit('room:typing', { roomId });
  const joined = await ask(socket, 'room:join', { roomId });
  if (!joined.ok) throw new Error('a muted woman may read');
  expect(joined.data.abilities).toMatchObject({ read: true, post: false, mutedUntil: until.toISOString() });
  expect(running.hub.presence.view(roomId).typing).toEqual([]);
  await expect
    .poll(async () => (await ask(socket, 'message:post', aPost('free again'))).ok, { timeout: 10_000, interval: 200 })
    .toBe(true);
  expect(textsHeard()).not.toContain('while muted');
  socket.disconnect();
});

test('what another process decided holds here with the next look', async () => {
  const { person, socket } = await online('elsewhere');
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  const users = running.hub.database.connection.collection<{ _id: string }>('users');
  const sanctions = [{ id: newId(), kind: 'suspension', roomId: null, until: null }];
  const found = await users.updateOne({ _id: person.actor.id }, { $set: { sanctions, sanctionsAt: new Date() } });
  expect(found.matchedCount).toBe(1);
  await running.realtime.recheckSanctions();
  await gone;
});
