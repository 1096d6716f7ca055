// `npm run bench`: the hub beside its peers, each gate with pass or miss; ends with 1 when one is missed. An entry.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildPages } from '../../server/build.ts';
import { createBench, type Bench } from './bench.ts';
import { busy } from './cells/busy.ts';
import { bytes } from './cells/bytes.ts';
import { chat } from './cells/chat.ts';
import { fanout } from './cells/fanout.ts';
import { history } from './cells/history.ts';
import { paint } from './cells/paint.ts';
import { queue } from './cells/queue.ts';
import { reconnect } from './cells/reconnect.ts';
import { readOptions, type Options, type Part } from './options.ts';
import { openPages } from './pages.ts';
import { profileInto } from './processes.ts';
import { printProfile } from './profile.ts';
import { printResults } from './table.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Parts may end what they are at before everything is ended for them. */
const GRACE_SECONDS = 60;

async function runParts(bench: Bench): Promise<void> {
  const { parts } = bench.options;
  const wants = (...some: Part[]): boolean => some.some((part) => parts.has(part));
  if (wants('bytes', 'pages')) {
    const pages = await openPages(bench);
    if (wants('bytes')) await bytes(bench, pages);
    if (wants('pages')) await paint(bench, pages);
    await pages.site.close();
  }
  if (wants('history')) await history(bench);
  if (wants('queue')) await queue(bench);
  if (wants('reconnect')) await reconnect(bench);
  if (wants('busy')) await busy(bench);
  if (wants('chat')) await chat(bench);
  if (wants('fanout', 'saturation', 'memory')) await fanout(bench);
}

async function run(options: Options): Promise<boolean> {
  const bench = createBench(options);
  const { say } = bench;
  const over = (why: string, code: number) => (): void => {
    say(`\n${why}`);
    void bench.clean().then(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, over('Stopped.', 130));
  setTimeout(
    over('Time is up, and the bench has not ended.', 1),
    (options.minutes * 60 + GRACE_SECONDS) * 1_000,
  ).unref();
  try {
    await buildPages(ROOT, say);
    const profiles = options.profile ? bench.folder() : null;
    if (profiles) profileInto(profiles);
    await runParts(bench);
    if (profiles) for (const name of readdirSync(profiles)) printProfile(join(profiles, name), say);
    return printResults(bench);
  } finally {
    await bench.clean();
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  if (!existsSync('/proc/self/stat')) throw new Error('The bench reads processor time from /proc: it needs Linux.');
  process.exitCode = (await run(options)) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
// a browser may keep its pipes open a little longer
process.exit();
