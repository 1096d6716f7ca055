// Finds a Chromium and starts it: the one file that knows where the browser of the tests comes from.
import { mkdir, rename, rm } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright';

const MODULES = new URL('../../node_modules/', import.meta.url).pathname;
const CACHE = join(MODULES, '.cache/strong-together-chromium');
/** Nothing of the browser's own may go out to the network while pages are tested. */
const QUIET = ['--disable-background-networking', '--disable-component-update', '--no-first-run'];

/**
 * The npm package unpacks into the system's folder for temporary files and takes whatever already lies there under that
 * name, whatever its version. So it is given a folder of its own for this one call, which gets its final name, the
 * version, only when complete.
 */
async function unpacked(): Promise<string> {
  const manifest = readFileSync(join(MODULES, '@sparticuz/chromium/package.json'), 'utf8');
  const folder = join(CACHE, (JSON.parse(manifest) as { version: string }).version);
  const program = join(folder, 'chromium');
  if (existsSync(program)) return program;
  const unfinished = join(CACHE, `unpacking-${process.pid}`);
  await mkdir(unfinished, { recursive: true });
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = unfinished;
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  try {
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(program)) throw error; // otherwise another test run was faster
  }
  return program;
}

async function firstThatStarts(): Promise<Browser> {
  const tried: string[] = [];
  for (const channel of [undefined, 'chrome', 'msedge', 'chromium']) {
    try {
      return await chromium.launch(channel === undefined ? { args: QUIET } : { args: QUIET, channel });
    } catch (error) {
      tried.push(`${channel ?? 'playwright'}: ${String(error).split('\n')[0]}`);
    }
  }
  throw new Error(`No Chromium starts. Install one with "npx playwright install chromium".\n${tried.join('\n')}`);
}

/** A headless Chromium. Raises an error that says what to install where none can be started. */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return firstThatStarts();
  return chromium.launch({ executablePath: await unpacked(), args: ['--no-sandbox', '--disable-gpu', ...QUIET] });
}
