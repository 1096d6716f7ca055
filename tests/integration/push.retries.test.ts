// A push service that is busy, refuses, fails or says nothing, and a hub that dies in between: nothing is lost, nothing rings twice.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createNotificationsRepository } from '../../server/domain/notifications/notifications.repository.ts';
import { createPushModels } from '../../server/domain/notifications/push.model.ts';
import { createPushRepository } from '../../server/domain/notifications/push.repository.ts';
import { createPushSender } from '../../server/domain/notifications/push.sender.ts';
import { openPush, type PushWorld } from '../support/push.ts';
import { until } from '../support/sockets.ts';

let world: PushWorld;
beforeAll(async () => {
  world = await openPush();
}, 60_000);
beforeEach(() => world.clear());
afterAll(() => world.close());

test('a push service that is busy is left alone as long as it says, then she is told once', async () => {
  const { noor, aNotice, move, deviceOf, tell, turn } = world;
  const phone = await deviceOf(noor, { status: 429, retryAfter: '90' });
  await tell(noor);
  await until('it was asked', () => phone.asked === 1);
  await turn();
  phone.answer = 201;
  move(80);
  await turn();
  await tell(noor, aNotice({ kind: 'drop-in.moved' })); // nothing else goes there meanwhile
  await turn();
  expect(phone.asked).toBe(1);
  move(11);
  await turn();
  expect(phone.received).toHaveLength(2);
  move(600);
  await turn();
  expect(phone.received).toHaveLength(2);
});

test('a date as Retry-After is one too', async () => {
  const { noor, clock, move, deviceOf, tell, turn } = world;
  const phone = await deviceOf(noor, {
    status: 503,
    retryAfter: new Date(clock.now().getTime() + 120_000).toUTCString(),
  });
  await tell(noor);
  await until('it was asked', () => phone.asked === 1);
  await turn();
  phone.answer = 201;
  move(100);
  await turn();
  expect(phone.received).toHaveLength(0);
  move(25);
  await turn();
  expect(phone.received).toHaveLength(1);
});

test('a service that fails is asked at longer and longer distances, and no more when it would be too late', async () => {
  const { notices, noor, aNotice, clock, move, deviceOf, tell, turn } = world;
  const phone = await deviceOf(noor, 500);
  await tell(noor, aNotice({ kind: 'ticket.turn', until: new Date(clock.now().getTime() + 60_000) }));
  await until('it was asked', () => phone.asked === 1);
  await turn();
  const asked: number[] = [];
  for (let second = 0; second < 90; second++) {
    move(1);
    const before = phone.asked;
    await turn();
    if (phone.asked > before) asked.push(second);
  }
  const distances = asked.map((second, index) => second - (asked[index - 1] ?? 0));
  expect(asked.length).toBeGreaterThanOrEqual(2);
  expect(asked.length).toBeLessThanOrEqual(5);
  for (let index = 1; index < distances.length; index++) {
    expect(distances[index]).toBeGreaterThan(distances[index - 1] ?? 0);
  }
  phone.answer = 201;
  move(3_600);
  await turn();
  expect(phone.received).toHaveLength(0);
  expect(await notices.countDocuments({ pushAt: { $exists: true } })).toBe(0);
});

test('what she has seen already does not ring later', async () => {
  const { hub, noor, aNotice, move, deviceOf, tell, turn } = world;
  const phone = await deviceOf(noor, 500);
  const ticketId = 'f'.repeat(24);
  await tell(noor, aNotice({ kind: 'ticket.turn', params: { ticketId } }));
  await until('it was asked', () => phone.asked === 1);
  await turn();
  await hub.notifications.seen(noor.actor, { ticketId });
  phone.answer = 201;
  move(60);
  await turn();
  expect(phone.received).toHaveLength(0);
});

test('refused for good, it is not tried again', async () => {
  const { hub, noor, move, deviceOf, tell, turn } = world;
  const phone = await deviceOf(noor, 413);
  await tell(noor);
  await until('it was asked', () => phone.asked === 1);
  await hub.pushSender.settled();
  move(3_600);
  await turn();
  expect(phone.asked).toBe(1);
});

