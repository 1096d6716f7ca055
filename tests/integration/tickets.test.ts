// A place in a queue from joining to its end, by the service on a real database: states, order, deadlines, groups, wrong input.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { aPlace, openQueue, type TestQueue } from '../support/queue.ts';

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

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
const both = () => [
  { actor: amina, languages: ['ar' as const, 'fa' as const] },
  { actor: olena, languages: ['uk' as const] },
];
async function join(dropInId: string, who = queue.person('Noor'), more: object = {}) {
  const { ticketId } = await queue.tickets.join(who, aPlace(dropInId, more));
  return { who, ticketId, input: { ticketId }, see: () => queue.tickets.ticket(who, { ticketId }) };
}

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
    expect(await code(queue.tickets.events(queue.person('Stranger'), noor.input))).toBe('not-found');
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
    expect(await code(queue.tickets.coming(late.who, late.input))).toBe('conflict');
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
    expect(await code(queue.tickets.join(noor, aPlace(dropInId)))).toBe('queue.joined');
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
    expect(await code(queue.tickets.call(amina, uk.input))).toBe('conflict');
    await queue.tickets.notFound(amina, ar.input);
    expect(await code(queue.tickets.callNext(amina, { dropInId }))).toBe('queue.empty');
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
    expect(queue.soon.filter(({ dropInId: id }) => id === dropInId).map(({ id }) => id)).toEqual([last?.ticketId]);
    expect((await last?.see())?.soon).toBe(true);
  });
});

describe('one of each', () => {
  test('of a hundred hosts who claim the same place at once, one gets it', async () => {
    const hosts = Array.from({ length: 100 }, (_, i) => ({
      actor: queue.person(`Host ${i}`, 'mentor'),
      languages: ['ar' as const],
    }));
    const dropInId = await queue.sitting({ hosts });
    const noor = await join(dropInId);
    const answers = await Promise.all(hosts.map(({ actor }) => code(queue.tickets.call(actor, noor.input))));
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(['ok', 'ticket.called']));
    expect((await queue.tickets.events(noor.who, noor.input)).filter(({ action }) => action === 'call')).toHaveLength(
      1,
    );
  });

  test('forty calls for the next at once get forty different women, also from two processes', async () => {
    const hosts = Array.from({ length: 40 }, (_, i) => ({
      actor: queue.person(`Host ${i}`, 'mentor'),
      languages: ['ar' as const],
    }));
    const dropInId = await queue.sitting({ hosts });
    for (let i = 0; i < 40; i++) await join(dropInId);
    const other = queue.another();
    const called = await Promise.all(
      hosts.map(({ actor }, i) => (i % 2 ? other : queue.tickets).callNext(actor, { dropInId })),
    );
    expect(new Set(called.map(({ ticketId }) => ticketId)).size).toBe(40);
  });

  test('a host who calls twice at once gets one woman, and one talk at a time', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    for (let i = 0; i < 5; i++) await join(dropInId);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => code(queue.another().callNext(amina, { dropInId }))),
    );
    expect(answers.filter((answer) => answer === 'ok').length).toBeGreaterThan(0);
    const { host } = await queue.tickets.watch(amina, { dropInId });
    const called = host?.tickets.filter(({ state }) => state === 'called') ?? [];
    expect(called).toHaveLength(1);
    const noor = { ticketId: called[0]?.id ?? '' };
    await queue.tickets.start(amina, noor);
    expect(await code(queue.tickets.callNext(amina, { dropInId }))).toBe('host.busy');
    await queue.tickets.end(amina, noor);
  });

  test('a woman has one place per drop-in, also when she taps on two phones at once; left, she may come again', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const noor = queue.person('Noor');
    const answers = await Promise.all([1, 2, 3].map(() => code(queue.tickets.join(noor, aPlace(dropInId)))));
    expect(answers.sort()).toEqual(['ok', 'queue.joined', 'queue.joined']);
    const { mine } = await queue.tickets.watch(noor, { dropInId });
    await queue.tickets.leave(noor, { ticketId: mine?.id });
    expect(await code(queue.tickets.join(noor, aPlace(dropInId)))).toBe('ok');
  });

  test('the last place goes to one of those who take it at once', async () => {
    const dropInId = await queue.sitting({ hosts: both(), capacity: 2 });
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((i) => code(queue.tickets.join(queue.person(`Noor ${i}`), aPlace(dropInId)))),
    );
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(2);
    expect(answers.filter((answer) => answer === 'queue.full')).toHaveLength(3);
  });
});

