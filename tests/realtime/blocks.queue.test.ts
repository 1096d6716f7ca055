// Blocks in the queue: who is not offered to whom, and a talk in which one blocks the other.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { roomChannel } from '../../server/realtime/channels.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { ask, connect, openSocket, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let blocker: TestPerson;
const open: TestSocket[] = [];

beforeAll(async () => {
  running = await startTestHub();
  await running.join('nour', 'coordinator');
  blocker = await running.join('xanthippe');
});
afterAll(async () => {
  for (const socket of open) socket.disconnect();
  await running.close();
});
async function socketOf(person: TestPerson): Promise<TestSocket> {
  const socket = openSocket(running.origin, person.cookie);
  open.push(socket);
  expect(await connect(socket)).toBeNull();
  return socket;
}

test('a mentor is not offered the place of a woman who blocked her, and a talk ends when one blocks the other', async () => {
  const { hub } = running;
  const mona = await running.join('mona', 'mentor');
  const other = await running.join('olga', 'mentor');
  const dropIns = createDropInsRepository(createOfficeHoursModels(hub.database.connection));
  const hosts = [mona, other].map(({ actor }) => ({ actor, languages: ['ar' as const] }));
  const dropInId = await makeSitting(dropIns, new Date(), { hosts, topics: ['jobs'] });
  const seat = aPlace(dropInId, { topic: 'jobs', languages: ['ar'] });
  await hub.blocks.block(blocker.actor, { userId: mona.actor.id });
  const { ticketId } = await hub.tickets.join(blocker.actor, seat);
  await expect(hub.tickets.callNext(mona.actor, { dropInId })).rejects.toMatchObject({ code: 'queue.empty' });
  await expect(hub.tickets.call(mona.actor, { ticketId })).rejects.toMatchObject({ code: 'not-found' });
  expect((await hub.tickets.watch(mona.actor, { dropInId })).host?.tickets).toEqual([]);
  expect((await hub.tickets.watch(other.actor, { dropInId })).host?.tickets).toHaveLength(1);
  const mine = await hub.tickets.ticket(blocker.actor, { ticketId });
  expect(JSON.stringify(mine)).not.toContain(mona.actor.id);

  await hub.tickets.call(other.actor, { ticketId });
  await hub.tickets.start(other.actor, { ticketId });
  const talkId = (await hub.tickets.ticket(blocker.actor, { ticketId })).talkId ?? '';
  expect((await hub.talks.open(blocker.actor, { talkId })).state).toBe('talking');
  await hub.blocks.block(blocker.actor, { userId: other.actor.id });
  expect((await hub.tickets.ticket(blocker.actor, { ticketId })).state).toBe('done');
  for (const { actor } of [blocker, other]) {
    expect(await hub.talks.list(actor)).toEqual([]);
    await expect(hub.talks.open(actor, { talkId })).rejects.toMatchObject({ code: 'not-found' });
    await expect(hub.talks.export(actor, { talkId })).rejects.toMatchObject({ code: 'not-found' });
  }
  const socket = await socketOf(other);
  expect(await ask(socket, 'room:join', { roomId: talkId })).toMatchObject({ error: { code: 'not-found' } });
  expect(await ask(await socketOf(blocker), 'room:join', { roomId: talkId })).toMatchObject({
    error: { code: 'not-found' },
  });
  for (const { actor } of [mona, other]) await hub.blocks.unblock(blocker.actor, { userId: actor.id });
});

