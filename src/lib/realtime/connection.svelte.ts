// The live link of one page: connects, comes back, says in which state it is. For the channel, the outbox and features' live state.
import { afterRestart, fullJitter } from './backoff.ts';
import { ask, createSocket, refusalOf, type Command, type InputOf, type LiveSocket, type ResultOf } from './socket.ts';
import type { ServerToClient } from '#shared/realtime.ts';

export type LinkState = 'connecting' | 'online' | 'trying' | 'offline';

const BACKOFF = { base: 800, cap: 20_000 };
/** ms between attempts while the device says it is offline, which is not always true. */
const OFFLINE_ATTEMPT = 30_000;
/** ms without a first connection before people are told so. */
const PATIENCE = 4_000;

export interface Connection {
  readonly state: LinkState;
  ask<Name extends Command>(name: Name, input: InputOf<Name>): Promise<ResultOf<Name> | null>;
  /** Dropped when there is no connection. */
  typing(roomId: string): void;
  /** Both return the function that ends it. `onConnect` also runs at once when the link is up already. */
  on<Name extends keyof ServerToClient>(name: Name, listener: ServerToClient[Name]): () => void;
  onConnect(run: () => void): () => void;
  onDisconnect(run: () => void): () => void;
  close(): void;
}

interface Endings {
  /** This login was ended: what is hers on the device goes too. */
  ended: () => void;
  /** The hub does not know this login (any more): her texts wait for her next sign-in. */
  unknown: () => void;
}

/** Browser only: call it from onMount, and `close()` when the pages are left. */
export function connect(endings: Endings): Connection {
  const socket: LiveSocket = createSocket();
  let state = $state<LinkState>(navigator.onLine ? 'connecting' : 'offline');
  let attempt = 0;
  let comeBackIn: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = setTimeout(() => {
    if (state === 'connecting') state = 'trying';
  }, PATIENCE);

  function later() {
    clearTimeout(timer);
    state = navigator.onLine ? 'trying' : 'offline';
    const wait = comeBackIn === null ? fullJitter(attempt++, BACKOFF) : afterRestart(comeBackIn);
    comeBackIn = null;
    timer = setTimeout(() => socket.connect(), navigator.onLine ? wait : OFFLINE_ATTEMPT);
  }
  function now() {
    clearTimeout(timer);
    attempt = 0;
    if (!socket.connected) socket.connect();
  }
  function offline() {
    socket.disconnect(); // the line is dead although nobody has told the socket yet
    later();
  }
  function awake() {
    if (document.visibilityState === 'visible' && !socket.connected) now();
  }

  socket.on('connect', () => {
    attempt = 0;
    state = 'online';
  });
  socket.on('disconnect', (reason) => {
    if (reason !== 'io client disconnect') later();
  });
  socket.on('connect_error', (error) => {
    if (refusalOf(error) === 'auth.required') endings.unknown();
    else later();
  });
  socket.on('hub:restarting', ({ retryInMs }) => {
    comeBackIn = retryInMs;
  });
  socket.on('session:ended', () => {
    endings.ended();
  });
  window.addEventListener('online', now);
  window.addEventListener('offline', offline);
  document.addEventListener('visibilitychange', awake);
  socket.connect();

  return {
    get state() {
      return state;
    },
    ask: (name, input) => ask(socket, name, input),
    typing(roomId) {
      if (socket.connected) socket.volatile.emit('room:typing', { roomId });
    },
    on(name, listener) {
      const listening = socket as { on(n: string, l: unknown): void; off(n: string, l: unknown): void };
      listening.on(name, listener);
      return () => listening.off(name, listener);
    },
    onConnect(run) {
      socket.on('connect', run);
      if (socket.connected) run();
      return () => socket.off('connect', run);
    },
    onDisconnect(run) {
      socket.on('disconnect', run);
      return () => socket.off('disconnect', run);
    },
    close() {
      clearTimeout(timer);
      clearTimeout(patience);
      window.removeEventListener('online', now);
      window.removeEventListener('offline', offline);
      document.removeEventListener('visibilitychange', awake);
      socket.disconnect();
      socket.off();
    },
  };
}
