// The open line of a page about a queue or one place in it: one command at a time, its error, the state of the link. One per page.
import { connect, type Connection, type LinkState } from '#lib/realtime/connection.svelte.ts';
import { useNotesLive } from '#lib/features/notifications/notes.live.svelte.ts';
import type { ErrorView } from '#shared/errors.ts';

export interface LineState {
  readonly link: LinkState;
  /** Of the last command. */
  readonly error: ErrorView | null;
  readonly busy: boolean;
}
interface Line extends LineState {
  /** False when no line is open: then the form goes its own way. */
  send(command: (link: Connection) => Promise<{ ok: true } | { ok: false; error: ErrorView } | null>): boolean;
  /** Begins in the browser; the returned function ends it. */
  start(listen: (link: Connection) => (() => void)[]): () => void;
}

/** `ask`: fetches how things are, each time the link is up and after each command. Call it while a component begins. */
export function createLine(ask: (link: Connection) => Promise<void>): Line {
  const notes = useNotesLive();
  let connection = $state.raw<Connection | null>(null);
  let error = $state.raw<ErrorView | null>(null);
  let busy = $state(false);

  return {
    get link() {
      return connection?.state ?? 'connecting';
    },
    get error() {
      return error;
    },
    get busy() {
      return busy;
    },
    send(command) {
      const link = connection;
      if (link?.state !== 'online') return false;
      if (busy) return true;
      busy = true;
      error = null;
      command(link)
        .then((answer) => {
          if (!answer) error = { code: 'unavailable' };
          else if (!answer.ok) error = answer.error;
          return ask(link);
        })
        .finally(() => (busy = false));
      return true;
    },
    start(listen) {
      const link = connect();
      connection = link;
      const ends = [...listen(link), link.onConnect(() => void ask(link)), notes.watch(link)];
      return () => {
        for (const end of ends) end();
        link.close();
        connection = null;
      };
    },
  };
}
