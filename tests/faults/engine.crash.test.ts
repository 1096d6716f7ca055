// The embedded database, killed 200 times at random moments under concurrent writes and index builds; and while it starts again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CrashRun } from '../../server/database/embedded/tests/crash.ts';

const ROUNDS = 200;
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

const folder = mkdtempSync(join(tmpdir(), 'st-crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('200 SIGKILLs lose nothing acknowledged and leave nothing by halves', async () => {
  const run = new CrashRun(folder, SEED);
  await run.prepare();
  for (let round = 0; round < ROUNDS; round++) expect(await run.round(), `round ${round}`).toEqual([]);
  process.stdout.write(`${JSON.stringify(run.figures)}\n`);
  // Otherwise the kills came when there was nothing to lose.
  expect(run.figures.acknowledged).toBeGreaterThan(ROUNDS * 20);
  expect(run.figures.building).toBeGreaterThan(ROUNDS / 4);
  expect(run.figures.underway).toBeGreaterThan(ROUNDS * 10);
  expect(run.figures.whileStarting).toBeGreaterThan(ROUNDS / 10);
}, 1_800_000);
