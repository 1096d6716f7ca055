// A place in a queue from joining to its end, by the service on a real database: states, order, deadlines, groups, wrong input.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { aPlace, openQueue, type TestQueue } from '../support/queue.ts';
import { codeOf } from '../support/refused.ts';

let queue: TestQueue;
let amina: Actor;
let olena: Actor;
beforeAll(async () => {
  queue = await openQueue();
});
// hosts of their own: one talk at a time
beforeEach(() => {
  amina = queue.person('Amina', 'mentor');
  olena = queue.person('Olena', 'mentor');
});
afterAll(() => queue.close());

const both = () => [
  { actor: amina, languages: ['ar' as const, 'fa' as const] },
  { actor: olena, languages: ['uk' as const] },
];
const join: TestQueue['join'] = (...about) => queue.join(...about);

describe('the way to a talk', () => {
  test('she joins, is called, comes, talks, and each step is written down with its actor', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const noor = await join(dropInId);
    expect(await noor.see()).toMatchObject({ state: 'waiting', number: 1, before: 0, host: null });
    await queue.tickets.callNext(amina, { dropInId });
    expect(await noor.see()).toMatchObject({ state: 'called', host: { displayName: 'Amina' }, before: null });
    await queue.tickets.coming(noor.who, noor.input);
    const talking = await noor.see();
    expect(talking.state).toBe('talking');
    expect(queue.talks.at(-1)).toMatchObject({ id: noor.ticketId, talkId: talking.talkId });
    await queue.tickets.end(amina, noor.input);
    expect((await noor.see()).state).toBe('done');
    const events = await queue.tickets.events(noor.who, noor.input);
    expect(events.map(({ action, by, to }) => `${by} ${action} ${to}`)).toEqual([
      ...['owner join waiting', 'host call called', 'owner coming talking', 'host end done'],
    ]);
    expect(events.every(({ at }) => at === queue.clock.now().toISOString())).toBe(true);
    expect(await codeOf(queue.tickets.events(queue.person('Stranger'), noor.input))).toBe('not-found');
  });

  test('a tap that is sent twice does what it says once', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const noor = await join(dropInId);
    const first = await queue.tickets.callNext(amina, { dropInId });
    expect(await queue.tickets.callNext(amina, { dropInId })).toEqual(first);
    await queue.tickets.coming(noor.who, noor.input);
    await queue.tickets.coming(noor.who, noor.input);
    await queue.tickets.end(amina, noor.input);
    await queue.tickets.end(amina, noor.input);
    expect(await queue.tickets.events(noor.who, noor.input)).toHaveLength(4);
  });

  test('who does not answer in three minutes is not found, and comes back before everybody else', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const late = await join(dropInId);
    const second = await join(dropInId);
    await queue.tickets.callNext(amina, { dropInId });
    await queue.pass(2.9, [amina]);
    await queue.tickets.sweep();
    expect((await late.see()).state).toBe('called');
    await queue.pass(0.2, [amina]);
    await queue.tickets.sweep();
    expect(await late.see()).toMatchObject({ state: 'not-found', priority: true });
    expect(await codeOf(queue.tickets.coming(late.who, late.input))).toBe('conflict');
    const third = await join(dropInId);
    await queue.tickets.back(late.who, late.input);
    expect([await late.see(), await second.see(), await third.see()].map(({ before }) => before)).toEqual([0, 1, 2]);
    expect(await queue.tickets.callNext(amina, { dropInId })).toEqual(late.input);
  });

  test('a host whose connection is gone longer than the grace period gives the called place back, with priority', async () => {
    const dropInId = await queue.sitting({ hosts: both(), queue: { comeMinutes: 15, graceMinutes: 3 } });
    const noor = await join(dropInId);
    await queue.tickets.callNext(amina, { dropInId });
    await queue.pass(2, [olena]);
    await queue.tickets.sweep();
    expect((await noor.see()).state).toBe('called');
    await queue.pass(2, [olena]);
    await queue.tickets.sweep();
    expect(await noor.see()).toMatchObject({ state: 'waiting', priority: true, host: null });
  });

  test('she pauses and comes back to her place; paused, nobody calls her', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const noor = await join(dropInId);
    await queue.pass(1, [amina]);
    const other = await join(dropInId);
    await queue.tickets.pause(noor.who, noor.input);
    expect(await noor.see()).toMatchObject({ state: 'paused', before: null, estimate: null });
    expect((await other.see()).before).toBe(0);
    await queue.tickets.resume(noor.who, noor.input);
    expect((await noor.see()).before).toBe(0);
    await queue.tickets.pause(noor.who, noor.input);
    expect(await queue.tickets.callNext(amina, { dropInId })).toEqual(other.input);
  });

  test('when the drop-in closes, who waits is told so, and a talk that runs goes on', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const [talking, waiting] = [await join(dropInId), await join(dropInId)];
    await queue.tickets.callNext(amina, { dropInId });
    await queue.tickets.coming(talking.who, talking.input);
    await queue.dropIns.close(dropInId, queue.clock.now());
    await queue.tickets.sweep();
    expect((await waiting.see()).state).toBe('expired');
    expect((await talking.see()).state).toBe('talking');
    await queue.tickets.end(amina, talking.input);
    expect((await talking.see()).state).toBe('done');
  });

  test('a question that is left while nobody is on duty is answered in the talk later', async () => {
    const officeHoursId = '5'.repeat(24);
    const dropInId = await queue.sitting({ hosts: both(), state: 'planned', officeHoursId });
    const noor = queue.person('Noor');
    const { ticketId } = await queue.tickets.askLater(noor, aPlace(dropInId, { words: 'Is B1 enough?' }));
    expect(await codeOf(queue.tickets.join(noor, aPlace(dropInId)))).toBe('queue.joined');
    expect(await queue.tickets.ticket(noor, { ticketId })).toMatchObject({ state: 'asked', estimate: null });
    const { host } = await queue.tickets.watch(amina, { dropInId });
    expect(host?.tickets).toMatchObject([{ state: 'asked', words: 'Is B1 enough?' }]);
    await queue.tickets.answer(amina, { ticketId });
    expect(await queue.tickets.ticket(noor, { ticketId })).toMatchObject({ state: 'talking', host: { id: amina.id } });
    await queue.tickets.end(amina, { ticketId });
  });
});

