// The embedded database, killed at random moments under concurrent writes and index builds, and while it starts again: in the
// long form 200 times. What is left is compared with what its clients were told, and every index with its collection.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CrashRun } from '../../server/database/embedded/tests/crash.ts';
import { counted, LONG } from './recorder.ts';

const ROUNDS = LONG ? 200 : 8;
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

const folder = mkdtempSync(join(tmpdir(), 'st-crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(`${ROUNDS} SIGKILLs lose nothing acknowledged and leave nothing by halves`, async () => {
  const run = new CrashRun(folder, SEED);
  await run.prepare();
  for (let round = 0; round < ROUNDS; round++) expect(await run.round(), `round ${round}`).toEqual([]);
  const { kills, whileStarting, building, acknowledged, underway } = run.figures;
  counted(
    `${kills} kills, ${whileStarting} of them while starting, ${building} while building; ${acknowledged} acknowledged`,
  );
  counted(`${underway} under way`);
  // Otherwise the kills came when there was nothing to lose.
  expect(run.figures.acknowledged).toBeGreaterThan(ROUNDS);
  expect(run.figures.underway).toBeGreaterThan(ROUNDS);
  expect(run.figures.building).toBeGreaterThan(0);
}, 1_800_000);