/** A talk that both have open on their screens, and everything that comes to either. */
async function talkOf(owner: TestPerson, host: TestPerson) {
  const { hub } = running;
  const dropIns = createDropInsRepository(createOfficeHoursModels(hub.database.connection));
  const hosts = [{ actor: host.actor, languages: ['ar' as const] }];
  const dropInId = await makeSitting(dropIns, new Date(), { hosts, topics: ['jobs'] });
  const { ticketId } = await hub.tickets.join(owner.actor, aPlace(dropInId, { topic: 'jobs', languages: ['ar'] }));
  await hub.tickets.call(host.actor, { ticketId });
  await hub.tickets.start(host.actor, { ticketId });
  const talkId = (await hub.tickets.ticket(owner.actor, { ticketId })).talkId ?? '';
  // pages that do not listen: what keeps them apart is the hub, not what a page does when it is told to look again
  const sockets = [await socketOf(owner), await socketOf(host)] as const;
  for (const socket of sockets) expect((await ask(socket, 'room:join', { roomId: talkId })).ok).toBe(true);
  const frames: string[] = [];
  const look = () => sockets.map((socket) => socket.onAny((...frame: unknown[]) => frames.push(JSON.stringify(frame))));
  /** Whatever was sent to either before this has come. */
  const flush = () => Promise.all(sockets.map((socket) => ask(socket, 'notes:look', {})));
  /** Of what came: all that is about the talk, but for "look again" and her own place, in which nobody is named. */
  const own = (frame: string): boolean =>
    /^\["(?:room:resync|ticket:changed)"/.test(frame) && !frame.includes(host.actor.id);
  const told = () => frames.filter((frame) => frame.includes(talkId) && !own(frame));
  return { talkId, ticketId, sockets, look, flush, told };
}

test.each(['the woman', 'the mentor'])(
  '%s blocks during a talk: neither gets a word, a sign or a name any more',
  async (who) => {
    const { hub } = running;
    const lena = await running.join(`lena-${who.slice(4)}`, 'mentor');
    const { talkId, ticketId, sockets, look, flush, told } = await talkOf(blocker, lena);
    look();
    const hello = { roomId: talkId, text: 'are you there?', clientId: randomUUID() };
    expect((await ask(sockets[1], 'message:post', hello)).ok).toBe(true);
    sockets[0].emit('room:typing', { roomId: talkId });
    await until('one reads, the other sees her type', () =>
      ['are you there?', '"typing":[{'].every((sign) => told().some((frame) => frame.includes(sign))),
    );
    if (who === 'the woman') await hub.blocks.block(blocker.actor, { userId: lena.actor.id });
    // the mentor knows an alias only; a moderator told her whom she has before her
    else await hub.blocks.block(lena.actor, { userId: blocker.actor.id });
    await flush();
    const before = told().length;
    for (const socket of sockets) {
      socket.emit('room:typing', { roomId: talkId });
      const post = { roomId: talkId, text: 'once more', clientId: randomUUID() };
      expect(await ask(socket, 'message:post', post)).toMatchObject({ ok: false, error: { code: 'not-found' } });
      expect(await ask(socket, 'room:join', { roomId: talkId })).toMatchObject({ error: { code: 'not-found' } });
      expect(await ask(socket, 'room:history', { roomId: talkId })).toMatchObject({ error: { code: 'not-found' } });
    }
    expect(running.realtime.io.sockets.adapter.rooms.get(roomChannel(talkId))).toBeUndefined();
    expect((await hub.tickets.ticket(blocker.actor, { ticketId })).state).toBe('done');
    await hub.tickets.told();
    await flush();
    expect(told().slice(before)).toEqual([]);
    for (const socket of sockets) socket.disconnect();
    for (const [one, other] of [
      [blocker, lena],
      [lena, blocker],
    ] as const)
      await hub.blocks.unblock(one.actor, { userId: other.actor.id });
  },
);

test('what was on its way in a talk while she blocked comes to nobody after the block was answered', async () => {
  const { hub } = running;
  const lena = await running.join('lena-writes', 'mentor');
  const { talkId, sockets, look, flush, told } = await talkOf(blocker, lena);
  const happened = vi.fn();
  hub.bus.on('room.changed', ({ roomId }) => roomId === talkId && happened());
  const log = hub.database.connection.model('RoomLogEntry').collection;
  const insert = log.insertMany.bind(log);
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const held = vi.fn();
  const spy = vi.spyOn(log, 'insertMany').mockImplementation((async (...all: Parameters<typeof insert>) => {
    held();
    await gate;
    return insert(...all);
  }) as typeof log.insertMany);
  const post = { roomId: talkId, text: 'too late', clientId: randomUUID() };
  const posting = ask(sockets[1], 'message:post', post);
  await until('it is let in, and not written yet', () => held.mock.calls.length > 0);
  await hub.blocks.block(blocker.actor, { userId: lena.actor.id });
  await flush();
  look();
  spy.mockRestore();
  open();
  await posting;
  await hub.messages.flush();
  expect(happened).toHaveBeenCalledTimes(1);
  await flush();
  expect(told()).toEqual([]);
  for (const socket of sockets) socket.disconnect();
  await hub.blocks.unblock(blocker.actor, { userId: lena.actor.id });
});

test('asked to talk with others, she does not come into one talk with whom she is apart from, and is not told why', async () => {
  const { hub } = running;
  const host = await running.join('mira', 'mentor');
  const women = [blocker, await running.join('yevheniia'), await running.join('wanda')] as const;
  const dropIns = createDropInsRepository(createOfficeHoursModels(hub.database.connection));
  const hosts = [{ actor: host.actor, languages: ['ar' as const] }];
  const dropInId = await makeSitting(dropIns, new Date(), { hosts, topics: ['jobs'] });
  const place = aPlace(dropInId, { topic: 'jobs', languages: ['ar'] });
  const ids = await Promise.all(women.map(async ({ actor }) => (await hub.tickets.join(actor, place)).ticketId));
  await hub.blocks.block(women[0].actor, { userId: women[1].actor.id });
  expect(await hub.tickets.invite(host.actor, { dropInId, ticketIds: ids })).toEqual({ invited: 3 });
  const answer = (at: 0 | 1 | 2) => hub.tickets.answerInvite(women[at].actor, { ticketId: ids[at], yes: true });
  await answer(0);
  await expect(answer(1)).rejects.toMatchObject({ code: 'conflict' });
  await answer(2);
  const places = await Promise.all(
    women.map(async ({ actor }, at) => hub.tickets.ticket(actor, { ticketId: ids[at] ?? '' })),
  );
  expect(places.map(({ state }) => state)).toEqual(['talking', 'waiting', 'talking']);
  expect(places[1]).toMatchObject({ groupInvite: null, talkId: null });
  await hub.tickets.end(host.actor, { ticketId: ids[0] });
  await hub.blocks.unblock(women[0].actor, { userId: women[1].actor.id });
});
