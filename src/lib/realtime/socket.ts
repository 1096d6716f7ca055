// The browser's one socket, typed by #shared/realtime.ts; the cookie is the ticket. Only connection.svelte.ts imports it.
import { SOCKET_PATH, type ClientToServer, type ServerToClient } from '#shared/realtime.ts';
import { createWire, type Wire, type WireEvents } from './wire.ts';

/** Commands with an answer, by name. */
export type Command = Exclude<keyof ClientToServer, 'room:typing'>;
export type InputOf<Name extends Command> = Parameters<ClientToServer[Name]>[0];
export type ResultOf<Name extends Command> = Parameters<Parameters<ClientToServer[Name]>[1]>[0];

/** ms; longer than the hub needs when it is busy, short enough to try again. */
const ANSWER_WITHIN = 12_000;

type Listeners = { [Name in keyof ServerToClient]?: Set<ServerToClient[Name]> };

export interface LiveSocket extends Pick<Wire, 'connect' | 'close'> {
  readonly open: boolean;
  /** Returns the function that ends it. */
  on<Name extends keyof ServerToClient>(name: Name, listener: ServerToClient[Name]): () => void;
  typing(roomId: string): void;
  /** The hub's answer, or null when none came: not connected, the line broke, too slow. Nothing is kept to be sent later. */
  ask<Name extends Command>(name: Name, input: InputOf<Name>): Promise<ResultOf<Name> | null>;
}

/** Does not connect yet, and never by itself: when to come back is the connection's business. */
export function createSocket(on: Omit<WireEvents, 'event'>): LiveSocket {
  const listeners: Listeners = {};
  const { protocol, host } = location;
  const wire = createWire(`${protocol.replace('http', 'ws')}//${host}${SOCKET_PATH}/?EIO=4&transport=websocket`, {
    ...on,
    event(name, payload) {
      // what the hub sends under a name has the shape that the contract gives it
      const called = listeners[name as keyof ServerToClient] as Set<(given: unknown) => void> | undefined;
      for (const listener of called ?? []) listener(payload);
    },
  });
  return {
    get open() {
      return wire.open;
    },
    connect: () => wire.connect(),
    close: () => wire.close(),
    on(name, listener) {
      const known = (listeners[name] ??= new Set() as NonNullable<Listeners[typeof name]>);
      known.add(listener);
      return () => known.delete(listener);
    },
    typing: (roomId) => wire.send('room:typing', { roomId }),
    ask: (name, input) => wire.ask(name, input, ANSWER_WITHIN) as Promise<ResultOf<typeof name> | null>,
  };
}
