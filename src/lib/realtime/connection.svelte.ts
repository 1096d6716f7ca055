// The live link of one page: connects, comes back, says in which state it is. For the channel, the outbox and features' live state.
import { afterRestart, fullJitter } from './backoff.ts';
import { wipeDevice } from './device.ts';
import { createSocket, type Command, type InputOf, type ResultOf } from './socket.ts';
import type { ServerToClient } from '#shared/realtime.ts';

export type LinkState = 'connecting' | 'online' | 'trying' | 'offline';

const BACKOFF = { base: 800, cap: 20_000 };
/** ms between attempts while the device says it is offline, which is not always true. */
const OFFLINE_ATTEMPT = 30_000;
/** ms without a first connection before people are told so. */
const PATIENCE = 4_000;

export interface Connection {
  readonly state: LinkState;
  /** The hub's answer, or null when none came. */
  ask<Name extends Command>(name: Name, input: InputOf<Name>): Promise<ResultOf<Name> | null>;
  /** Dropped when there is no connection. */
  typing(roomId: string): void;
  /** These return the function that ends it. `onConnect` also runs at once when the link is up already. */
  on<Name extends keyof ServerToClient>(name: Name, listener: ServerToClient[Name]): () => void;
  onConnect(run: () => void): () => void;
  onDisconnect(run: () => void): () => void;
  close(): void;
}

/** A full load, not a navigation: nothing of hers may stay in the page's memory. */
const toSignIn = (): void => location.replace('/sign-in');

/**
 * Browser only: call it from onMount, and `close()` when the pages are left. A login that was ended takes what is hers
 * on the device along; one that the hub does not know (any more) leaves her texts waiting for her next sign-in.
 */
export function connect(): Connection {
  let state = $state<LinkState>(navigator.onLine ? 'connecting' : 'offline');
  let over = false;
  let attempt = 0;
  let comeBackIn: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ups: (() => void)[] = [];
  const downs: (() => void)[] = [];

  const socket = createSocket({
    opened() {
      attempt = 0;
      state = 'online';
      for (const run of [...ups]) run();
    },
    closed() {
      for (const run of [...downs]) run();
      later();
    },
    refused(code) {
      if (code !== 'auth.required') later();
      else if (!over) toSignIn();
    },
  });
  const patience = setTimeout(() => {
    if (state === 'connecting') state = 'trying';
  }, PATIENCE);

  function later() {
    clearTimeout(timer);
    if (over) return;
    state = navigator.onLine ? 'trying' : 'offline';
    const wait = comeBackIn === null ? fullJitter(attempt++, BACKOFF) : afterRestart(comeBackIn);
    comeBackIn = null;
    timer = setTimeout(() => socket.connect(), navigator.onLine ? wait : OFFLINE_ATTEMPT);
  }
  function now() {
    clearTimeout(timer);
    attempt = 0;
    socket.connect();
  }
  function offline() {
    const was = socket.open;
    socket.close(); // the line is dead although nobody has told it yet
    if (was) for (const run of [...downs]) run();
    later();
  }
  /** The quick exit: others must not see her here for a moment longer. */
  function leave() {
    over = true;
    socket.close();
  }
  function awake() {
    if (document.visibilityState === 'visible') now();
  }
  function listen(list: (() => void)[], run: () => void) {
    list.push(run);
    return () => void list.splice(list.indexOf(run), 1);
  }

  socket.on('hub:restarting', ({ retryInMs }) => {
    comeBackIn = retryInMs;
  });
  socket.on('session:ended', () => {
    over = true; // wiping takes a moment, nothing may overtake it
    // a form on its way, such as the one that deletes her account, leads on by itself
    void wipeDevice().then(() => setTimeout(toSignIn, document.querySelector('[aria-busy=true]') ? 5_000 : 0));
  });
  window.addEventListener('online', now);
  window.addEventListener('offline', offline);
  window.addEventListener('leaving', leave);
  document.addEventListener('visibilitychange', awake);
  socket.connect();

  return {
    get state() {
      return state;
    },
    ask: (name, input) => socket.ask(name, input),
    typing: (roomId) => socket.typing(roomId),
    on: (name, listener) => socket.on(name, listener),
    onConnect(run) {
      if (socket.open) run();
      return listen(ups, run);
    },
    onDisconnect: (run) => listen(downs, run),
    close() {
      clearTimeout(timer);
      clearTimeout(patience);
      window.removeEventListener('online', now);
      window.removeEventListener('offline', offline);
      window.removeEventListener('leaving', leave);
      document.removeEventListener('visibilitychange', awake);
      socket.close();
    },
  };
}
