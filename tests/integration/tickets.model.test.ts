// Random evenings against a small model of the queue: joins, calls, pauses, drops of hosts and crashes of the hub in any order.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TicketState } from '#shared/tickets.ts';
import type { CommunityLanguage } from '#shared/text/languages.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { aPlace, openQueue, type TestQueue } from '../support/queue.ts';

let queue: TestQueue;
beforeAll(async () => {
  queue = await openQueue();
});
afterAll(() => queue.close());

const LANGUAGES = ['ar', 'uk', 'fa'] as const;
const OF_HOST: CommunityLanguage[][] = [['ar'], ['uk', 'fa'], ['ar', 'uk']];

interface Place {
  who: Actor;
  ticketId: string;
  language: CommunityLanguage;
  number: number;
  state: TicketState;
  priority: boolean;
  host: number | null;
  calledAt: number;
}

type Op =
  | { kind: 'join'; language: number }
  | { kind: 'call' | 'end' | 'notFound' | 'putBack' | 'start'; host: number }
  | { kind: 'pause' | 'resume' | 'coming' | 'back' | 'leave'; place: number }
  | { kind: 'pass'; minutes: number; gone: number | null }
  | { kind: 'crash' };

const host = fc.nat({ max: 2 });
const place = fc.nat({ max: 7 });
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('join' as const), language: fc.nat({ max: 2 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('call' as const), host }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('end', 'notFound', 'putBack', 'start'), host }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('pause', 'resume', 'coming', 'back', 'leave'), place }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      minutes: fc.constantFrom(1, 2, 4),
      gone: fc.option(host),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
) as fc.Arbitrary<Op>;

