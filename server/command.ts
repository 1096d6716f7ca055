// What every command beside the hub does alike: reads the settings, works, says in one line why it could not. Entries only.
import { readConfig, type Config } from './config.ts';
import { explainStart } from './start-errors.ts';

export const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** `env`: the environment. Sets the exit code: 0 when `work` is done, 1 otherwise. */
export async function runCommand(
  env: Record<string, string | undefined>,
  work: (config: Config) => Promise<void>,
): Promise<void> {
  let config: Config | undefined;
  try {
    config = readConfig(env, 'start');
    await work(config);
  } catch (error) {
    const lines = explainStart(error, config) ?? [
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ];
    for (const line of lines) process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
}

/** Wrong arguments: one line about the right ones. */
export function explainUsage(usage: string): void {
  process.stderr.write(`usage: ${usage}\n`);
  process.exitCode = 1;
}
