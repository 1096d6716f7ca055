// A suspension or a ban in the queue: her place ends, a mentor goes off duty, and both can come again when it is undone. Real sockets.
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SanctionKind } from '#shared/moderation.ts';
import type { HostQueueView, PublicQueueView } from '#shared/tickets.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { connect, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let dropIns: ReturnType<typeof createDropInsRepository>;
let names = 0;
const open: TestSocket[] = [];

beforeAll(async () => {
  running = await startTestHub();
  dropIns = createDropInsRepository(createOfficeHoursModels(running.hub.database.connection));
  await running.join('boss', 'coordinator');
}, 60_000);
afterAll(async () => {
  for (const socket of open) socket.disconnect();
  await running.close();
});

const someone = (role: 'member' | 'mentor' = 'member') => running.join(`${role}-${++names}`, role);
const aSitting = (hosts: TestPerson[]) =>
  makeSitting(dropIns, new Date(), {
    hosts: hosts.map(({ actor }) => ({ actor, languages: ['ar' as const] })),
    topics: ['jobs'],
  });
const place = (dropInId: string) => aPlace(dropInId, { topic: 'jobs', languages: ['ar'] });
async function waits(dropInId: string) {
  const woman = await someone();
  const { ticketId } = await running.hub.tickets.join(woman.actor, place(dropInId));
  return { woman, ticketId, see: () => running.hub.tickets.ticket(woman.actor, { ticketId }) };
}
/** Answers the id by which it is undone. */
async function sanction({ actor }: TestPerson, kind: SanctionKind, roomId: string | null = null): Promise<string> {
  const id = newId();
  const until = kind === 'ban' ? null : new Date(Date.now() + 86_400_000);
  await running.hub.accounts.sanction(actor.id, { id, kind, roomId, until });
  return id;
}
/** She as she comes with her next request. */
async function now({ cookie, actor }: TestPerson) {
  return (await running.hub.accounts.actorFromCookie(cookie))?.actor ?? actor;
}
/** Her open page of this queue: the newest of what came. */
async function watching(person: TestPerson, dropInId: string) {
  const socket = openSocket(running.origin, person.cookie);
  open.push(socket);
  expect(await connect(socket)).toBeNull();
  const first = await must(socket, 'queue:watch', { dropInId });
  const seen = { hosts: first.host as HostQueueView | null, everyone: first.everyone as PublicQueueView };
  socket.on('queue:hosts', (view) => (seen.hosts = view));
  socket.on('queue:public', (view) => (seen.everyone = view));
  return { socket, seen };
}

test.each(['suspension', 'ban'] as const)(
  'a woman who waits gets a %s: her place leaves the open board at once, and she comes anew when it is undone',
  async (kind) => {
    const { tickets } = running.hub;
    const mentor = await someone('mentor');
    const dropInId = await aSitting([mentor]);
    const other = await waits(dropInId);
    const { woman, ticketId, see } = await waits(dropInId);
    const { socket, seen } = await watching(mentor, dropInId);
    expect(seen.hosts?.tickets.map(({ id }) => id)).toContain(ticketId);
    const id = await sanction(woman, kind);
    await until('the board is without her', () => seen.hosts?.tickets.every((one) => one.id !== ticketId) ?? false);
    expect(seen.hosts?.tickets.map((one) => one.id)).toEqual([other.ticketId]);
    expect((await tickets.watch(mentor.actor, { dropInId })).host?.tickets.map((one) => one.id)).toEqual([
      other.ticketId,
    ]);
    await expect(must(socket, 'queue:act', { ticketId, action: 'call' })).rejects.toThrow(/not-found/);
    await expect(tickets.join(await now(woman), place(dropInId))).rejects.toMatchObject({ code: 'forbidden' });
    // a request that was on its way with what she was allowed before
    await expect(tickets.join(woman.actor, place(dropInId))).rejects.toMatchObject({ code: 'forbidden' });
    expect((await see()).state).toBe('left');

    await running.hub.accounts.liftSanction(woman.actor.id, id);
    const again = await tickets.join(await now(woman), place(dropInId));
    await until('she is on the board', () => seen.hosts?.tickets.some((one) => one.id === again.ticketId) ?? false);
  },
);

