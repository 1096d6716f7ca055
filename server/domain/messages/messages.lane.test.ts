// The lane's group commit with batches that end, fail or forget when the test says so.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLane, ENOUGH, PAUSE, type Job } from './messages.lane.ts';

// time is in our hands; `tick` lets everything run that does not wait for it
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A run whose batches end when the test says so. */
function controlled() {
  const batches: { commands: number[]; end: () => void; fail: (error: Error) => void }[] = [];
  const run = (batch: Job<number, string>[]): Promise<void> =>
    new Promise((resolve, reject) => {
      batches.push({
        commands: batch.map((job) => job.command),
        end: () => {
          for (const job of batch) job.resolve(`done ${job.command}`);
          resolve();
        },
        fail: reject,
      });
    });
  return { batches, run };
}
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what arrives while a batch is on its way goes together in the next one', async () => {
  const { batches, run } = controlled();
  const lane = createLane(run);
  const first = lane.submit(1);
  await tick();
  const rest = [2, 3, 4].map((command) => lane.submit(command));
  await tick();
  expect(batches.map((batch) => batch.commands)).toEqual([[1]]);
  batches[0]?.end();
  expect(await first).toBe('done 1');
  await tick();
  expect(batches.map((batch) => batch.commands)).toEqual([[1], [2, 3, 4]]);
  batches[1]?.end();
  expect(await Promise.all(rest)).toEqual(['done 2', 'done 3', 'done 4']);
});

test('what is submitted in one breath is one batch', async () => {
  const { batches, run } = controlled();
  const lane = createLane(run);
  const all = [1, 2, 3].map((command) => lane.submit(command));
  await tick();
  expect(batches.map((batch) => batch.commands)).toEqual([[1, 2, 3]]);
  batches[0]?.end();
  await Promise.all(all);
});

test('a crowd is split into batches of at most 200, in order', async () => {
  const seen: number[][] = [];
  const lane = createLane<number, number>((batch) => {
    seen.push(batch.map((job) => job.command));
    for (const job of batch) job.resolve(job.command);
    return Promise.resolve();
  });
  const commands = Array.from({ length: 450 }, (_, index) => index);
  expect(await Promise.all(commands.map((command) => lane.submit(command)))).toEqual(commands);
  expect(seen.map((batch) => batch.length)).toEqual([200, 200, 50]);
  expect(seen.flat()).toEqual(commands);
});

test('a batch that fails fails its own commands, the next one goes on', async () => {
  const { batches, run } = controlled();
  const lane = createLane(run);
  const first = lane.submit(1);
  await tick();
  const second = lane.submit(2);
  batches[0]?.fail(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await tick();
  batches[1]?.end();
  expect(await second).toBe('done 2');
});

test('a command that its batch forgot is an error, not a wait without end', async () => {
  const lane = createLane<number, string>(() => Promise.resolve());
  await expect(lane.submit(1)).rejects.toThrow('unanswered');
});

test('idle waits for everything, also for what came meanwhile, and a lane at rest is idle at once', async () => {
  const { batches, run } = controlled();
  const lane = createLane(run);
  await lane.idle();
  void lane.submit(1);
  await tick();
  void lane.submit(2);
  let idle = false;
  const resting = lane.idle().then(() => (idle = true));
  batches[0]?.end();
  await tick();
  expect(idle).toBe(false);
  batches[1]?.end();
  await resting;
  expect(idle).toBe(true);
});

test('in a busy room a batch waits for company: five times as long as the last one took, and at most 25 ms', async () => {
  for (const [took, pause] of [
    [4, 20],
    [10, 25],
  ] as const) {
    expect(pause).toBe(Math.min(PAUSE.times * took, PAUSE.mostMs));
    const { batches, run } = controlled();
    const lane = createLane(run);
    void lane.submit(1);
    await tick();
    void lane.submit(2);
    vi.advanceTimersByTime(took);
    batches[0]?.end();
    await tick();
    void lane.submit(3);
    vi.advanceTimersByTime(pause - took - 1);
    await tick();
    expect(batches.map((batch) => batch.commands)).toEqual([[1]]);
    vi.advanceTimersByTime(1);
    await tick();
    expect(batches.map((batch) => batch.commands)).toEqual([[1], [2, 3]]);
  }
});

test('enough of them are company: they do not wait for more', async () => {
  const { batches, run } = controlled();
  const lane = createLane(run);
  void lane.submit(0);
  await tick();
  void lane.submit(1);
  vi.advanceTimersByTime(10);
  batches[0]?.end();
  await tick();
  for (let command = 2; command < ENOUGH; command++) void lane.submit(command);
  await tick();
  expect(batches).toHaveLength(1);
  void lane.submit(ENOUGH);
  await tick();
  expect(batches[1]?.commands).toHaveLength(ENOUGH);
});

test('a quiet room never waits: what comes after a batch begins at once', async () => {
  const { batches, run } = controlled();
  const lane = createLane(run);
  void lane.submit(1);
  await tick();
  vi.advanceTimersByTime(30);
  batches[0]?.end();
  await tick();
  void lane.submit(2);
  await tick();
  expect(batches.map((batch) => batch.commands)).toEqual([[1], [2]]);
});
