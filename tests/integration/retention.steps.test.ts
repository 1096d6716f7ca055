// The work of retention in small steps: cut off anywhere, beside other processes, beside people who write; it ends the same.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRetention } from '../../server/domain/retention/retention.service.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { KEPT_DAYS } from '../../src/lib/shared/rooms.keeping.ts';
import { aPost, openLive, person, type Live } from '../support/live.ts';

const DAY = 24 * 60 * 60 * 1000;
let live: Awaited<ReturnType<typeof openLive>>;
let later = 0;
const clock = { now: () => new Date(Date.now() + later) };
const olena = person('Olena');
const samira = person('Samira');
const MANY = 250;

beforeAll(async () => void (live = await openLive({ clock })));
afterAll(() => live.close());

const jobOf = ({ repository: rooms, messages }: Live) =>
  createRetention({
    ...{ rooms, messages, clock, log: silentLogger },
    cases: () => ({ drop: () => Promise.resolve(0), dropAsked: () => Promise.resolve(0) }),
    reportDays: () => Promise.resolve(365),
  });
const countIn = (roomId: string) => live.models.messages.countDocuments({ roomId });

async function filled(): Promise<string> {
  const roomId = await live.newRoom();
  for (let at = 0; at < MANY; at += 50)
    await Promise.all(Array.from({ length: 50 }, () => live.messages.post(olena, aPost(roomId, 'old'))));
  return roomId;
}

test('a room of many steps is through after one turn, and a turn that was cut off goes on where it was', async () => {
  const roomId = await filled();
  later += (KEPT_DAYS + 1) * DAY;
  await live.messages.post(olena, aPost(roomId, 'young'));
  const { repository } = live;
  let cut = true;
  const breaking = {
    ...live,
    repository: {
      ...repository,
      goOn: (id: string, after: number) => {
        if (!cut) return repository.goOn(id, after);
        cut = false;
        return Promise.reject(new Error('the process died'));
      },
    },
  };
  await expect(jobOf(breaking).run()).rejects.toThrow('the process died');
  expect(await countIn(roomId)).toBe(MANY + 1 - 100);
  await jobOf(breaking).run();
  expect(await countIn(roomId)).toBe(1);
  expect(await repository.due(clock.now())).toBeNull();
  expect((await live.messages.history(samira, { roomId })).messages.map(({ text }) => text)).toEqual(['young']);
}, 60_000);

test('two processes at once take away the same, once', async () => {
  const roomId = await filled();
  const other = await live.another();
  later += (KEPT_DAYS + 1) * DAY;
  await Promise.all([jobOf(live).run(), jobOf(other).run()]);
  await jobOf(live).run();
  expect(await countIn(roomId)).toBe(0);
  const { rev } = (await live.repository.head(roomId)) ?? { rev: 0 };
  const made = await other.messages.post(samira, aPost(roomId, 'the room goes on'));
  expect(made.message.seq).toBe(rev + 1);
}, 60_000);

test('a thread that somebody writes into while it would go stays whole', async () => {
  const roomId = await live.newRoom();
  const { message: root } = await live.messages.post(olena, aPost(roomId, 'root'));
  later += (KEPT_DAYS + 1) * DAY;
  const answer = { ...aPost(roomId, 'an answer after all', randomUUID()), threadId: root.id };
  const before = new Date(clock.now().getTime() - DAY);
  await Promise.all([live.messages.post(samira, answer), live.messages.purgeOld(roomId, { before, after: 0 })]).then(
    async () => {
      const { page } = await live.messages.thread(samira, { roomId, rootId: root.id });
      expect(page.messages.map(({ text }) => text)).toEqual(['an answer after all']);
    },
    // it was gone before she sent: she is told, and nothing of hers hangs in the air
    async (error: unknown) => {
      expect(error).toMatchObject({ code: 'not-found' });
      expect(await countIn(roomId)).toBe(0);
    },
  );
});