test('a call and a talk with a woman who is suspended are over, and her mentor has her hands free', async () => {
  const { tickets } = running.hub;
  const [calls, talks] = [await someone('mentor'), await someone('mentor')];
  const dropInId = await aSitting([calls, talks]);
  const [called, talking] = [await waits(dropInId), await waits(dropInId)];
  await tickets.call(calls.actor, { ticketId: called.ticketId });
  await tickets.call(talks.actor, { ticketId: talking.ticketId });
  await tickets.hostAct(talks.actor, { ticketId: talking.ticketId, action: 'start' });
  await Promise.all([sanction(called.woman, 'suspension'), sanction(talking.woman, 'suspension')]);
  await until('the call is over', async () => (await called.see()).state === 'left');
  await until('the talk is over', async () => (await talking.see()).state === 'done');
  const next = [await waits(dropInId), await waits(dropInId)];
  for (const [at, mentor] of [calls, talks].entries())
    expect(await tickets.callNext(mentor.actor, { dropInId })).toEqual({ ticketId: next[at]?.ticketId });
});

test('a muted woman keeps her place, everywhere muted or in one room', async () => {
  const mentor = await someone('mentor');
  const dropInId = await aSitting([mentor]);
  const { woman, ticketId, see } = await waits(dropInId);
  await sanction(woman, 'mute');
  await sanction(woman, 'mute', await running.roomId());
  const { woman: out, see: gone } = await waits(dropInId);
  await sanction(out, 'ban');
  await until('what came after it is done', async () => (await gone()).state === 'left');
  expect((await see()).state).toBe('waiting');
  expect(await running.hub.tickets.callNext(mentor.actor, { dropInId })).toEqual({ ticketId });
});

test('a suspended mentor who was the only one is here no more: no new places, and who waits is called by the next one', async () => {
  const { tickets, officeHours } = running.hub;
  const [mentor, second] = [await someone('mentor'), await someone('mentor')];
  const dropInId = await aSitting([mentor, second]);
  await officeHours.checkOut(second.actor, { dropInId, last: false });
  const [called, talked] = [await waits(dropInId), await waits(dropInId)];
  const member = await someone();
  const { seen } = await watching(member, dropInId);
  expect(seen.everyone.duty.map(({ person }) => person.id)).toEqual([mentor.actor.id]);
  await watching(mentor, dropInId);
  await tickets.callNext(mentor.actor, { dropInId });
  await tickets.hostAct(mentor.actor, { ticketId: called.ticketId, action: 'start' });
  const talkId = (await called.see()).talkId ?? '';
  const id = await sanction(mentor, 'suspension');
  await until('nobody is here', () => seen.everyone.duty.length === 0);
  await until('who talked with her waits', async () => (await called.see()).state === 'waiting');
  expect((await called.see()).host).toBeNull();
  // her talk, still open somewhere, says that it is over and where her place is
  const talkNow = () => running.hub.talks.open(called.woman.actor, { talkId });
  await until('the talk is over', async () => (await talkNow()).endedAt !== null);
  expect(await talkNow()).toMatchObject({ side: 'owner', state: 'waiting', ticketId: called.ticketId });
  expect((await talkNow()).join.abilities.post).toBe(false);
  const view = await officeHours.dropIn(member.actor, { dropInId });
  expect(view).toMatchObject({ state: 'closing', duty: [] });
  // her page, still open somewhere, does not count as seen, and she is not called to come back
  await officeHours.seen([mentor.actor.id]);
  expect((await dropIns.byId(dropInId))?.duty).toEqual([]);
  await expect(tickets.join(member.actor, place(dropInId))).rejects.toMatchObject({ code: 'queue.closed' });
  await expect(officeHours.checkIn(await now(mentor), { dropInId, languages: [] })).rejects.toMatchObject({
    code: 'forbidden',
  });
  // also with a command that was on its way
  await officeHours.checkIn(mentor.actor, { dropInId, languages: [] });
  await until('she is off duty again', async () => (await dropIns.byId(dropInId))?.duty.length === 0);

  await officeHours.checkIn(second.actor, { dropInId, languages: ['ar'] });
  expect(await tickets.callNext(second.actor, { dropInId })).toEqual({ ticketId: called.ticketId });
  expect((await talked.see()).state).toBe('waiting');
  await tickets.call(second.actor, { ticketId: called.ticketId });
  await tickets.hostAct(second.actor, { ticketId: called.ticketId, action: 'start' });
  await expect(tickets.offer(second.actor, { ticketId: called.ticketId, to: mentor.actor.id })).rejects.toMatchObject({
    code: 'input.invalid',
  });

  await running.hub.accounts.liftSanction(mentor.actor.id, id);
  await officeHours.checkIn(await now(mentor), { dropInId, languages: ['ar'] });
  expect((await dropIns.byId(dropInId))?.duty).toHaveLength(2);
});