test('one that says nothing holds nobody else up', async () => {
  const { hub, noor, olena, deviceOf, tell, sent } = world;
  const silent = await deviceOf(noor, 'silence');
  const phone = await deviceOf(olena);
  for (let i = 0; i < 5; i++) await tell(noor);
  await until('it was asked', () => silent.asked === 5);
  await tell(olena);
  await sent(phone, 1);
  const second = await deviceOf(noor);
  await tell(noor);
  await sent(second, 1);
  expect(await hub.notifications.unread(noor.actor)).toBeGreaterThan(5);
  // the phone is gone; who waits for it in vain is let go
  await hub.pushSender.settled();
  expect(silent.received).toHaveLength(0);
}, 40_000);

test('a crash between the notice and the message loses nothing', async () => {
  const { aNotice, notices, noor, clock, deviceOf, turn } = world;
  const phone = await deviceOf(noor);
  const store = createNotificationsRepository({ notices });
  // the process that stored it is gone before it sent anything
  await store.add([noor.actor.id], { ...aNotice(), until: new Date(clock.now().getTime() + 60_000) }, clock.now());
  expect(phone.asked).toBe(0);
  await turn();
  expect(phone.received).toHaveLength(1);
});

/** A sender of another process, whose database can be told to fail. */
function anotherSender(more: Partial<ReturnType<typeof createNotificationsRepository>> = {}) {
  const { hub, notices, log, clock } = world;
  const store = { ...createNotificationsRepository({ notices }), ...more };
  const push = createPushRepository(createPushModels(hub.database.connection));
  const posts: string[] = [];
  const sender = createPushSender({
    ...{ notices: store, push, clock, log, bus: { on: () => () => undefined } },
    alive: (ids) => hub.accounts.isSessionAlive(ids),
    localeOf: (id) => hub.accounts.localeOf(id),
    seal: (_device, text) => Promise.resolve({ headers: {}, body: Buffer.from(text) }),
    post: (_endpoint, _headers, body) => {
      posts.push(body.toString());
      return Promise.resolve({ status: 201, retryAfter: null });
    },
  });
  return { sender, posts };
}

test('a crash between the message and its mark sends the same again: her phone knows it and rings once', async () => {
  const { aNotice, notices, noor, clock, move, deviceOf } = world;
  await deviceOf(noor);
  const store = createNotificationsRepository({ notices });
  const until = new Date(clock.now().getTime() + 600_000);
  await store.add([noor.actor.id], { ...aNotice(), until }, clock.now());
  const first = anotherSender({ pushed: () => Promise.reject(new Error('the process died here')) });
  first.sender.look();
  await first.sender.settled();
  expect(first.posts).toHaveLength(1);
  const second = anotherSender();
  second.sender.look();
  await second.sender.settled();
  expect(second.posts).toHaveLength(0); // it may be on its way still
  move(61);
  second.sender.look();
  await second.sender.settled();
  expect(second.posts).toEqual(first.posts); // id and tag are the same
});

test('ten processes that look at once send one message', async () => {
  const { aNotice, notices, noor, clock, deviceOf } = world;
  await deviceOf(noor);
  const store = createNotificationsRepository({ notices });
  const until = new Date(clock.now().getTime() + 600_000);
  await store.add([noor.actor.id], { ...aNotice(), until }, clock.now());
  const senders = Array.from({ length: 10 }, () => anotherSender());
  for (const { sender } of senders) sender.look();
  await Promise.all(senders.map(({ sender }) => sender.settled()));
  expect(senders.flatMap(({ posts }) => posts)).toHaveLength(1);
});

test('the log says that something was not sent, and never where to', () => {
  const { paths, service, lines } = world;
  const all = lines.join('\n');
  expect(all).toContain('a push service did not answer');
  expect(all).toContain('"status":413');
  for (const secret of [...paths, service.origin, 'p256dh']) {
    expect(all).not.toContain(secret);
  }
});
