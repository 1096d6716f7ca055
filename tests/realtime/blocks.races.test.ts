// A block at the same moment as something else: a message on its way, a call in a queue, a block from the other side, another process.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { createBlockModels } from '../../server/domain/blocks/blocks.model.ts';
import { createBlocksRepository } from '../../server/domain/blocks/blocks.repository.ts';
import { createBlocksService } from '../../server/domain/blocks/blocks.service.ts';
import type { BlockEvents } from '../../server/domain/blocks/blocks.events.ts';
import type { Clock } from '../../server/domain/kernel/clock.ts';
import { createEventBus } from '../../server/domain/kernel/event-bus.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { ask, connect, followRoom, openSocket, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let one: TestPerson;
let other: TestPerson;
let mona: TestPerson;
let roomId: string;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  running = await startTestHub();
  await running.join('nour', 'coordinator');
  [one, other, mona] = [
    await running.join('xanthippe'),
    await running.join('yevheniia'),
    await running.join('mona', 'mentor'),
  ];
  roomId = await running.roomId();
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await running.close();
});
async function socketOf(person: TestPerson): Promise<TestSocket> {
  const socket = openSocket(running.origin, person.cookie);
  sockets.push(socket);
  expect(await connect(socket)).toBeNull();
  return socket;
}
const unblock = (person: TestPerson = other) => running.hub.blocks.unblock(one.actor, { userId: person.actor.id });

test('of messages that were on their way while she blocked, nothing is on the screen of either when it is answered', async () => {
  const { hub } = running;
  const rooms = [followRoom(await socketOf(one), roomId), followRoom(await socketOf(other), roomId)] as const;
  await until('both are in', () => hub.presence.here(roomId) === 2);
  for (let round = 0; round < 5; round++) {
    const send = (who: TestPerson, word: string) =>
      hub.messages.post(who.actor, { roomId, clientId: randomUUID(), text: `${word} ${round}` });
    await Promise.all([
      send(one, 'from one'),
      send(other, 'from other'),
      hub.blocks.block(one.actor, { userId: other.actor.id }),
      send(one, 'from one again'),
      send(other, 'from other again'),
    ]);
    const later = await hub.messages.post(mona.actor, { roomId, clientId: randomUUID(), text: `afterwards ${round}` });
    for (const room of rooms) {
      await until('what came later is there', () => room.state.messages.some(({ id }) => id === later.message.id));
    }
    const texts = (at: 0 | 1) => rooms[at].state.messages.map(({ text }) => text ?? '').join('|');
    await until(
      'nothing of the other is there',
      () => !texts(0).includes('from other') && !texts(1).includes('from one'),
    );
    // and it does not come back: each asks for all of it
    for (const { socket } of rooms) expect(await ask(socket, 'room:join', { roomId })).toMatchObject({ ok: true });
    expect([texts(0).includes('from other'), texts(1).includes('from one')]).toEqual([false, false]);
    await unblock();
    await until('it is back', () => texts(0).includes(`from other ${round}`));
  }
});

test('a call at the same moment as the block never leaves the two in a call or a talk', async () => {
  const { hub } = running;
  const dropIns = createDropInsRepository(createOfficeHoursModels(hub.database.connection));
  for (let round = 0; round < 5; round++) {
    const hosts = [{ actor: mona.actor, languages: ['ar' as const] }];
    const dropInId = await makeSitting(dropIns, new Date(), { hosts, topics: ['jobs'] });
    const { ticketId } = await hub.tickets.join(one.actor, aPlace(dropInId));
    await Promise.allSettled([
      hub.tickets.call(mona.actor, { ticketId }).then(() => hub.tickets.start(mona.actor, { ticketId })),
      hub.blocks.block(one.actor, { userId: mona.actor.id }),
    ]);
    // whoever was first: she can end it, and it is nobody's afterwards
    await hub.blocks.block(one.actor, { userId: mona.actor.id });
    const { state } = await hub.tickets.ticket(one.actor, { ticketId });
    expect(['waiting', 'done', 'left']).toContain(state);
    await expect(hub.tickets.call(mona.actor, { ticketId })).rejects.toMatchObject({ code: 'not-found' });
    if (state === 'waiting') await hub.tickets.ownerAct(one.actor, { ticketId, action: 'leave' });
    await unblock(mona);
  }
});

test('both block each other at once: each has hers, and either alone keeps them apart', async () => {
  const { blocks } = running.hub;
  await Promise.all([
    blocks.block(one.actor, { userId: other.actor.id }),
    blocks.block(other.actor, { userId: one.actor.id }).catch(() => null),
  ]);
  expect(blocks.apart(one.actor.id, other.actor.id)).toBe(true);
  await unblock();
  await blocks.unblock(other.actor, { userId: one.actor.id });
  expect(blocks.apart(one.actor.id, other.actor.id)).toBe(false);
});

/** Another process of the hub, without sockets. */
function elsewhere(clock: Clock = running.hub.clock) {
  const { hub } = running;
  const bus = createEventBus<BlockEvents & { 'user.changed': { userId: string } }>(silentLogger);
  const told: boolean[] = [];
  bus.on('block.changed', ({ on }) => void told.push(on));
  const blocks = createBlocksService({
    blocks: createBlocksRepository(createBlockModels(hub.database.connection)),
    personViews: (ids) => hub.accounts.personViews(ids),
    behindStone: () => Promise.resolve(null),
    part: () => Promise.resolve(),
    elsewhere: () => Promise.resolve(),
    ...{ bus, clock },
  });
  return { blocks, told };
}
const rows = () => createBlockModels(running.hub.database.connection).blocks;

test('another process learns of a block and of its end from the database, also of the first that there ever was', async () => {
  const { hub } = running;
  await rows().deleteMany({});
  const { blocks, told } = elsewhere();
  await blocks.refresh();
  const apart = () => blocks.apart(one.actor.id, other.actor.id);
  await hub.blocks.block(one.actor, { userId: other.actor.id });
  await blocks.refresh();
  expect([apart(), told]).toEqual([true, [true]]);
  await unblock();
  await blocks.refresh();
  await blocks.refresh();
  expect([apart(), told]).toEqual([false, [true, false]]);
});

test('a block that was erased elsewhere is not kept in memory for ever, and one that holds is', async () => {
  const { hub } = running;
  let later = 0;
  const { blocks } = elsewhere({ now: () => new Date(hub.clock.now().getTime() + later) });
  await hub.blocks.block(one.actor, { userId: other.actor.id });
  await hub.blocks.block(one.actor, { userId: mona.actor.id });
  await blocks.refresh();
  const apart = () => [other, mona].map(({ actor }) => blocks.apart(one.actor.id, actor.id));
  expect(apart()).toEqual([true, true]);
  await rows().deleteOne({ by: one.actor.id, whom: other.actor.id });
  // what was read may be older than what is known: a day passes before it counts
  later = 2 * 3_600_000;
  await blocks.refresh();
  expect(apart()).toEqual([true, true]);
  later = 26 * 3_600_000;
  await blocks.refresh();
  expect(apart()).toEqual([false, true]);
  await unblock(mona);
});
