// The short form of the crash test; `npm run faults` kills 200 times, see tests/faults/engine.crash.test.ts.
import fs from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { CrashRun } from './crash.ts';
import { temporaryFolder } from './support.ts';

const ROUNDS = 8;
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

const folder = temporaryFolder();
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('after each SIGKILL under writes and index builds everything acknowledged is there, nothing by halves', async () => {
  const run = new CrashRun(folder, SEED);
  await run.prepare();
  for (let round = 0; round < ROUNDS; round++) expect(await run.round(), `round ${round}`).toEqual([]);
  expect(run.figures.kills).toBeGreaterThanOrEqual(ROUNDS);
  expect(run.figures.acknowledged).toBeGreaterThan(ROUNDS);
  expect(run.figures.underway).toBeGreaterThan(ROUNDS);
}, 180_000);
