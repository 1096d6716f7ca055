// Questions that go together: one at a time is on its way, no answer is older than its question, and one that failed fails alone.
import { describe, expect, test } from 'vitest';
import { createGathered, createShared, createTogether } from './together.ts';

/** A database whose answers the test gives: each call waits until it is let go. */
function slowStore() {
  const calls: { keys: string[]; answer(value: number): void; fail(error: Error): void }[] = [];
  const load = (keys: string[]): Promise<ReadonlyMap<string, number>> =>
    new Promise((resolve, reject) => {
      calls.push({ keys, answer: (value) => resolve(new Map(keys.map((key) => [key, value]))), fail: reject });
    });
  return { calls, load };
}
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a question to many', () => {
  test('what is asked for in the same breath is one question, each key once', async () => {
    const { calls, load } = slowStore();
    const ask = createTogether(load);
    const answers = Promise.all([ask('a'), ask('b'), ask('a')]);
    await breath();
    expect(calls.map(({ keys }) => keys)).toEqual([['a', 'b']]);
    calls[0]?.answer(1);
    expect(await answers).toEqual([1, 1, 1]);
  });

  test('who asks while one is on its way gets the next answer, never that older one', async () => {
    const { calls, load } = slowStore();
    const ask = createTogether(load);
    const early = ask('a');
    await breath();
    const late = [ask('a'), ask('b'), ask('a')];
    await breath();
    expect(calls).toHaveLength(1);
    calls[0]?.answer(1);
    expect(await early).toBe(1);
    await breath();
    expect(calls.map(({ keys }) => keys)).toEqual([['a'], ['a', 'b']]);
    calls[1]?.answer(2);
    expect(await Promise.all(late)).toEqual([2, 2, 2]);
  });

  test('what is to be written again while it is on its way goes along whole, and twice at once it goes once', async () => {
    const { promise, resolve } = Promise.withResolvers<ReadonlyMap<string, true>>();
    const written: { id: string; text: string }[][] = [];
    const write = createGathered(
      ({ id }: { id: string; text: string }) => id,
      (rows) => {
        written.push(rows);
        return written.length === 1 ? promise : Promise.resolve(new Map<string, true>());
      },
    );
    const row = { id: 'a', text: 'whole' };
    const first = write(row);
    await breath();
    const again = [write(row), write(row)];
    resolve(new Map<string, true>());
    await Promise.all([first, ...again]);
    expect(written).toEqual([[row], [row]]);
  });

  test('what is not there is answered undefined, and a failure reaches only those who asked then', async () => {
    const { calls, load } = slowStore();
    const ask = createTogether(load);
    const failed = ask('a');
    await breath();
    const next = ask('b');
    calls[0]?.fail(new Error('away'));
    await expect(failed).rejects.toThrow('away');
    await breath();
    calls[1]?.answer(2);
    expect(await next).toBe(2);
    expect(await createTogether(async () => new Map<string, number>())('c')).toBeUndefined();
  });

  test('a thousand keys at once are asked for in commands that a database takes', async () => {
    const sizes: number[] = [];
    const ask = createTogether(async (keys) => {
      sizes.push(keys.length);
      return new Map(keys.map((key) => [key, key]));
    });
    const keys = Array.from({ length: 1_001 }, (_, i) => `key ${i}`);
    expect(await Promise.all(keys.map(ask))).toEqual(keys);
    expect(sizes).toEqual([500, 500, 1]);
  });
});

test('a shared question is asked again for who came later, and other questions do not wait for it', async () => {
  const open: { key: string; answer(value: number): void }[] = [];
  const ask = createShared((key) => new Promise<number>((resolve) => open.push({ key, answer: resolve })));
  const [first, other] = [ask('page'), ask('other')];
  await breath();
  const second = ask('page');
  await breath();
  expect(open.map(({ key }) => key)).toEqual(['page', 'other']);
  open[1]?.answer(7);
  expect(await other).toBe(7);
  open[0]?.answer(1);
  expect(await first).toBe(1);
  await breath();
  open[2]?.answer(2);
  expect(await second).toBe(2);
});
