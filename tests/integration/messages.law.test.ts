// The law of live data: fetch, act, apply the envelopes = act, fetch. For random interleavings of two readers and two
// writers, with every command that changes a room.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVENTS } from '../support/closed.ts';
import { acts, openLaw, readerSteps, type Act, type Step } from '../support/law.ts';
import { Reader } from '../support/reader.ts';

let law: Awaited<ReturnType<typeof openLaw>>;
beforeAll(async () => void (law = await openLaw()));
afterAll(() => law.live.close());

/** Every command of a room, by what is done here with it; null: it changes nothing that others are shown. */
const COMMANDS: Record<string, readonly Act[] | null> = {
  'message:post': ['reply', 'write-in', 'ask'],
  'message:remove': ['remove'],
  'message:edit': ['edit'],
  'message:react': ['react'],
  'message:pin': ['pin'],
  'message:mark': ['question', 'answer'],
  'message:verify': ['verify'],
  'message:language': ['language'],
  'message:move': ['move'],
  // hers alone, or only looked at
  'message:save': null,
  'message:reveal': null,
  'message:looks': null,
  'message:versions': null,
  'message:locate': null,
};
const acting = { act: fc.constantFrom(...acts), nth: fc.nat(7), other: fc.nat(11), on: fc.boolean() };
const reader = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('post' as const), writer: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('post-many' as const), count: fc.integer({ min: 2, max: 7 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('act' as const), ...acting }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('act-loading' as const), reader, ...acting }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('act-thread' as const), reader, ...acting }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('open-thread' as const), reader, nth: fc.nat(11) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('go-to' as const), reader, nth: fc.nat(25) }) },
  { weight: 18, arbitrary: fc.record({ do: fc.constantFrom(...readerSteps), reader }) },
);

test('whatever two readers receive, lose and load meanwhile, they end with what a fresh fetch shows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 5, max: 12 }),
      fc.array(step, { minLength: 15, maxLength: 50 }),
      async (before, steps) => {
        const { live, perform, compare } = law;
        const roomId = await live.newRoom();
        const readers = [new Reader(live, roomId), new Reader(live, roomId)];
        const stop = live.bus.on('room.changed', (envelope) => {
          if (envelope.roomId === roomId) for (const one of readers) one.send(envelope);
        });
        const posted: string[] = [];
        try {
          await perform({ do: 'post-many', count: before }, roomId, posted, readers);
          for (const one of readers) await one.join();
          for (const one of steps) await perform(one, roomId, posted, readers);
          for (const one of readers) await compare(one, roomId);
        } finally {
          stop();
        }
      },
    ),
    { numRuns: 80 },
  );
  for (const act of acts) expect(law.done.get(act) ?? 0, act).toBeGreaterThan(2);
  expect(law.seen.threads).toBeGreaterThan(0);
  expect(law.seen.parts).toBeGreaterThan(5);
}, 240_000);

test('every command of a room is under the law', () => {
  const commands = Object.keys(EVENTS).filter((name) => name.startsWith('message:'));
  expect(Object.keys(COMMANDS).sort()).toEqual(commands.sort());
  const covered = Object.values(COMMANDS).flatMap((some) => some ?? []);
  expect([...covered].sort()).toEqual([...acts].sort());
});