async function evening(ops: readonly Op[]): Promise<void> {
  const hosts = OF_HOST.map((languages, i) => ({ actor: queue.person(`Host ${i}`, 'mentor'), languages }));
  const dropInId = await queue.sitting({ hosts });
  const places: Place[] = [];
  const seenAt = hosts.map(() => queue.clock.now().getTime());
  let { tickets } = queue;
  let served = 0;

  const inHand = (of: number): Place | undefined =>
    places.find(({ host: by, state }) => by === of && (state === 'called' || state === 'talking'));
  const lineOf = (of: number): Place[] =>
    places
      .filter(({ state, language }) => state === 'waiting' && hosts[of]?.languages.includes(language))
      .sort((a, b) => Number(b.priority) - Number(a.priority) || a.number - b.number);
  /** What the model expects, and what the service answers. */
  async function expects(may: boolean, run: () => Promise<unknown>, change: () => void): Promise<void> {
    const done = await run().then(
      () => true,
      (error: unknown) => {
        expect(error).toHaveProperty('code');
        return false;
      },
    );
    expect(done).toBe(may);
    if (may) change();
  }
  const free = (one: Place, state: TicketState, priority: boolean): void => {
    Object.assign(one, { state, priority: one.priority || priority, host: null });
  };

  async function hostDoes(kind: 'end' | 'notFound' | 'putBack' | 'start', of: number): Promise<void> {
    const mine = inHand(of);
    const actor = hosts[of]?.actor;
    if (!mine || !actor) return;
    // a second start is answered with what the first one did; after her "I am coming" it is refused: the machine's tests know
    if (kind === 'start' && mine.state === 'talking') return;
    const input = { ticketId: mine.ticketId };
    const may = kind === 'end' ? mine.state === 'talking' : mine.state === 'called';
    await expects(
      may,
      () => tickets[kind](actor, input),
      () => {
        if (kind === 'start') mine.state = 'talking';
        else if (kind === 'end') {
          free(mine, 'done', false);
          served += 1;
        } else free(mine, kind === 'putBack' ? 'waiting' : 'not-found', true);
      },
    );
  }

  async function ownerDoes(kind: 'pause' | 'resume' | 'coming' | 'back' | 'leave', which: number): Promise<void> {
    const mine = places[which % Math.max(1, places.length)];
    if (!mine) return;
    const from = {
      pause: ['waiting', 'called'],
      resume: ['paused'],
      coming: ['called'],
      back: ['not-found'],
      leave: [],
    };
    const leaves = ['waiting', 'paused', 'called', 'not-found'];
    const may = (kind === 'leave' ? leaves : from[kind]).includes(mine.state);
    if (!may) return; // a step twice is answered with what it did: the states of the machine are tested elsewhere
    await expects(
      true,
      () => tickets[kind](mine.who, { ticketId: mine.ticketId }),
      () => {
        if (kind === 'coming') mine.state = 'talking';
        else if (kind === 'leave') free(mine, 'left', false);
        else if (kind === 'pause') free(mine, 'paused', mine.state === 'called');
        else free(mine, 'waiting', kind === 'back');
      },
    );
  }

  async function pass(minutes: number, gone: number | null): Promise<void> {
    const there = hosts.filter((_host, i) => i !== gone).map(({ actor }) => actor);
    await queue.pass(minutes, there);
    const now = queue.clock.now().getTime();
    hosts.forEach((_host, i) => {
      if (i !== gone) seenAt[i] = now;
    });
    await tickets.sweep();
    for (const one of places) {
      if (one.state !== 'called' || one.host === null) continue;
      const vanished = (seenAt[one.host] ?? 0) < now - 3 * 60_000;
      if (vanished) free(one, 'waiting', true);
      else if (one.calledAt + 3 * 60_000 <= now) free(one, 'not-found', true);
    }
  }

  async function check(): Promise<void> {
    const { host: view } = await tickets.watch(hosts[0]?.actor as Actor, { dropInId });
    const shown = new Map(view?.tickets.map((one) => [one.id, one]));
    const live = places.filter(({ state }) => !['done', 'left'].includes(state));
    expect([...shown.keys()].sort()).toEqual(live.map(({ ticketId }) => ticketId).sort());
    for (const one of live) {
      const seen = shown.get(one.ticketId);
      const by = one.host === null ? undefined : hosts[one.host]?.actor.id;
      expect([seen?.state, seen?.priority, seen?.host?.id]).toEqual([one.state, one.priority, by]);
    }
    const held =
      view?.tickets.flatMap(({ state, host: by }) => (['called', 'talking'].includes(state) ? by?.id : [])) ?? [];
    expect(new Set(held).size).toBe(held.length);
    const line = live.filter(({ state }) => state === 'waiting');
    const order = line.sort((a, b) => Number(b.priority) - Number(a.priority) || a.number - b.number);
    expect(view?.tickets.filter(({ state }) => state === 'waiting').map(({ id }) => id)).toEqual(
      order.map(({ ticketId }) => ticketId),
    );
    for (const { who, ticketId } of live.slice(0, 2)) {
      const { estimate, before } = await tickets.ticket(who, { ticketId });
      if (estimate?.kind === 'range')
        expect(Math.min(estimate.from, estimate.to - estimate.from)).toBeGreaterThanOrEqual(0);
      expect(before ?? 0).toBeGreaterThanOrEqual(0);
    }
  }

  for (const one of ops) {
    if (one.kind === 'join') {
      const who = queue.person(`Woman ${places.length}`);
      const language = LANGUAGES[one.language] ?? 'ar';
      const { ticketId } = await tickets.join(who, aPlace(dropInId, { languages: [language] }));
      const fresh = { state: 'waiting' as const, priority: false, host: null, calledAt: 0 };
      places.push({ who, ticketId, language, number: places.length + 1, ...fresh });
    } else if (one.kind === 'call') {
      const actor = hosts[one.host]?.actor as Actor;
      const mine = inHand(one.host);
      const next = lineOf(one.host)[0];
      const may = mine ? mine.state === 'called' : next !== undefined;
      const call = async (): Promise<void> => {
        const { ticketId } = await tickets.callNext(actor, { dropInId });
        expect(ticketId).toBe((mine ?? next)?.ticketId);
      };
      await expects(may, call, () => {
        if (mine || !next) return;
        Object.assign(next, { state: 'called', host: one.host, calledAt: queue.clock.now().getTime() });
      });
    } else if (one.kind === 'pass') await pass(one.minutes, one.gone);
    else if (one.kind === 'crash') {
      tickets = queue.another();
      await tickets.recover();
    } else if ('host' in one) await hostDoes(one.kind, one.host);
    else await ownerDoes(one.kind, one.place);
    await check();
  }
  expect(places.filter(({ state }) => state === 'done')).toHaveLength(served);
  // nobody is left with her hands full for the next evening
  for (const one of places)
    await queue.repository.byId(one.ticketId).then((stored) => expect(stored?.state).toBe(one.state));
}

test('whatever happens in whatever order: nobody is lost, nobody served twice, and the order is the one that is promised', async () => {
  await fc.assert(fc.asyncProperty(fc.array(op, { minLength: 5, maxLength: 40 }), evening), {
    numRuns: 25,
    endOnFailure: true,
  });
}, 120_000);
