// `npm run faults`: every item of the list of faults in its long form, at most half an hour; `-- --soak` for a day in short, see soak.ts.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ITEMS } from './items.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function run(args: string[], env: Record<string, string> = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' as const };
    const child = spawn(process.execPath, args, options);
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

interface Report {
  testResults: { name: string; assertionResults: { status: string }[] }[];
}

/** One line for each item: how many tests held, failed, were skipped. */
function table(report: Report): void {
  for (const { nth, what, files } of ITEMS) {
    const found = report.testResults.filter(({ name }) => files.includes(relative(ROOT, name)));
    const all = found.flatMap(({ assertionResults }) => assertionResults);
    const count = (status: string): number => all.filter((one) => one.status === status).length;
    const [passed, failed] = [count('passed'), count('failed')];
    const skipped = all.length - passed - failed;
    const verdict = failed > 0 || passed === 0 ? 'BROKEN' : 'holds';
    say(`${String(nth).padStart(2)}  ${verdict}  ${passed} passed, ${failed} failed, ${skipped} skipped  ${what}`);
  }
}

async function everything(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'st-faults-'));
  const file = join(folder, 'report.json');
  const files = [...new Set(ITEMS.flatMap((item) => item.files))];
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    // one after the other: what is measured is not measured beside something else
    const alone = ['--no-file-parallelism', '--max-workers=1'];
    const held = await run([vitest, 'run', 'tests/faults/', ...files, ...alone, ...reporters], { FAULTS: 'long' });
    say('');
    table(JSON.parse(readFileSync(file, 'utf8')) as Report);
    return held;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [option, ...more] = process.argv.slice(2);
const known = option === undefined || option === '--soak';
if (!known) say('unknown option: only --soak, and after it the minutes');
const fine =
  known && (option === '--soak' ? await run([join(import.meta.dirname, 'soak.ts'), ...more]) : await everything());
process.exitCode = fine ? 0 : 1;
