// The embedded database as a process of its own, to be killed or measured. For tests and tests/bench/engine.ts.
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export const CLI = path.join(import.meta.dirname, '..', 'cli.ts');

export interface Child {
  readonly process: ChildProcess;
  readonly uri: string;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** What it wrote to standard error. */
  errors(): string;
}

/** Starts `cli.ts` and waits for the address it prints. */
export async function startChild(...args: string[]): Promise<Child> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code ?? -1));
  });
  const line = new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  const uri = await Promise.race([line, ended]);
  if (typeof uri !== 'string' || !uri.startsWith('mongodb://'))
    throw new Error(`the database did not start: ${errors}`);
  return { process: child, uri, ended, errors: () => errors };
}
