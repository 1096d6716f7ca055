// The hub's log: to stderr, JSON lines for machines, short lines for a terminal; never texts, names, addresses, tokens. main.ts and commands only.
import { pino, type LevelWithSilent } from 'pino';
import type { Logger } from './domain/kernel/logger.ts';
import { currentRequestId } from './domain/kernel/request-id.ts';

/** Messages of these errors quote stored values (a user name in a duplicate key), so only their codes are kept. */
const QUOTING = /^(Mongo(Server|BulkWrite|WriteConcern)?Error|ValidationError|CastError|ValiError|StrictModeError)$/;

interface SafeError {
  type: string;
  code?: unknown;
  message?: string;
  at?: string;
  cause?: SafeError;
}

/** An error without anything that people wrote. */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  const frames = stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? [];
  return {
    type: name,
    ...(code === undefined ? {} : { code }),
    ...(QUOTING.test(name) ? {} : { message }),
    at: frames.slice(0, 12).join('\n'),
    ...(cause !== undefined && depth < 3 ? { cause: safeError(cause, depth + 1) } : {}),
  };
}

function forPeople(line: string): string {
  const { time, level, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(Number(time)).toTimeString().slice(0, 8);
  const grade = Number(level) >= 50 ? 'ERROR ' : Number(level) >= 40 ? 'warning: ' : '';
  const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  const failure = err as SafeError | undefined;
  const cause = failure ? `\n  ${failure.type}: ${failure.message ?? String(failure.code)}\n${failure.at ?? ''}` : '';
  return `${clock} ${grade}${String(msg)}${rest.join('')}${cause}\n`;
}

const requestOf = (): object => {
  const requestId = currentRequestId();
  return requestId === undefined ? {} : { requestId };
};

/** `terminal`: short lines instead of JSON. */
export function createLog(level: LevelWithSilent, terminal = process.stderr.isTTY): Logger {
  const target = pino.destination({ dest: 2, sync: true });
  const stream = terminal ? { write: (line: string) => void target.write(forPeople(line)) } : target;
  const serializers = { err: (error: unknown) => safeError(error) };
  return pino({ level, base: null, serializers, mixin: requestOf }, stream);
}
