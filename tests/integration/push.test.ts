// Being told on a locked phone: the hub sends to a push service of our own, which decrypts what it gets.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPushModels } from '../../server/domain/notifications/push.model.ts';
import { createPushRepository } from '../../server/domain/notifications/push.repository.ts';
import { openPush, type PushWorld } from '../support/push.ts';
import type { TestDevice } from '../support/push-service.ts';
import { aSchedule } from '../support/office-hours.ts';
import { aPlace } from '../support/queue.ts';
import { until } from '../support/sockets.ts';

let world: PushWorld;
beforeAll(async () => {
  world = await openPush();
}, 60_000);
beforeEach(() => world.clear());
afterAll(() => world.close());

test('called on a locked phone, she reads in her language that it is time, and nobody learns more', async () => {
  const { hub, service, amina, noor, olena, dropInId, deviceOf, tell, sent } = world;
  const phone = await deviceOf(noor);
  const words = 'My brother must not know';
  const { ticketId } = await hub.tickets.join(
    noor.actor,
    aPlace(dropInId, { words, firstName: 'Noor', topic: 'schools' }),
  );
  await hub.tickets.callNext(amina.actor, { dropInId });
  await sent(phone, 1);
  const [{ payload, text, ttl, urgency, bytes, key } = {} as never] = phone.received;
  expect(payload).toMatchObject({ title: 'حان الوقت', lang: 'ar', dir: 'rtl', url: `/tickets/${ticketId}` });
  expect(Object.keys(payload).sort()).toEqual(['dir', 'id', 'lang', 'tag', 'title', 'url']);
  for (const secret of [words, 'Noor', 'noor', 'schools', 'amina', dropInId, noor.actor.id]) {
    expect(text).not.toContain(secret);
  }
  expect(ttl).toBeGreaterThan(100);
  expect(ttl).toBeLessThanOrEqual(180);
  expect(urgency).toBe('high');
  expect(key).toBe((await hub.push.settings(noor.actor)).publicKey);
  expect(service.faults).toEqual([]);
  const { items } = await hub.notifications.list(noor.actor, {});
  expect(items.map(({ kind, read }) => [kind, read])).toEqual([['ticket.turn', false]]);

  // she comes: what she was told is old
  await hub.tickets.coming(noor.actor, { ticketId });
  await hub.tickets.told();
  expect(await hub.notifications.unread(noor.actor)).toBe(0);
  await hub.tickets.end(amina.actor, { ticketId });

  // a cancelled drop-in, for another woman, travels in the same length
  const other = await deviceOf(olena);
  await tell(olena);
  await sent(other, 1);
  expect(other.received[0]?.payload).toMatchObject({ title: 'Є щось нове', url: `/drop-in/${dropInId}`, dir: 'ltr' });
  expect(other.received[0]?.bytes).toBe(bytes);
  expect(other.received[0]?.urgency).toBe('normal');
  expect(phone.received[0]?.topic).not.toBe(other.received[0]?.topic);
});

test.each([404, 410])('a device that is gone (%i) is forgotten, her others are told', async (status) => {
  const { hub, noor, deviceOf, tell, sent, endpoints } = world;
  const [gone, phone] = [await deviceOf(noor, status), await deviceOf(noor)];
  await tell(noor);
  await sent(phone, 1);
  await hub.pushSender.settled();
  expect(await endpoints(noor)).toEqual([phone.endpoint]);
  await tell(noor);
  await sent(phone, 2);
  expect(gone.asked).toBe(1);
});

test('who signs out is told no more on that device, and the others are', async () => {
  const { running, hub, noor, deviceOf, tell, sent, endpoints } = world;
  const there = await running.signIn('noor-alhashimi');
  const [phone, tablet] = [await deviceOf(noor), await deviceOf(there)];
  await hub.accounts.signOut(there.actor);
  await until('it is forgotten', async () => (await endpoints(noor)).length === 1);
  await tell(noor);
  await sent(phone, 1);
  expect(tablet.asked).toBe(0);
});

