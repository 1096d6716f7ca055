// The law of live data, command by command: a page that was on its way meanwhile, and an open thread.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RoomChange } from '../../src/lib/shared/messages.ts';
import { acts, openLaw, PAGE, type Act } from '../support/law.ts';
import { Reader } from '../support/reader.ts';

let law: Awaited<ReturnType<typeof openLaw>>;
beforeAll(async () => void (law = await openLaw()));
afterAll(() => law.live.close());

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
  ['write-in', 'posted'],
];
test.each(whileLoading)('a page that was read before "%s" and arrives after it shows it', async (act, kind) => {
  const { live, perform, change, compare } = law;
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
  expect(one.state.messages).toHaveLength(2 * PAGE);
  stop();
});

test.each(acts)('an open thread shows "%s" on its root and on what is written in it', async (act) => {
  const { live, perform, change, compare } = law;
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
