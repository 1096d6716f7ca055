// The law of live data: fetch, act, apply the envelopes = act, fetch. For random interleavings of two readers and two
// writers, with every command that changes a room.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RoomChange } from '../../src/lib/shared/messages.ts';
import { EVENTS } from '../support/closed.ts';
import {
  acts,
  change,
  COMMANDS,
  compare,
  compared,
  done,
  openLaw,
  PAGE,
  perform,
  step,
  type Act,
} from '../support/law.ts';
import { Reader } from '../support/reader.ts';

let live: Awaited<ReturnType<typeof openLaw>>;
beforeAll(async () => void (live = await openLaw()));
afterAll(() => live.close());

test('whatever two readers receive, lose and load meanwhile, they end with what a fresh fetch shows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 5, max: 12 }),
      fc.array(step, { minLength: 15, maxLength: 50 }),
      async (before, steps) => {
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
  for (const act of acts) expect(done.get(act) ?? 0, act).toBeGreaterThan(2);
  expect(compared.threads).toBeGreaterThan(0);
  expect(compared.parts).toBeGreaterThan(5);
}, 240_000);

test('every command of a room is under the law', () => {
  const commands = Object.keys(EVENTS).filter((name) => name.startsWith('message:'));
  expect(Object.keys(COMMANDS).sort()).toEqual(commands.sort());
  const covered = Object.values(COMMANDS).flatMap((some) => some ?? []);
  // what a decision of moderators does comes from no command, nor does what is too old
  expect([...covered, 'hide', 'purge'].sort()).toEqual([...acts].sort());
});

const whileLoading: [Act, RoomChange['kind']][] = [
  ['remove', 'removed'],
  ['edit', 'edited'],
  ['react', 'reacted'],
  ['pin', 'pinned'],
  ['verify', 'marked'],
  ['question', 'marked'],
  ['answer', 'marked'],
  ['language', 'language'],
  ['move', 'moved'],
  ['hide', 'hidden'],
  ['write-in', 'posted'],
  ['purge', 'purged'],
];
test.each(whileLoading)('a page that was read before "%s" and arrives after it shows it', async (act, kind) => {
  const roomId = await live.newRoom();
  const one = new Reader(live, roomId);
  const stop = live.bus.on('room.changed', (envelope) => void (envelope.roomId === roomId && one.send(envelope)));
  const posted: string[] = [];
  await perform({ do: 'post-many', count: 2 * PAGE }, roomId, posted, []);
  await one.join();
  one.askOlder();
  await one.readOlder();
  await change(act, roomId, posted[1] ?? '', posted[2] ?? '', true);
  const undone = act === 'pin' || act === 'verify' || act === 'question' || act === 'react';
  if (undone) await change(act, roomId, posted[0] ?? '', posted[2] ?? '', true);
  if (undone) await change(act, roomId, posted[0] ?? '', posted[2] ?? '', false); // and taken back
  await one.receiveAll();
  one.getOlder();
  expect([...one.passedOver]).toContain(kind);
  await compare(one, roomId);
  expect(one.state.messages).toHaveLength(act === 'purge' ? 2 * PAGE - 1 : 2 * PAGE);
  stop();
});

test.each(acts)('an open thread shows "%s" on its root and on what is written in it', async (act) => {
  const roomId = await live.newRoom();
  const one = new Reader(live, roomId);
  const stop = live.bus.on('room.changed', (envelope) => void (envelope.roomId === roomId && one.send(envelope)));
  const posted: string[] = [];
  await perform({ do: 'post-many', count: 2 }, roomId, posted, []);
  const [rootId = '', other = ''] = posted;
  const inside = (await change('write-in', roomId, rootId, other, true)) ?? '';
  await one.join();
  await one.openThread(rootId);
  for (const id of [inside, rootId]) {
    await change(act, roomId, id, other, true).catch((error: unknown) => {
      expect([act, error]).toMatchObject(['write-in', { code: 'not-found' }]); // no threads in threads
    });
    await one.receiveAll();
    await compare(one, roomId);
  }
  stop();
});
