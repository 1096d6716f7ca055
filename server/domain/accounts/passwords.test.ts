// Hashing of passwords: form, cost, equality, work for nobody.
import { expect, test } from 'vitest';
import { createPasswords } from './passwords.ts';

const CHEAP = { memory: 8, passes: 1 };

test('a real hub stores argon2id with 19456 KiB, two passes and one lane', async () => {
  const passwords = createPasswords();
  const stored = await passwords.hash('gabel wolke treppe');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await passwords.verify(stored, 'gabel wolke treppe')).toBe(true);
  expect(await passwords.verify(stored, 'gabel wolke Treppe')).toBe(false);
});

test('two people with the same password have different hashes', async () => {
  const passwords = createPasswords(CHEAP);
  expect(await passwords.hash('same')).not.toBe(await passwords.hash('same'));
});

test('letters that look the same are the same, however the keyboard wrote them', async () => {
  const passwords = createPasswords(CHEAP);
  const stored = await passwords.hash('schöne Wolke');
  expect(await passwords.verify(stored, 'scho\u0308ne Wolke')).toBe(true);
});

test('an unknown account is refused after the work of a real one', async () => {
  const passwords = createPasswords({ memory: 19_456, passes: 2 });
  const stored = await passwords.hash('gabel wolke treppe');
  const time = async (hash: string | undefined) => {
    const started = performance.now();
    expect(await passwords.verify(hash, 'wrong')).toBe(false);
    return performance.now() - started;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 5; round++) {
    known.push(await time(stored));
    unknown.push(await time(undefined));
  }
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2);
});

test('a hash of another cost is still checked, and known to be outdated', async () => {
  const old = await createPasswords(CHEAP).hash('gabel wolke');
  const passwords = createPasswords({ memory: 16, passes: 1 });
  expect(await passwords.verify(old, 'gabel wolke')).toBe(true);
  expect(passwords.outdated(old)).toBe(true);
  expect(passwords.outdated(await passwords.hash('gabel wolke'))).toBe(false);
});

test('a flood waits in line, and beyond that is told when to come back', async () => {
  const passwords = createPasswords(CHEAP);
  const results = await Promise.allSettled(Array.from({ length: 400 }, () => passwords.hash('x')));
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  expect(results.length - refused.length).toBeGreaterThanOrEqual(300);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'rate.limited', params: { seconds: 5 } });
  expect(await passwords.verify(await passwords.hash('after'), 'after')).toBe(true);
});
