// A ban that comes while something of hers is on its way: a call in the queue, a join, a new line. Whatever comes first, nothing of it stays. Real sockets.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../server/domain/kernel/ids.ts';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { ask, connect, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let roomId = '';
let boss: TestPerson;
let olga: TestPerson;
const open: TestSocket[] = [];
/** Turns of the event loop after which the ban comes: before, in the midst of, and after what it races with. */
const TURNS = [0, 1, 4, 13, 32];

beforeAll(async () => {
  running = await startTestHub();
  boss = await running.join('boss', 'coordinator');
  olga = await running.join('olga', 'mentor');
  roomId = await running.roomId();
}, 60_000);
afterAll(async () => {
  for (const socket of open) socket.disconnect();
  await running.close();
});

function socketOf({ cookie }: TestPerson): TestSocket {
  const socket = openSocket(running.origin, cookie);
  socket.io.reconnection(false);
  open.push(socket);
  return socket;
}
const ban = (person: TestPerson) =>
  running.hub.accounts.sanction(person.actor.id, { id: newId(), kind: 'ban', roomId: null, until: null });
async function turn(times: number): Promise<void> {
  for (let done = 0; done < times; done++) await new Promise((resolve) => setImmediate(resolve));
}
/** How many open sockets of hers the hub knows. */
const linesOf = ({ actor }: TestPerson): number =>
  [...running.realtime.io.sockets.sockets.values()].filter(({ data }) => data.actor.id === actor.id).length;
/** What reaches her from now on. */
function heardFromNow(socket: TestSocket): string[] {
  const heard: string[] = [];
  socket.onAny((name: string) => heard.push(name));
  return heard;
}
const aDropIn = (hosts: TestPerson[]) =>
  makeSitting(createDropInsRepository(createOfficeHoursModels(running.hub.database.connection)), new Date(), {
    hosts: hosts.map(({ actor }) => ({ actor, languages: ['ar' as const] })),
    topics: ['jobs'],
  });

test('a mentor who is banned while she calls the next woman holds nobody: another mentor calls her', async () => {
  const { tickets } = running.hub;
  for (const turns of TURNS) {
    const mentor = await running.join(`calls-${turns}`, 'mentor');
    const woman = await running.join(`waits-${turns}`);
    const dropInId = await aDropIn([mentor, olga]);
    const { ticketId } = await tickets.join(woman.actor, aPlace(dropInId, { topic: 'jobs', languages: ['ar'] }));
    const socket = socketOf(mentor);
    expect(await connect(socket)).toBeNull();
    await must(socket, 'queue:watch', { dropInId });
    const call = ask(socket, 'queue:call-next', { dropInId }).catch(() => null);
    await turn(turns);
    await ban(mentor);
    expect(linesOf(mentor)).toBe(0);
    await call;
    await until('another mentor calls her', async () => {
      const called = await tickets.callNext(olga.actor, { dropInId }).catch(() => null);
      return called?.ticketId === ticketId;
    });
    await tickets.hostAct(olga.actor, { ticketId, action: 'start' });
    const mine = () => tickets.ticket(woman.actor, { ticketId });
    expect(await mine()).toMatchObject({ state: 'talking', host: { id: olga.actor.id } });
    // nor does she seem to be on duty
    await until('she is off duty', async () => !JSON.stringify(await mine()).includes(mentor.actor.id));
    await tickets.hostAct(olga.actor, { ticketId, action: 'end' });
  }
});

test('whom a banned mentor had called, or talked with, stands in the queue again before all others', async () => {
  const { tickets, talks } = running.hub;
  const [calls, talking] = [await running.join('has-called', 'mentor'), await running.join('talks', 'mentor')];
  const women = [await running.join('was-called'), await running.join('talked')];
  const dropInId = await aDropIn([calls, talking, olga]);
  const mine: string[] = [];
  for (const { actor } of women)
    mine.push((await tickets.join(actor, aPlace(dropInId, { topic: 'jobs', languages: ['ar'] }))).ticketId);
  const [called = '', talked = ''] = mine;
  await tickets.call(talking.actor, { ticketId: talked });
  await tickets.hostAct(talking.actor, { ticketId: talked, action: 'start' });
  await tickets.call(calls.actor, { ticketId: called });
  await Promise.all([ban(calls), ban(talking)]);
  const stateOf = async (who: TestPerson | undefined, ticketId: string) =>
    who && (await tickets.ticket(who.actor, { ticketId })).state;
  await until('she waits again', async () => (await stateOf(women[0], called)) === 'waiting');
  await until('so does who talked with her', async () => (await stateOf(women[1], talked)) === 'waiting');
  const later = await running.join('came-later');
  await tickets.join(later.actor, aPlace(dropInId, { topic: 'jobs', languages: ['ar'] }));
  expect(await tickets.callNext(olga.actor, { dropInId })).toEqual({ ticketId: called });
  await tickets.hostAct(olga.actor, { ticketId: called, action: 'start' });
  await tickets.hostAct(olga.actor, { ticketId: called, action: 'end' });
  expect(await tickets.callNext(olga.actor, { dropInId })).toEqual({ ticketId: talked });
  const banned = await running.hub.accounts.actorFromCookie(talking.cookie);
  await expect(talks.list(banned?.actor ?? olga.actor)).rejects.toMatchObject({ code: 'forbidden' });
  await tickets.hostAct(olga.actor, { ticketId: talked, action: 'putBack' });
});

test('a woman who waits and is banned is not called any more', async () => {
  const { tickets } = running.hub;
  const woman = await running.join('waits-banned');
  const dropInId = await aDropIn([olga]);
  await tickets.join(woman.actor, aPlace(dropInId, { topic: 'jobs', languages: ['ar'] }));
  await ban(woman);
  await until(
    'her place is gone',
    async () => (await tickets.watch(olga.actor, { dropInId })).host?.tickets.length === 0,
  );
  await expect(tickets.callNext(olga.actor, { dropInId })).rejects.toMatchObject({ code: 'queue.empty' });
});

test.each(['joins a room', 'comes back'] as const)(
  'who is banned while she %s is in no room and hears nothing',
  async (what) => {
    for (const turns of TURNS) {
      const person = await running.join(`${what === 'joins a room' ? 'joins' : 'back'}-${turns}`);
      const socket = socketOf(person);
      let way: Promise<unknown>;
      if (what === 'joins a room') {
        expect(await connect(socket)).toBeNull();
        way = ask(socket, 'room:join', { roomId }).catch(() => null);
      } else {
        way = connect(socket);
      }
      await turn(turns);
      await ban(person);
      await way;
      await until('she has no line', () => linesOf(person) === 0);
      await until('her device knows', () => !socket.connected);
      const heard = heardFromNow(socket);
      await running.hub.messages.post((turns % 2 ? olga : boss).actor, {
        roomId,
        clientId: randomUUID(),
        text: `after ${what} ${turns}`,
      });
      await running.hub.messages.flush();
      expect(running.hub.presence.view(roomId).people.map(({ id }) => id)).not.toContain(person.actor.id);
      expect(heard).toEqual([]);
      expect((await connect(socket))?.data?.code).toBe('forbidden');
    }
  },
);
