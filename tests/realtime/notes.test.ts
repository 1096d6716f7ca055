// The count of the notification centre is in step on open pages: who answers requests, who was answered, her other devices.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { connect, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let mira: TestPerson;
let nuria: TestPerson;
let other: TestPerson;
let olena: TestPerson;
const open: TestSocket[] = [];
beforeAll(async () => {
  running = await startTestHub();
  mira = await running.join('mira', 'coordinator');
  nuria = await running.join('nuria', 'mentor');
  other = await running.join('other', 'mentor');
  olena = await running.join('olena');
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => running.close());

/** A page that asks again at every hint. */
async function pageOf(person: TestPerson) {
  const socket = openSocket(running.origin, person.cookie);
  open.push(socket);
  expect(await connect(socket)).toBeNull();
  const page = { hints: 0, count: 0 };
  const look = async () => {
    page.count = (await must(socket, 'notes:look', {})).reduce((all, one) => all + one.count, 0);
  };
  socket.on('notes:changed', () => {
    page.hints += 1;
    void look();
  });
  await look();
  return page;
}
async function aRoom(): Promise<string> {
  const texts = { name: { en: `Room ${randomUUID().slice(0, 8)}` }, purpose: { en: 'x' }, rules: {}, welcome: {} };
  const fields = { ...texts, access: 'request', clientId: randomUUID() };
  return (await running.hub.rooms.create(mira.actor, fields)).id;
}

test('a request reaches the moderator and the host, not another mentor; the answer reaches who asked', async () => {
  const { rooms } = running.hub;
  const roomId = await aRoom();
  await rooms.setHost(mira.actor, { roomId, userId: nuria.actor.id, host: true });
  await rooms.seen(nuria.actor, { roomIds: [roomId] });
  const [moderator, host, mentor, member] = [
    await pageOf(mira),
    await pageOf(nuria),
    await pageOf(other),
    await pageOf(olena),
  ];
  const second = await pageOf(olena);
  await rooms.ask(olena.actor, { roomId });
  await until('those who answer know', () => moderator.count === 1 && host.count === 1);
  await rooms.answer(nuria.actor, { roomId, userId: olena.actor.id, answer: 'accept' });
  await until('it is answered', () => moderator.count === 0 && host.count === 0);
  await until('she knows, on both pages', () => member.count === 1 && second.count === 1);
  await rooms.seen(olena.actor, { roomIds: [roomId] });
  await until('seen on one is seen on both', () => member.count === 0 && second.count === 0);
  expect(mentor.hints).toBe(0);
});
