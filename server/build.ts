// Builds the pages when they are missing or older than what they are made of. Only main.ts and the test run use it.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'static', 'vite.config.ts', 'svelte.config.js', 'package-lock.json'];
const VITE = join('node_modules', 'vite', 'bin', 'vite.js');
/** Written by the build itself. */
const GENERATED = join('src', 'lib', 'i18n', 'generated');

/** Newest change below a path, in milliseconds; 0 when there is nothing. */
function newest(root: string, path: string): number {
  const full = join(root, path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (!stat || path === GENERATED) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  // a directory's own time tells that something in it was deleted, but the generated one stirs its parent
  const own = GENERATED.startsWith(path) ? 0 : stat.mtimeMs;
  return Math.max(own, ...readdirSync(full).map((name) => newest(root, join(path, name))));
}

/** handler.js is the last file that a build writes. */
function pagesAreFresh(root: string): boolean {
  const built = statSync(join(root, 'build', 'handler.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return built > Math.max(...SOURCES.map((path) => newest(root, path)));
}

/** The pages could not be built; the message is for the person at the keyboard. */
class BuildError extends Error {
  override readonly name = 'BuildError';
}

/** Builds if needed, in a process of its own; `say` gets progress lines. Raises a BuildError with the build's last words. */
export async function buildPages(root: string, say: (line: string) => void): Promise<void> {
  if (pagesAreFresh(root)) return;
  // a server that got its pages ready made has no build tools
  if (existsSync(join(root, 'build', 'handler.js')) && !existsSync(join(root, VITE))) return;
  say('Building the pages, this takes up to a minute …');
  const began = Date.now();
  const still = setInterval(() => say(`  still building, ${Math.round((Date.now() - began) / 1000)} s`), 15_000);
  try {
    await runBuild(root);
  } finally {
    clearInterval(still);
  }
  say(`Pages built in ${Math.round((Date.now() - began) / 1000)} s.`);
}

function runBuild(root: string): Promise<void> {
  const child = spawn(process.execPath, [join(root, VITE), 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  const hear = (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else if (/\b(EACCES|EROFS|EPERM)\b/.test(words))
        reject(new BuildError(`The folder ${root} cannot be written, but the pages must be built in it.`));
      else reject(new BuildError(`The pages could not be built:\n${words.trim()}`));
    });
  });
}
