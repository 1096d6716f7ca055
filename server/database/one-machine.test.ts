// One data folder, two machines: the second one is told what to set; what a dead machine left is no obstacle.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../domain/kernel/logger.ts';
import { openDatabase } from './connect.ts';
import { claimMachine } from './one-machine.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'st-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a second machine is refused while the first one is at it, and told what to set', async () => {
  const first = await claimMachine(folder, 'alpha', 100);
  const second = openDatabase({ folder, log: silentLogger });
  await expect(second).rejects.toThrow(/another machine \(alpha\).*set MONGODB_URI.*npm run data:copy/);
  expect(await readdir(folder)).toEqual(['machine.json']);
  await first.release();
  const database = await openDatabase({ folder, log: silentLogger });
  expect(await readdir(folder)).toContain('machine.json');
  await expect(openDatabase({ folder, log: silentLogger })).rejects.toThrow(/open in another process/);
  expect(await readdir(folder)).toContain('machine.json');
  await database.close();
  expect(await readdir(folder)).not.toContain('machine.json');
});

test('of a machine that died only its sign is left: the next one waits a little, then takes over', async () => {
  await writeFile(join(folder, 'machine.json'), JSON.stringify({ machine: 'alpha', beat: 7 }));
  const next = await claimMachine(folder, 'beta', 50);
  await expect(claimMachine(folder, 'gamma', 200)).rejects.toThrow(/another machine \(beta\)/);
  await next.release();
});

test('the same machine starts again at once after a crash, also over a sign that nobody can read', async () => {
  await writeFile(join(folder, 'machine.json'), '{"machine":');
  const began = performance.now();
  await claimMachine(folder, 'alpha', 100_000);
  const again = await claimMachine(folder, 'alpha', 100_000);
  expect(performance.now() - began).toBeLessThan(5_000);
  await again.release();
});
