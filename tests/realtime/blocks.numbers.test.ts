// What she who is blocked could count: whatever the other does, no number and no word of what she sees becomes another one. What may differ is named here.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { connect, followRoom, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

/**
 * No page shows these: where the room's log stands (without it nobody would find a gap), and which of two views is newer.
 * And how long she will wait is true, whoever is before her: it is a time, and nobody can tell a woman by it.
 */
const MAY_DIFFER = new Set(['rev', 'version', 'estimate']);

let later = 0;
let running: TestHub;
let [coordinator, third, blocker, blocked] = [] as unknown as [TestPerson, TestPerson, TestPerson, TestPerson];
let roomId = '';
const open: TestSocket[] = [];

beforeAll(async () => {
  running = await startTestHub({ clock: { now: () => new Date(Date.now() + later) } });
  coordinator = await running.join('nour', 'coordinator');
  third = await running.join('zohra', 'mentor');
  blocker = await running.join('xanthippe');
  blocked = await running.join('yevheniia');
  roomId = await running.roomId();
  const { hub } = running;
  for (const { actor } of [third, blocker, blocked]) {
    await hub.accounts.setPresence(actor, { showsPresence: true });
    await hub.rooms.join(actor, { roomId, shown: true });
  }
}, 60_000);
afterAll(async () => {
  for (const socket of open) socket.disconnect();
  await running.close();
});

async function socketOf({ cookie }: TestPerson): Promise<TestSocket> {
  const socket = openSocket(running.origin, cookie);
  open.push(socket);
  expect(await connect(socket)).toBeNull();
  return socket;
}
const post = async ({ actor }: TestPerson, text: string, more: object = {}) =>
  (await running.hub.messages.post(actor, { roomId, text, clientId: randomUUID(), ...more })).message.id;
const seen = (view: unknown): unknown =>
  JSON.parse(JSON.stringify(view, (key, value: unknown) => (MAY_DIFFER.has(key) ? undefined : value)));

test('whatever the other writes, marks, reads and waits for, every number that she sees stays as it is', async () => {
  const { hub } = running;
  const root = await post(third, 'a question of a third person', { question: true, lang: 'en' });
  await post(third, 'its thread', { threadId: root });
  await post(third, 'an answer', { replyTo: root });
  await hub.messages.react(third.actor, { roomId, messageId: root, reaction: 'heart', on: true });
  const dropIns = createDropInsRepository(createOfficeHoursModels(hub.database.connection));
  const hosts = [{ actor: third.actor, languages: ['en' as const] }];
  const queue = { open: true };
  const dropInId = await makeSitting(dropIns, new Date(Date.now() - 60_000), { hosts, topics: ['jobs'], queue });
  const place = aPlace(dropInId, { topic: 'jobs', languages: ['en'] });
  const before = await running.join('wanda');
  await hub.tickets.join(before.actor, place);
  await hub.blocks.block(blocker.actor, { userId: blocked.actor.id });

  const socket = await socketOf(blocked);
  const room = followRoom(socket, roomId);
  await until('she is in', () => room.joined);
  await hub.tickets.join(blocked.actor, place);
  const looks = async () =>
    seen([
      await must(socket, 'rooms:watch', {}),
      await must(socket, 'room:join', { roomId }),
      await must(socket, 'room:history', { roomId }),
      await must(socket, 'thread:open', { roomId, rootId: root }),
      await must(socket, 'room:questions', { roomId, state: 'open' }),
      await must(socket, 'room:pins', { roomId }),
      await must(socket, 'mentions:counts', {}),
      await must(socket, 'notes:look', {}),
      await must(socket, 'queue:watch', { dropInId }),
      await must(socket, 'ticket:mine', {}),
      await hub.rooms.members(blocked.actor, { roomId }),
      await hub.messages.about(blocked.actor, { roomId, messageId: root }),
    ]);
  const [mine] = await must(socket, 'ticket:mine', {});
  expect(mine?.before).toBe(1);
  const start = await looks();
  const screen = seen(room.state);
  const frames: [string, unknown][] = [];
  socket.onAny((name: string, view: unknown) => frames.push([name, seen(view)]));

  const other = followRoom(await socketOf(blocker), roomId);
  await until('the other is in', () => other.joined);
  other.socket.emit('room:typing', { roomId });
  const own = await post(blocker, 'in the room', { question: true, lang: 'en' });
  await post(blocker, 'in the thread', { threadId: root });
  await post(blocker, 'as an answer', { replyTo: root });
  for (const messageId of [root, own])
    await hub.messages.react(blocker.actor, { roomId, messageId, reaction: 'heart', on: true });
  await hub.messages.pin(third.actor, { roomId, messageId: own, on: true });
  await hub.messages.edit(blocker.actor, { roomId, messageId: own, text: 'in other words' });
  await hub.rooms.markRead(blocker.actor, { roomId, posts: 999 });
  // who came back is before all others
  const { ticketId } = await hub.tickets.join(blocker.actor, place);
  await hub.tickets.call(third.actor, { ticketId });
  await hub.tickets.putBack(third.actor, { ticketId });
  await hub.tickets.told();
  await hub.messages.flush();
  const whoIsThere = await hub.tickets.watch(before.actor, { dropInId });
  expect(whoIsThere.everyone.open?.map(({ number }) => number)).toHaveLength(3);

  expect(await looks()).toEqual(start);
  await until('the room told her how far it is', () => room.state.rev === other.state.rev);
  expect(seen(room.state)).toEqual(screen);
  // of what came by itself: no words, and numbers as they were
  for (const [name, view] of frames) {
    if (name === 'room:changes') expect(view).toMatchObject({ posts: room.state.posts });
    else if (name === 'ticket:changed') expect(view).toMatchObject({ before: 1 });
    else if (name === 'queue:public') expect(view).toMatchObject({ waiting: 2 });
    else if (name === 'room:presence') expect(view).toMatchObject({ here: 1, typing: [] });
    else if (name === 'rooms:activity') expect(view).toMatchObject({ here: 1, posts: room.state.posts });
    else expect(['room:at']).toContain(name);
  }
  expect(frames.filter(([name]) => name === 'room:changes').length).toBeGreaterThan(0);
  await hub.blocks.unblock(blocker.actor, { userId: blocked.actor.id });
  // so the numbers would have been others
  expect(await looks()).not.toEqual(start);
});