test('nothing goes to a login that is over, also when the hub died before it forgot the device', async () => {
  const { running, hub, noor, deviceOf, tell, sent, endpoints } = world;
  const there = await running.signIn('noor-alhashimi');
  const tablet = await deviceOf(there);
  const phone = await deviceOf(noor);
  await hub.database.connection.collection('sessions').deleteOne({ _id: there.actor.sessionId as never });
  await tell(noor);
  await sent(phone, 1);
  expect(tablet.asked).toBe(0);
  expect(await endpoints(noor)).toEqual([phone.endpoint]);
});

test('a browser belongs to who switched it on last', async () => {
  const { hub, noor, olena, deviceOf, tell, sent } = world;
  const device = await deviceOf(noor);
  const { endpoint, p256dh, auth } = device;
  await hub.push.turnOn(olena.actor, { endpoint, p256dh, auth });
  await tell(noor);
  await tell(olena);
  await sent(device, 1);
  await hub.pushSender.settled();
  expect(device.received.map(({ payload }) => payload.lang)).toEqual(['uk']);
});

test('her devices are bounded: the oldest goes', async () => {
  const { hub, noor, move, deviceOf, endpoints } = world;
  const all: TestDevice[] = [];
  for (let i = 0; i < 9; i++) {
    all.push(await deviceOf(noor));
    move(1);
  }
  const kept = await endpoints(noor);
  expect(kept).toHaveLength(8);
  expect(kept).not.toContain(all[0]?.endpoint);
  expect(await hub.push.settings(noor.actor)).toMatchObject({ devices: 8, here: true });
  await hub.push.turnOffEverywhere(noor.actor);
  expect(await hub.push.settings(noor.actor)).toMatchObject({ devices: 0, here: false });
});

