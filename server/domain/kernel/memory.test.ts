// What is remembered, for how long, and what is asked for anew.
import { expect, test } from 'vitest';
import { createMemory } from './memory.ts';

let time = 0;
const clock = { now: () => new Date(time) };
const open = (unless?: (value: number | null) => boolean) =>
  createMemory<number | null>({ clock, ms: 1_000, most: 2, ...(unless ? { unless } : {}) });
function counting(values: (number | null | Error)[]) {
  let asked = 0;
  const load = async () => {
    const value = values[asked++] ?? null;
    if (value instanceof Error) throw value;
    return Promise.resolve(value);
  };
  return { load, asked: () => asked };
}

test('those who ask at the same time, and for a while after, share one answer', async () => {
  const memory = open();
  const source = counting([1, 2]);
  expect(await Promise.all([memory.get('a', source.load), memory.get('a', source.load)])).toEqual([1, 1]);
  time += 999;
  expect(await memory.get('a', source.load)).toBe(1);
  time += 1;
  expect(await memory.get('a', source.load)).toBe(2);
  expect(source.asked()).toBe(2);
});

test('a failure is not remembered, and nothing else that is to be asked for each time', async () => {
  const memory = open((value) => value === null);
  const source = counting([new Error('away'), null, 3]);
  await expect(memory.get('a', source.load)).rejects.toThrow('away');
  expect(await memory.get('a', source.load)).toBeNull();
  expect(await memory.get('a', source.load)).toBe(3);
  expect(await memory.get('a', source.load)).toBe(3);
});

test('what was forgotten while it was on its way is not remembered', async () => {
  const memory = open();
  const source = counting([1, 2, 3]);
  const first = memory.get('a 1', source.load);
  memory.forget('a 1');
  expect(await first).toBe(1);
  expect(await memory.get('a 1', source.load)).toBe(2);
  memory.forgetAll('a ');
  expect(await memory.get('a 1', source.load)).toBe(3);
});

test('it holds a number of keys and no more', async () => {
  const memory = open();
  const source = counting([1, 2, 3, 4]);
  for (const key of ['a', 'b', 'c']) await memory.get(key, source.load);
  expect(await memory.get('c', source.load)).toBe(3);
  expect(await memory.get('a', source.load)).toBe(4);
});
