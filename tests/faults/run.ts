// `npm run faults`: every item of the list of faults in its long form, at most half an hour, and a table of what was counted; `-- --only 3,4` for some of them, `-- --soak 30` for the soak, which comes on top.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ITEMS, type Item } from './items.ts';
import { rowOf, tableOf, type Figure, type Report } from './table.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const USAGE = 'npm run faults [-- --only 1,2,… | --soak minutes]';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function run(args: string[], env: Record<string, string> = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' as const };
    const child = spawn(process.execPath, args, options);
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

interface Part {
  files: string[];
  /** Of these tests only. */
  names?: string[];
}
/** What is asked of vitest: all at once, or for some items only their own tests of the files that show several. */
function partsOf(items: Item[]): Part[] {
  const shown = items.flatMap((item) => item.shown);
  const filesOf = (list: typeof shown): string[] => [...new Set(list.map(({ file }) => file))];
  if (items.length === ITEMS.length) return [{ files: ['tests/faults/', ...filesOf(shown)] }];
  const named = shown.filter(({ file, name }) => name && file.startsWith('tests/faults/'));
  const others = shown.filter((one) => !named.includes(one));
  const parts: Part[] = [];
  if (named.length > 0) parts.push({ files: filesOf(named), names: named.flatMap(({ name }) => name ?? []) });
  if (others.length > 0) parts.push({ files: filesOf(others) });
  return parts;
}

async function everything(items: Item[]): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'st-faults-'));
  const figures = join(folder, 'figures');
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const began = performance.now();
  try {
    const reports: Report[] = [];
    let held = true;
    for (const [i, { files, names }] of partsOf(items).entries()) {
      const file = join(folder, `report-${i}.json`);
      const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${file}`];
      // one after the other: what is measured is not measured beside something else
      const alone = ['--no-file-parallelism', '--max-workers=1'];
      const only = names ? ['-t', names.join('|')] : [];
      const env = { FAULTS: 'long', FAULTS_FIGURES: figures };
      if (!(await run([vitest, 'run', ...files, ...only, ...alone, ...reporters], env))) held = false;
      reports.push(JSON.parse(read(file) || '{"testResults":[]}') as Report);
    }
    const lines = read(figures).split('\n').filter(Boolean);
    const told = lines.map((line) => JSON.parse(line) as Figure);
    const rows = items.map((item) => rowOf(item, reports, told, ROOT));
    const minutes = ((performance.now() - began) / 60_000).toFixed(1);
    const [processor] = cpus();
    say('');
    for (const line of tableOf(rows)) say(line);
    say(
      `\n${new Date().toISOString().slice(0, 10)}, ${minutes} minutes, ${cpus().length} x ${processor?.model.trim()}`,
    );
    const missed = rows.filter(({ verdict }) => verdict === 'MISS').length;
    say(missed === 0 && held ? 'all of it holds' : `${missed} of ${rows.length} missed`);
    return held && missed === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function chosen(list: string): Item[] {
  const numbers = list.split(',').map(Number);
  const items = ITEMS.filter(({ nth }) => numbers.includes(nth));
  return items.length === new Set(numbers).size ? items : [];
}

const [option, value, ...more] = process.argv.slice(2);
const items = option === undefined ? ITEMS : option === '--only' ? chosen(value ?? '') : [];
const minutes = Number(value ?? 30);
let fine = false;
if (option === '--soak' && minutes > 0 && more.length === 0) {
  fine = await run([join(import.meta.dirname, 'soak.ts'), String(minutes)]);
} else if (items.length > 0 && more.length === 0) fine = await everything(items);
else say(`${USAGE}\nitems: ${ITEMS.map(({ nth, what }) => `\n${String(nth).padStart(4)}  ${what}`).join('')}`);
process.exitCode = fine ? 0 : 1;