test('a mentor who answers at a room’s door is not told to answer whom she does not see', async () => {
  const { hub } = running;
  const text = (word: string) => ({ de: word, en: word, ar: word, uk: word });
  const door = await hub.rooms.create(coordinator.actor, {
    ...{ name: text('behind a door'), purpose: text('x'), rules: text(''), welcome: text('') },
    ...{ access: 'request', clientId: randomUUID() },
  });
  await hub.rooms.invite(coordinator.actor, { roomId: door.id, userId: third.actor.id });
  await hub.rooms.join(third.actor, { roomId: door.id });
  await hub.rooms.setHost(coordinator.actor, { roomId: door.id, userId: third.actor.id, host: true });
  await hub.rooms.ask(blocked.actor, { roomId: door.id, note: '' });
  await hub.rooms.ask(blocker.actor, { roomId: door.id, note: '' });
  const waiting = async () => (await hub.rooms.news(third.actor)).waiting.map(({ count }) => count);
  const notes = async () => (await hub.notifications.notes(third.actor)).reduce((sum, { count }) => sum + count, 0);
  const all = await notes();
  expect(await waiting()).toEqual([2]);
  await hub.blocks.block(blocked.actor, { userId: third.actor.id });
  expect(await waiting()).toEqual([1]);
  expect(await notes()).toBe(all - 1);
  await hub.blocks.block(third.actor, { userId: blocker.actor.id });
  expect(await waiting()).toEqual([]);
  await hub.blocks.unblock(blocked.actor, { userId: third.actor.id });
  await hub.blocks.unblock(third.actor, { userId: blocker.actor.id });
});

test('what is too old goes from everybody’s screen, and she is not told of messages that never were on hers', async () => {
  const { hub } = running;
  const old = { hers: await post(blocker, 'old words'), theirs: await post(third, 'old words too') };
  const own = await post(blocked, 'her own');
  await hub.blocks.block(blocker.actor, { userId: blocked.actor.id });
  await hub.messages.flush();
  const { rev } = await hub.messages.join(blocked.actor, { roomId });
  later = 800 * 24 * 60 * 60 * 1000;
  expect(await hub.jobs.tick()).toBe(true);
  const goneFor = async ({ actor }: TestPerson): Promise<string[]> => {
    const joined = await hub.messages.join(actor, { roomId, since: rev });
    if (joined.kind !== 'changes') throw new Error('a whole page');
    return joined.changes.flatMap((change) => (change.kind === 'purged' ? change.ids : []));
  };
  expect(await goneFor(third)).toEqual(expect.arrayContaining([old.hers, old.theirs, own]));
  const gone = await goneFor(blocked);
  expect(gone).toEqual(expect.arrayContaining([old.theirs, own]));
  expect(gone).not.toContain(old.hers);
  // where a stone stood, it goes
  expect(await goneFor(blocker)).toEqual(expect.arrayContaining([old.hers, old.theirs, own]));
});
