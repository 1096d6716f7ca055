// `npm test`: builds the pages, checks, runs every test, and prints "N passed, N failed" as its last line.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPages } from '../server/build.ts';

const ROOT = join(import.meta.dirname, '..');
/** Types come first and alone: the check writes the translations anew, which tests read. */
const TYPES = [['check:types', 'types']] as const;
const CHECKS = [
  ['check:lint', 'lint'],
  ['check:format', 'format'],
  ['check:dead', 'dead code'],
] as const;
const STEPS = TYPES.length + CHECKS.length + 2;

interface Count {
  passed: number;
  failed: number;
}
/** What this needs of vitest's JSON report. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
let step = 0;
const begin = (what: string): void => say(`\n[${++step}/${STEPS}] ${what}`);

/** Runs a program of this project with its output shown; answers whether it succeeded. */
function run(file: string, args: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

async function check(script: string): Promise<boolean> {
  const npm = process.env.npm_execpath;
  if (npm) return run(npm, ['run', '--silent', script]);
  say('start this with: npm test');
  return false;
}

async function pages(): Promise<boolean> {
  try {
    await buildPages(ROOT, say);
    return true;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return false;
  }
}

const REALTIME = 'tests/realtime/';
/** Side by side, each with one file after the other: these two are the longest and often wait for a timer or another process. */
const LONG = [['--project=browser'], ['--project=integration', `--exclude=${REALTIME}**`]];
/** What is shorter comes beside them, after the checks. */
const SHORT = [
  ['--project=unit', '--project=faults'],
  ['--project=integration', REALTIME],
];

/** A file that could not be loaded or prepared counts as one failure, a run without a report too. */
async function tests(chosen: string[]): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'st-report-'));
  const file = join(folder, 'report.json');
  try {
    const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const succeeded = await run(vitest, ['run', ...chosen, ...reporters]);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const broken = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
    ).length;
    const failed = report.numFailedTests + broken;
    return { passed: report.numPassedTests, failed: succeeded ? failed : Math.max(1, failed) };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const total: Count = { passed: 0, failed: 0 };
const count = (succeeded: boolean): void => void (succeeded ? (total.passed += 1) : (total.failed += 1));

async function checks(some: readonly (readonly [string, string])[]): Promise<void> {
  for (const [script, name] of some) {
    begin(name);
    const succeeded = await check(script);
    if (!succeeded) say(`${name}: failed`);
    count(succeeded);
  }
}

// first, because it makes the translations that types and dead code are checked against
begin('pages');
if (!(await pages())) count(false);
await checks(TYPES);
begin('tests');
const long = LONG.map(tests);
await checks(CHECKS);
const short: Count[] = [];
for (const chosen of SHORT) short.push(await tests(chosen));
for (const { passed, failed } of [...short, ...(await Promise.all(long))]) {
  total.passed += passed;
  total.failed += failed;
}
process.exitCode = total.failed === 0 ? 0 : 1;
say(`\n${total.passed} passed, ${total.failed} failed`);
