// How every socket event is answered: unknown input in, a Result out, errors as codes, never an exception. Realtime only.
import { randomUUID } from 'node:crypto';
import { isAppError, type ErrorView } from '#shared/errors.ts';
import type { Result } from '#shared/realtime.ts';
import type { Actor } from '../domain/kernel/actor.ts';
import type { Logger } from '../domain/kernel/logger.ts';
import { inRequest } from '../domain/kernel/request-id.ts';
import type { Answer, AnsweredEvent, EventName, LiveSocket } from './types.ts';

type Answering = <Name extends AnsweredEvent>(
  name: Name,
  run: (actor: Actor, input: unknown, socket: LiveSocket) => Promise<Answer<Name>>,
) => void;
type Listener = (socket: LiveSocket, args: unknown[]) => void;

/** All events that are understood: one table for all sockets, as a listener of each for every event took half of a connection's memory. */
export interface Events {
  /**
   * How events of one area are registered. A missing ack is tolerated; anything else that is not the first argument is
   * ignored. `as`: who she is for this input; in a talk of hers she acts under her alias.
   */
  answering(as?: (actor: Actor, input: unknown) => Promise<Actor>): Answering;
  /** An event without an answer. */
  on(name: Exclude<EventName, AnsweredEvent>, run: (socket: LiveSocket, input: unknown) => void): void;
  /** From now on the socket is listened to; one that sends more events than any page does is closed. */
  listenTo(socket: LiveSocket): void;
  names(): EventName[];
}

function refusalOf(error: unknown, event: string, log: Logger): ErrorView {
  if (isAppError(error)) return error.params ? { code: error.code, params: error.params } : { code: error.code };
  const errorId = randomUUID();
  log.error({ err: error, errorId, event }, 'socket event failed');
  return { code: 'unknown', params: { errorId } };
}

const FLOOD = { perSecond: 50, burst: 100 };

/** @param now a clock that nobody sets: one that is put back would make a flood of everybody; milliseconds */
export function createEvents(log: Logger, now: () => number = () => performance.now()): Events {
  const listeners = new Map<string, Listener>();

  function mayGo(socket: LiveSocket): boolean {
    const time = now();
    const { tokens, at } = socket.data.flood ?? { tokens: FLOOD.burst, at: time };
    const left = Math.min(FLOOD.burst, tokens + ((time - at) / 1000) * FLOOD.perSecond) - 1;
    socket.data.flood = { tokens: Math.max(left, 0), at: time };
    return left >= 0;
  }

  function heard(socket: LiveSocket, name: string, args: unknown[]): void {
    if (!socket.connected) return;
    if (mayGo(socket)) {
      listeners.get(name)?.(socket, args);
      return;
    }
    log.warn({ socket: socket.id }, 'closed a flooding socket');
    socket.disconnect(true);
  }
  /** One function for all of them. */
  function hear(this: LiveSocket, name: string, ...args: unknown[]): void {
    heard(this, name, args);
  }

  const answering: Events['answering'] = (as) => (name, run) => {
    listeners.set(name, (socket, args) => {
      const ack = args.find((arg) => typeof arg === 'function') as ((result: Result<unknown>) => void) | undefined;
      const input = typeof args[0] === 'function' ? undefined : args[0];
      const began = now();
      const answer = (result: Result<unknown>): void => {
        const outcome = result.ok ? 'ok' : result.error.code;
        log.debug({ event: name, outcome, ms: Math.round(now() - began) }, 'socket event');
        ack?.(result);
      };
      inRequest(randomUUID(), () =>
        Promise.resolve()
          .then(async () => run(as ? await as(socket.data.actor, input) : socket.data.actor, input, socket))
          .then(
            (data) => answer({ ok: true, data }),
            (error: unknown) => answer({ ok: false, error: refusalOf(error, name, log) }),
          )
          .catch((error: unknown) => log.error({ err: error, event: name }, 'ack failed')),
      );
    });
  };

  return {
    answering,
    on: (name, run) => void listeners.set(name, (socket, args) => run(socket, args[0])),
    listenTo: (socket) => void socket.onAny(hear as Parameters<LiveSocket['onAny']>[0]),
    names: () => [...listeners.keys()] as EventName[],
  };
}