test('who was asked to talk with a mentor, in a group or as the next one, is not led to her when she is suspended', async () => {
  const { tickets } = running.hub;
  const [asks, offers, next] = [await someone('mentor'), await someone('mentor'), await someone('mentor')];
  const dropInId = await aSitting([asks, offers, next]);
  const [one, two] = [await waits(dropInId), await waits(dropInId)];
  await tickets.call(offers.actor, { ticketId: two.ticketId });
  await tickets.hostAct(offers.actor, { ticketId: two.ticketId, action: 'start' });
  await tickets.offer(offers.actor, { ticketId: two.ticketId, to: next.actor.id });
  await tickets.invite(asks.actor, { dropInId, ticketIds: [one.ticketId] });
  await Promise.all([sanction(asks, 'suspension'), sanction(next, 'suspension')]);
  await until('she is not asked any more', async () => {
    const said = JSON.stringify([await one.see(), await two.see()]);
    return !said.includes(asks.actor.id) && !said.includes(next.actor.id);
  });
  expect(await one.see()).toMatchObject({ state: 'waiting' });
  expect(await two.see()).toMatchObject({ state: 'talking', host: { id: offers.actor.id } });
});

test('what a crash left between a suspension and its consequences is put in order by the hub itself', async () => {
  const { tickets, jobs, database } = running.hub;
  const [mentor, stays] = [await someone('mentor'), await someone('mentor')];
  const dropInId = await aSitting([mentor, stays]);
  const [called, waiting, other] = [await waits(dropInId), await waits(dropInId), await waits(dropInId)];
  await tickets.call(mentor.actor, { ticketId: called.ticketId });
  // as if the process had ended right after the decision was written
  const users = database.connection.collection('users');
  for (const { actor } of [mentor, waiting.woman]) {
    const held = { id: newId(), kind: 'suspension', roomId: null, until: new Date(Date.now() + 60_000) };
    const change = { $set: { sanctions: [held], sanctionsAt: new Date() } };
    const { matchedCount } = await users.updateOne({ _id: actor.id as never }, change);
    if (matchedCount === 0) await users.updateOne({ _id: new mongoose.Types.ObjectId(actor.id) }, change);
  }
  // nobody calls her, even before that
  await expect(tickets.call(stays.actor, { ticketId: waiting.ticketId })).rejects.toMatchObject({ code: 'not-found' });
  expect(await jobs.tick()).toBe(true);
  expect((await waiting.see()).state).toBe('left');
  expect(await called.see()).toMatchObject({ state: 'waiting', host: null });
  expect((await dropIns.byId(dropInId))?.duty.map(({ userId }) => userId)).toEqual([stays.actor.id]);
  expect(await tickets.callNext(stays.actor, { dropInId })).toEqual({ ticketId: called.ticketId });
  expect((await other.see()).state).toBe('waiting');
});
