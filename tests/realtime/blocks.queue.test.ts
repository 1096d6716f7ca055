// Blocks in the queue: who is not offered to whom, and a talk in which one blocks the other.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { ask, connect, openSocket, type TestSocket } from '../support/sockets.ts';

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