test('in quiet hours a reminder waits, and her turn comes through', async () => {
  const { hub, noor, aNotice, clock, move, deviceOf, tell, turn, sent } = world;
  const phone = await deviceOf(noor);
  const hour = (minutes: number) =>
    new Date(clock.now().getTime() + minutes * 60_000).toLocaleTimeString('en-GB', {
      ...{ timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' },
    });
  await hub.push.setQuiet(noor.actor, { quietFrom: hour(-60), quietTo: hour(60) });
  await tell(noor);
  await turn();
  expect(phone.asked).toBe(0);
  await tell(noor, aNotice({ kind: 'ticket.turn', params: { ticketId: 'e'.repeat(24) } }));
  await sent(phone, 1);
  expect(phone.received[0]?.payload.title).toBe('حان الوقت');
  move(61 * 60);
  await turn();
  expect(phone.received.map(({ payload }) => payload.title)).toEqual(['حان الوقت', 'هناك شيء جديد']);
  await hub.push.setQuiet(noor.actor, { quietFrom: '', quietTo: '' });
});

test('half of the quiet hours is none, and a device has to be a push service', async () => {
  const { running, service, noor, endpoints } = world;
  const { push } = running.hub;
  await expect(push.setQuiet(noor.actor, { quietFrom: '22:00', quietTo: '' })).rejects.toMatchObject({
    ...{ code: 'input.empty', params: { field: 'quietTo' } },
  });
  await expect(push.setQuiet(noor.actor, { quietFrom: '25:00', quietTo: '26:00' })).rejects.toThrow();
  const { p256dh, auth, endpoint } = service.device();
  for (const wrong of [
    { endpoint: 'https://fcm.googleapis.com/x', p256dh, auth }, // this hub knows this machine only
    { endpoint: 'http://10.0.0.1/x', p256dh, auth },
    { endpoint: `${endpoint}/${'x'.repeat(1000)}`, p256dh, auth },
    { endpoint, p256dh: 'AAAA', auth },
    { endpoint, p256dh, auth: `${auth}AA` },
    { endpoint: { $ne: '' }, p256dh, auth },
    null,
  ]) {
    await expect(push.turnOn(noor.actor, wrong)).rejects.toMatchObject({
      code: expect.stringMatching(/^input\./) as string,
    });
  }
  expect(await endpoints(noor)).toEqual([]);
});

test('ten processes that begin at once have the same keys, and keep them', async () => {
  const { hub } = world;
  const { connection } = hub.database;
  await connection.collection('pushKeys').deleteMany({});
  let made = 0;
  const fresh = () => ({ publicKey: `public ${++made}`, privateKey: `private ${made}` });
  const start = () => createPushRepository(createPushModels(connection)).keys(fresh);
  const all = await Promise.all(Array.from({ length: 10 }, start));
  expect(new Set(all.map(({ publicKey }) => publicKey)).size).toBe(1);
  expect(await start()).toMatchObject({ publicKey: all[0]?.publicKey, privateKey: all[0]?.privateKey });
  expect(await connection.collection('pushKeys').countDocuments()).toBe(1);
});

test('looking for what is due, and for what is hers, uses indexes', async () => {
  const { hub, noor, clock } = world;
  const userId = noor.actor.id as never;
  const questions = [
    { find: 'notices', filter: { pushAt: { $lte: clock.now() } }, sort: { pushAt: 1 }, limit: 10 },
    { find: 'notices', filter: { userId, readAt: null, 'params.ticketId': 'x' } },
    { find: 'pushDevices', filter: { userId }, sort: { at: -1 }, limit: 8 },
    { find: 'pushDevices', filter: { endpoint: 'x' } },
  ];
  for (const explain of questions) {
    const answer = await hub.database.connection.db?.command({ explain, verbosity: 'queryPlanner' });
    expect(JSON.stringify(answer?.queryPlanner), JSON.stringify(explain)).toContain('IXSCAN');
  }
});

test('of a mentor from whom she is apart no device is told, and no calendar: not that she cancels, nor that she calls', async () => {
  const { hub, amina, noor, olena, dropInId, deviceOf, sent, turn } = world;
  const today = new Date(Date.now() + 3 * 24 * 60 * 60_000).getUTCDay();
  const { id } = await hub.officeHours.create(amina.actor, aSchedule({ weekday: String(today === 0 ? 7 : today) }));
  for (const { actor } of [noor, olena]) await hub.officeHours.follow(actor, { officeHoursId: id, on: true });
  const sittings = (await hub.officeHours.week(olena.actor, {})).days.flatMap(({ dropIns }) => dropIns);
  const next = sittings.find((one) => one.officeHoursId === id)?.id ?? '';
  const tokenOf = async (who: typeof noor) =>
    (await hub.officeHours.renewFeed(who.actor)).path.replace(/^.*\/|\.ics$/g, '');
  const [hers, other] = [await tokenOf(noor), await tokenOf(olena)];
  expect(await hub.officeHours.feed(hers)).toContain(next);
  await hub.blocks.block(noor.actor, { userId: amina.actor.id });
  const [phone, third] = [await deviceOf(noor), await deviceOf(olena)];

  await hub.officeHours.cancel(amina.actor, { dropInId: next });
  const { ticketId } = await hub.tickets.join(noor.actor, aPlace(dropInId, { languages: ['ar'] }));
  await expect(hub.tickets.callNext(amina.actor, { dropInId })).rejects.toMatchObject({ code: 'queue.empty' });
  expect(await hub.jobs.tick()).toBe(true);
  await hub.tickets.told();
  await turn();
  await sent(third, 1);
  expect(third.received[0]?.payload.url).toBe(`/drop-in/${next}`);
  expect([phone.asked, await hub.notifications.unread(noor.actor)]).toEqual([0, 0]);
  expect(await hub.officeHours.feed(hers)).not.toContain(id);
  expect(await hub.officeHours.feed(other)).toContain(id);
  await expect(hub.officeHours.calendarOf(noor.actor, { dropInId: next })).rejects.toMatchObject({ code: 'not-found' });
  await hub.tickets.ownerAct(noor.actor, { ticketId, action: 'leave' });
  await hub.blocks.unblock(noor.actor, { userId: amina.actor.id });
});
