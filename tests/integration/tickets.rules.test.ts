// One of each, groups and hand-over, wrong input: by the service on a real database.
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

describe('one of each', () => {
  test('of a hundred hosts who claim the same place at once, one gets it', async () => {
    const hosts = Array.from({ length: 100 }, (_, i) => ({
      actor: queue.person(`Host ${i}`, 'mentor'),
      languages: ['ar' as const],
    }));
    const dropInId = await queue.sitting({ hosts });
    const noor = await join(dropInId);
    const answers = await Promise.all(hosts.map(({ actor }) => codeOf(queue.tickets.call(actor, noor.input))));
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
      Array.from({ length: 5 }, () => codeOf(queue.another().callNext(amina, { dropInId }))),
    );
    expect(answers.filter((answer) => answer === 'ok').length).toBeGreaterThan(0);
    const { host } = await queue.tickets.watch(amina, { dropInId });
    const called = host?.tickets.filter(({ state }) => state === 'called') ?? [];
    expect(called).toHaveLength(1);
    const noor = { ticketId: called[0]?.id ?? '' };
    await queue.tickets.start(amina, noor);
    expect(await codeOf(queue.tickets.callNext(amina, { dropInId }))).toBe('host.busy');
    await queue.tickets.end(amina, noor);
  });

  test('a host who taps again while she calls is told whom she calls, and keeps the next woman from nobody', async () => {
    const hosts = [amina, olena].map((actor) => ({ actor, languages: ['ar' as const] }));
    const dropInId = await queue.sitting({ hosts });
    const [noor, hala] = [await join(dropInId), await join(dropInId)];
    const { ticketId } = await queue.tickets.callNext(amina, { dropInId });
    expect(ticketId).toBe(noor.ticketId);
    // the first of these reaches for Hala before the others, and may not have her
    const taps = [amina, amina, olena].map((actor) => queue.tickets.callNext(actor, { dropInId }));
    expect((await Promise.all(taps)).map((one) => one.ticketId)).toEqual([noor.ticketId, noor.ticketId, hala.ticketId]);
  });

  test('who took a place through another process is found by a host whose own process has not heard of her', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    expect(await codeOf(queue.tickets.callNext(amina, { dropInId }))).toBe('queue.empty');
    const { ticketId } = await queue.another().join(queue.person('Noor'), aPlace(dropInId));
    expect(await queue.tickets.callNext(amina, { dropInId })).toEqual({ ticketId });
  });

  test('a woman has one place per drop-in, also when she taps on two phones at once; left, she may come again', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const noor = queue.person('Noor');
    const answers = await Promise.all([1, 2, 3].map(() => codeOf(queue.tickets.join(noor, aPlace(dropInId)))));
    expect(answers.sort()).toEqual(['ok', 'queue.joined', 'queue.joined']);
    const { mine } = await queue.tickets.watch(noor, { dropInId });
    await queue.tickets.leave(noor, { ticketId: mine?.id });
    expect(await codeOf(queue.tickets.join(noor, aPlace(dropInId)))).toBe('ok');
  });

  test('the last place goes to one of those who take it at once', async () => {
    const dropInId = await queue.sitting({ hosts: both(), capacity: 2 });
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((i) => codeOf(queue.tickets.join(queue.person(`Noor ${i}`), aPlace(dropInId)))),
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
    expect(await codeOf(mixed)).toBe('input.invalid');
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
    expect(await codeOf(queue.tickets.callNext(amina, { dropInId }))).toBe('host.busy');
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
    expect(await codeOf(queue.tickets.consent(noor.who, noor.input))).toBe('conflict');
    expect(await codeOf(queue.tickets.offer(amina, { ...noor.input, to: queue.person('X').id }))).toBe('input.invalid');
    await queue.tickets.offer(amina, { ...noor.input, to: olena.id });
    expect((await noor.see()).handOver).toMatchObject({ displayName: 'Olena' });
    expect(await codeOf(queue.tickets.take(olena, noor.input))).toBe('not-found');
    await queue.tickets.consent(noor.who, noor.input);
    expect(await noor.see()).toMatchObject({ state: 'handed-over', host: { displayName: 'Olena' } });
    await queue.tickets.take(olena, noor.input);
    expect((await noor.see()).state).toBe('talking');
    expect(await codeOf(queue.tickets.end(amina, noor.input))).toBe('not-found');
    await queue.tickets.end(olena, noor.input);
  });
});

describe('wrong input changes nothing', () => {
  test('a clear code for each, and the queue is as it was', async () => {
    const dropInId = await queue.sitting({ hosts: both(), place: null });
    const closed = await queue.sitting({ hosts: both(), state: 'closed' });
    const full = await queue.sitting({ hosts: both(), capacity: 0 });
    const noor = queue.person('Noor');
    const joining = (more: object, where = dropInId) => codeOf(queue.tickets.join(noor, aPlace(where, more)));
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
    expect(await codeOf(queue.tickets.join(amina, aPlace(dropInId)))).toBe('forbidden');
    expect(await codeOf(queue.tickets.askLater(noor, aPlace(dropInId)))).toBe('conflict');
    expect((await queue.tickets.watch(noor, { dropInId })).everyone.waiting).toBe(0);
    const before = await join(dropInId);
    const foreign = queue.person('Foreign', 'mentor');
    expect(await codeOf(queue.tickets.callNext(foreign, { dropInId }))).toBe('forbidden');
    expect(await codeOf(queue.tickets.call(foreign, before.input))).toBe('forbidden');
    expect(await codeOf(queue.tickets.callNext(noor, { dropInId }))).toBe('forbidden');
    expect(await codeOf(queue.tickets.leave(noor, before.input))).toBe('not-found');
    expect(await codeOf(queue.tickets.ticket(noor, before.input))).toBe('not-found');
    expect((await before.see()).state).toBe('waiting');
  });

  test('moderators find out who it is, nobody else does, and the look is written down', async () => {
    const dropInId = await queue.sitting({ hosts: both() });
    const noor = await join(dropInId, queue.person('Noor'));
    const asked = { dropInId, number: '1', reason: 'She wrote that she is in danger' };
    expect(await codeOf(queue.tickets.look(amina, asked))).toBe('forbidden');
    const judit = queue.person('Judit', 'moderator');
    expect(await codeOf(queue.tickets.look(judit, { ...asked, reason: ' ' }))).toBe('input.empty');
    expect(await codeOf(queue.tickets.look(judit, { ...asked, number: '2' }))).toBe('not-found');
    expect(await codeOf(queue.tickets.look(judit, { ...asked, number: '-1' }))).toBe('input.invalid');
    expect(queue.acts).toEqual([]);
    expect(await queue.tickets.look(judit, asked)).toMatchObject({ displayName: 'Noor' });
    // the log says which place, never who: everybody in the team reads it
    expect(queue.acts).toEqual([
      {
        by: judit.id,
        act: { action: 'ticket.looked', target: { kind: 'ticket', id: noor.ticketId }, reason: asked.reason },
      },
    ]);
    const looks = await queue.models.ticketEvents.find({ action: 'look' }).lean();
    expect(looks.map(({ by, ticketId }) => `${by?.toHexString()} ${ticketId.toHexString()}`)).toEqual([
      `${judit.id} ${noor.ticketId}`,
    ]);
  });
});
