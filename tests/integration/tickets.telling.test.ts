// What a woman who looks elsewhere is told about her place: each step once, whatever crashes in between, and old once she acted.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { AppError } from '../../server/domain/kernel/app-error.ts';
import { aPlace, openQueue, type TestQueue } from '../support/queue.ts';

let queue: TestQueue;
let [amina, judit, noor] = [] as unknown as [Actor, Actor, Actor];
beforeAll(async () => {
  queue = await openQueue();
  amina = queue.person('Amina', 'mentor');
  judit = queue.person('Judit', 'mentor');
});
beforeEach(async () => {
  await queue.tickets.told();
  noor = queue.person('Noor');
  queue.told.length = 0;
  queue.settled.length = 0;
});
afterAll(() => queue.close());

const both = () => [
  { actor: amina, languages: ['ar' as const] },
  { actor: judit, languages: ['ar' as const] },
];
/** A place in a drop-in of its own. */
async function place(options: Parameters<TestQueue['sitting']>[0] = {}) {
  const dropInId = await queue.sitting({ hosts: both(), ...options });
  const { ticketId } = await queue.tickets.join(noor, aPlace(dropInId));
  return { dropInId, ticketId };
}
/** What she was told until now, of this place. */
async function told(ticketId: string): Promise<string[]> {
  await queue.tickets.told();
  const hers = queue.told.filter(({ userId, params }) => userId === noor.id && params['ticketId'] === ticketId);
  return hers.map(({ kind }) => kind);
}

test('called, not found, called again: she is told each time, once, and nobody else is', async () => {
  const { dropInId, ticketId } = await place();
  await queue.tickets.callNext(amina, { dropInId });
  await queue.tickets.callNext(amina, { dropInId });
  expect(await told(ticketId)).toEqual(['ticket.turn']);
  const { until } = queue.told[0] ?? {};
  expect(until?.getTime()).toBe(queue.clock.now().getTime() + 3 * 60_000); // of no use after her three minutes
  await queue.pass(4, [amina]);
  await queue.tickets.sweep();
  expect(await told(ticketId)).toEqual(['ticket.turn', 'ticket.not-found']);
  await queue.tickets.call(amina, { ticketId });
  expect(await told(ticketId)).toEqual(['ticket.turn', 'ticket.not-found', 'ticket.turn']);
  await queue.tickets.sweep();
  await queue.another().sweep();
  expect(await told(ticketId)).toHaveLength(3);
  expect(queue.told.every(({ userId }) => userId === noor.id)).toBe(true);
  expect(queue.told.every(({ params }) => Object.keys(params).join() === 'ticketId')).toBe(true);
  await queue.tickets.leave(noor, { ticketId });
});

test('what she was told is old as soon as she comes, but not when the mentor begins without her', async () => {
  const first = await place();
  await queue.tickets.callNext(amina, { dropInId: first.dropInId });
  await queue.tickets.told();
  expect(queue.settled).toEqual([]);
  await queue.tickets.coming(noor, { ticketId: first.ticketId });
  await queue.tickets.told();
  expect(queue.settled).toEqual([{ userId: noor.id, ticketId: first.ticketId }]);
  await queue.tickets.end(amina, { ticketId: first.ticketId });

  const second = await place();
  await queue.tickets.callNext(amina, { dropInId: second.dropInId });
  queue.settled.length = 0;
  await queue.tickets.start(amina, { ticketId: second.ticketId });
  await queue.tickets.told();
  expect(queue.settled).toEqual([]);
  expect(await told(second.ticketId)).toEqual(['ticket.turn']);
  await queue.tickets.end(amina, { ticketId: second.ticketId });
});

test('asked into a talk with others, and handed to another mentor, she is told', async () => {
  const { dropInId, ticketId } = await place();
  await queue.tickets.invite(amina, { dropInId, ticketIds: [ticketId] });
  expect(await told(ticketId)).toEqual(['ticket.group']);
  await queue.tickets.answerInvite(noor, { ticketId, yes: false });
  await queue.tickets.callNext(amina, { dropInId });
  await queue.tickets.coming(noor, { ticketId });
  await queue.tickets.offer(amina, { ticketId, to: judit.id });
  await queue.tickets.consent(noor, { ticketId });
  expect(await told(ticketId)).toEqual(['ticket.group', 'ticket.turn']);
  await queue.tickets.take(judit, { ticketId });
  expect(await told(ticketId)).toEqual(['ticket.group', 'ticket.turn', 'ticket.turn']);
  await queue.tickets.end(judit, { ticketId });
});

test('the question that she left is answered: she is told, as the page promised', async () => {
  const dropInId = await queue.sitting({ hosts: both(), state: 'planned' });
  const { ticketId } = await queue.tickets.askLater(noor, aPlace(dropInId));
  expect(await told(ticketId)).toEqual([]);
  await queue.tickets.answer(amina, { ticketId });
  await queue.tickets.answer(amina, { ticketId });
  expect(await told(ticketId)).toEqual(['ticket.answered']);
  await queue.tickets.end(amina, { ticketId });
});

test('the hub dies after the call and before it told her: the next one tells her, once', async () => {
  const { dropInId, ticketId } = await place();
  queue.faults.notify = true;
  await queue.tickets.callNext(amina, { dropInId });
  expect(await told(ticketId)).toEqual([]);
  queue.faults.notify = false;
  const restarted = queue.another();
  await restarted.sweep();
  await restarted.sweep();
  expect(await told(ticketId)).toEqual(['ticket.turn']);
  await queue.tickets.leave(noor, { ticketId });
});

test('the hub dies after it told her that it is soon, before it noted that: she is told once', async () => {
  const { ticketId } = await place();
  await queue.pass(2, [amina, judit]);
  const { toldSoon } = queue.repository;
  queue.repository.toldSoon = () => Promise.reject(new AppError('unavailable'));
  await queue.tickets.sweep();
  expect(await told(ticketId)).toEqual(['ticket.soon']);
  expect((await queue.repository.byId(ticketId))?.toldSoon).toBe(false);
  queue.repository.toldSoon = toldSoon;
  await queue.another().sweep();
  expect(await told(ticketId)).toEqual(['ticket.soon']);
  expect((await queue.repository.byId(ticketId))?.toldSoon).toBe(true);
});

test('the hub cannot tell her that it is soon: it is not noted, and the next turn tells her', async () => {
  const { ticketId } = await place();
  await queue.pass(2, [amina, judit]);
  queue.faults.notify = true;
  await queue.tickets.sweep();
  queue.faults.notify = false;
  expect((await queue.repository.byId(ticketId))?.toldSoon).toBe(false);
  await queue.tickets.sweep();
  expect(await told(ticketId)).toEqual(['ticket.soon']);
  await queue.tickets.sweep();
  expect(await told(ticketId)).toEqual(['ticket.soon']);
});
