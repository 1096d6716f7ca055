// The browser's one socket: websocket only, cookie as ticket, typed by #shared/realtime.ts. Only connection.svelte.ts imports it.
import { io, type Socket } from 'socket.io-client';
import type { ErrorView } from '#shared/errors.ts';
import { SOCKET_PATH, type ClientToServer, type Result, type ServerToClient } from '#shared/realtime.ts';

export type LiveSocket = Socket<ServerToClient, ClientToServer>;

/** Commands with an answer, by name. */
export type Command = Exclude<keyof ClientToServer, 'room:typing'>;
export type InputOf<Name extends Command> = Parameters<ClientToServer[Name]>[0];
export type ResultOf<Name extends Command> = Parameters<Parameters<ClientToServer[Name]>[1]>[0];

/** ms; longer than the hub needs when it is busy, short enough to try again. */
const ANSWER_WITHIN = 12_000;

/** Does not connect yet, and never by itself: when to come back is the connection's business. */
export function createSocket(): LiveSocket {
  return io({ path: SOCKET_PATH, transports: ['websocket'], autoConnect: false, reconnection: false, forceNew: true });
}

/** The hub's answer, or null when none came: not connected, the line broke, too slow. Nothing is kept to be sent later. */
export async function ask<Name extends Command>(
  socket: LiveSocket,
  name: Name,
  input: InputOf<Name>,
): Promise<ResultOf<Name> | null> {
  if (!socket.connected) return null;
  // The union of all commands is beyond what socket.io's types can follow; Command, InputOf and ResultOf hold it together.
  const emit = socket.timeout(ANSWER_WITHIN).emitWithAck.bind(socket.timeout(ANSWER_WITHIN)) as (
    event: string,
    payload: unknown,
  ) => Promise<Result<unknown>>;
  try {
    return (await emit(name, input)) as ResultOf<Name>;
  } catch {
    return null;
  }
}

/** The hub's code in a refused handshake, if it named one. */
export function refusalOf(error: Error & { data?: unknown }): ErrorView['code'] | null {
  const data = error.data as Partial<ErrorView> | undefined;
  return data?.code ?? null;
}