describe('the order', () => {
  test('hosts are offered only whom they can speak with, in time, and whose own time is now', async () => {
    const dropInId = await queue.sitting({ hosts: both() }); // 18:00 in Berlin
    const later = await join(dropInId, undefined, { windows: [{ from: '19:00', to: '19:30' }] });
    const uk = await join(dropInId, undefined, { languages: ['uk'] });
    const ar = await join(dropInId);
    expect((await later.see()).estimate).toMatchObject({ kind: 'window' });
    expect(await queue.tickets.callNext(amina, { dropInId })).toEqual(ar.input);
    expect(await codeOf(queue.tickets.call(amina, uk.input))).toBe('conflict');
    await queue.tickets.notFound(amina, ar.input);
    expect(await codeOf(queue.tickets.callNext(amina, { dropInId }))).toBe('queue.empty');
    await queue.pass(61, [amina]);
    expect(await queue.tickets.callNext(amina, { dropInId })).toEqual(later.input);
  });

  test('where it says so, who was never here comes first; a cool-down says how long', async () => {
    const options = {
      hosts: both(),
      queue: { firstTimersFirst: true, cooldownMinutes: 60 },
      officeHoursId: '6'.repeat(24),
    };
    const before = await queue.sitting(options);
    const noor = await join(before);
    await queue.tickets.callNext(amina, { dropInId: before });
    await queue.tickets.coming(noor.who, noor.input);
    await queue.tickets.end(amina, noor.input);
    const again = queue.tickets.join(noor.who, aPlace(before));
    await expect(again).rejects.toMatchObject({ code: 'queue.cool-down', params: { minutes: 60 } });
    await queue.pass(7 * 24 * 60);
    const dropInId = await queue.sitting(options);
    const second = await join(dropInId, noor.who);
    await queue.pass(1, [amina]);
    const newcomer = await join(dropInId);
    expect([(await second.see()).before, (await newcomer.see()).before]).toEqual([1, 0]);
    expect(await queue.tickets.callNext(amina, { dropInId })).toEqual(newcomer.input);
  });

  test('her position counts those whom the same hosts serve, and she is told when nobody speaks her language', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    for (let i = 0; i < 3; i++) await join(dropInId);
    const uk = await join(dropInId, undefined, { languages: ['uk'] });
    const tr = await join(dropInId, undefined, { languages: ['tr'] });
    expect((await uk.see()).before).toBe(0);
    expect((await tr.see()).estimate).toEqual({ kind: 'nobody', until: null });
  });

  test('two before her: she is told once', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const all = [];
    for (let i = 0; i < 4; i++) all.push(await join(dropInId));
    const last = all[3];
    await queue.tickets.sweep();
    await queue.pass(2, [amina]);
    await queue.tickets.callNext(amina, { dropInId });
    await queue.tickets.sweep();
    await queue.tickets.sweep();
    const ids = [...all].map(({ ticketId }) => ticketId);
    const soon = queue.told.filter(
      ({ kind, params }) => kind === 'ticket.soon' && ids.includes(params['ticketId'] ?? ''),
    );
    expect(soon.map(({ params }) => params['ticketId'])).toEqual([last?.ticketId]);
    expect((await last?.see())?.soon).toBe(true);
  });
});