describe('together and handed over', () => {
  test('who is invited into a group is asked; no costs nothing, yes leads into one talk', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const [one, two, three] = [await join(dropInId), await join(dropInId), await join(dropInId)];
    const other = await join(dropInId, undefined, { topic: 'schools' });
    const ids = [one, two, three].map(({ ticketId }) => ticketId);
    const mixed = queue.tickets.invite(amina, { dropInId, ticketIds: [...ids, other.ticketId] });
    expect(await code(mixed)).toBe('input.invalid');
    expect(await queue.tickets.invite(amina, { dropInId, ticketIds: ids })).toEqual({ invited: 3 });
    expect((await two.see()).groupInvite).toMatchObject({ displayName: 'Amina' });
    await Promise.all(
      [one, three].map(({ who, ticketId }) => queue.tickets.answerInvite(who, { ticketId, yes: true })),
    );
    await queue.tickets.answerInvite(two.who, { ...two.input, yes: false });
    expect(await two.see()).toMatchObject({ state: 'waiting', before: 0, groupInvite: null });
    const [first, third] = [await one.see(), await three.see()];
    expect([first.state, third.state]).toEqual(['talking', 'talking']);
    expect(first.talkId).toBe(third.talkId);
    expect(await code(queue.tickets.callNext(amina, { dropInId }))).toBe('host.busy');
    await queue.tickets.end(amina, one.input);
    expect((await three.see()).state).toBe('done');
    expect(await queue.tickets.callNext(amina, { dropInId })).toEqual(two.input);
    await queue.tickets.notFound(amina, two.input);
  });

  test('she is handed over only when she agrees, and only to the one who was named', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const noor = await join(dropInId);
    await queue.tickets.callNext(amina, { dropInId });
    await queue.tickets.coming(noor.who, noor.input);
    expect(await code(queue.tickets.consent(noor.who, noor.input))).toBe('conflict');
    expect(await code(queue.tickets.offer(amina, { ...noor.input, to: queue.person('X').id }))).toBe('input.invalid');
    await queue.tickets.offer(amina, { ...noor.input, to: olena.id });
    expect((await noor.see()).handOver).toMatchObject({ displayName: 'Olena' });
    expect(await code(queue.tickets.take(olena, noor.input))).toBe('not-found');
    await queue.tickets.consent(noor.who, noor.input);
    expect(await noor.see()).toMatchObject({ state: 'handed-over', host: { displayName: 'Olena' } });
    await queue.tickets.take(olena, noor.input);
    expect((await noor.see()).state).toBe('talking');
    expect(await code(queue.tickets.end(amina, noor.input))).toBe('not-found');
    await queue.tickets.end(olena, noor.input);
  });
});

describe('wrong input changes nothing', () => {
  test('a clear code for each, and the queue is as it was', async () => {
    const dropInId = await queue.sitting({ hosts: both(), place: null });
    const closed = await queue.sitting({ hosts: both(), state: 'closed' });
    const full = await queue.sitting({ hosts: both(), capacity: 0 });
    const noor = queue.person('Noor');
    const joining = (more: object, where = dropInId) => code(queue.tickets.join(noor, aPlace(where, more)));
    expect(await joining({}, closed)).toBe('queue.closed');
    expect(await joining({}, full)).toBe('queue.full');
    expect(await joining({}, `${'0'.repeat(24)}-20260101`)).toBe('not-found');
    expect(await joining({}, 'x')).toBe('input.invalid');
    expect(await joining({ topic: 'x'.repeat(10_000) })).toBe('input.too-long');
    expect(await joining({ words: 'x'.repeat(10_000) })).toBe('input.too-long');
    expect(await joining({ topic: 'cooking' })).toBe('input.invalid');
    expect(await joining({ languages: [] })).toBe('input.empty');
    expect(await joining({ languages: ['xx'] })).toBe('input.invalid');
    expect(await joining({ how: 'place' })).toBe('input.invalid');
    expect(await joining({ windows: [{ from: '19:00', to: '18:00' }] })).toBe('input.invalid');
    expect(await joining({ windows: [{ from: '06:00', to: '07:00' }] })).toBe('input.invalid');
    expect(await joining({ topic: { $ne: null } })).toBe('input.invalid');
    expect(await code(queue.tickets.join(amina, aPlace(dropInId)))).toBe('forbidden');
    expect(await code(queue.tickets.askLater(noor, aPlace(dropInId)))).toBe('conflict');
    expect((await queue.tickets.watch(noor, { dropInId })).everyone.waiting).toBe(0);
    const before = await join(dropInId);
    const foreign = queue.person('Foreign', 'mentor');
    expect(await code(queue.tickets.callNext(foreign, { dropInId }))).toBe('forbidden');
    expect(await code(queue.tickets.call(foreign, before.input))).toBe('forbidden');
    expect(await code(queue.tickets.callNext(noor, { dropInId }))).toBe('forbidden');
    expect(await code(queue.tickets.leave(noor, before.input))).toBe('not-found');
    expect(await code(queue.tickets.ticket(noor, before.input))).toBe('not-found');
    expect((await before.see()).state).toBe('waiting');
  });

  test('moderators find out who it is, nobody else does, and the look is written down', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const noor = await join(dropInId, queue.person('Noor'));
    expect(await code(queue.tickets.look(amina, noor.input))).toBe('forbidden');
    const judit = queue.person('Judit', 'moderator');
    expect(await queue.tickets.look(judit, noor.input)).toMatchObject({ displayName: 'Noor' });
    const looks = await queue.models.ticketEvents.find({ action: 'look' }).lean();
    expect(looks.map(({ by, ticketId }) => `${by?.toHexString()} ${ticketId.toHexString()}`)).toEqual([
      `${judit.id} ${noor.ticketId}`,
    ]);
  });
});
