// How every socket event is answered: unknown input in, a Result out, errors as codes, never an exception. Realtime only.
import { randomUUID } from 'node:crypto';
import { isAppError, type ErrorView } from '#shared/errors.ts';
import type { Result } from '#shared/realtime.ts';
import type { Actor } from '../domain/kernel/actor.ts';
import type { Logger } from '../domain/kernel/logger.ts';
import { inRequest } from '../domain/kernel/request-id.ts';
import type { Answer, AnsweredEvent, LiveSocket } from './types.ts';

export type Answering = <Name extends AnsweredEvent>(
  name: Name,
  run: (actor: Actor, input: unknown) => Promise<Answer<Name>>,
) => void;

function refusalOf(error: unknown, event: string, log: Logger): ErrorView {
  if (isAppError(error)) return error.params ? { code: error.code, params: error.params } : { code: error.code };
  const errorId = randomUUID();
  log.error({ err: error, errorId, event }, 'socket event failed');
  return { code: 'unknown', params: { errorId } };
}

/** Registers events of one socket. A missing ack is tolerated; anything else that is not the first argument is ignored. */
/** `as`: who she is for this input; in a talk of hers she acts under her alias. */
export function answering(
  socket: LiveSocket,
  log: Logger,
  as?: (actor: Actor, input: unknown) => Promise<Actor>,
): Answering {
  return (name, run) => {
    const listener = (...args: unknown[]): void => {
      const ack = args.find((arg) => typeof arg === 'function') as ((result: Result<unknown>) => void) | undefined;
      const input = typeof args[0] === 'function' ? undefined : args[0];
      const began = performance.now();
      const answer = (result: Result<unknown>): void => {
        const outcome = result.ok ? 'ok' : result.error.code;
        log.debug({ event: name, outcome, ms: Math.round(performance.now() - began) }, 'socket event');
        ack?.(result);
      };
      inRequest(randomUUID(), () =>
        Promise.resolve()
          .then(async () => run(as ? await as(socket.data.actor, input) : socket.data.actor, input))
          .then(
            (data) => answer({ ok: true, data }),
            (error: unknown) => answer({ ok: false, error: refusalOf(error, name, log) }),
          )
          .catch((error: unknown) => log.error({ err: error, event: name }, 'ack failed')),
      );
    };
    (socket as { on(event: string, listener: (...args: unknown[]) => void): unknown }).on(name, listener);
  };
}

const FLOOD = { perSecond: 50, burst: 100 };

/**
 * Closes a socket that sends more events than any page does, known or unknown ones. By a clock that nobody sets: one that is
 * put back would make a flood of everybody.
 */
export function limitFlood(socket: LiveSocket, log: Logger, now: () => number = () => performance.now()): void {
  let tokens = FLOOD.burst;
  let at = now();
  socket.use((_packet, next) => {
    const time = now();
    tokens = Math.min(FLOOD.burst, tokens + ((time - at) / 1000) * FLOOD.perSecond);
    at = time;
    if (tokens >= 1) {
      tokens -= 1;
      next();
      return;
    }
    if (socket.connected) log.warn({ socket: socket.id }, 'closed a flooding socket');
    socket.disconnect(true);
  });
}
