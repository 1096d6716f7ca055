// How much waits for her in the notification centre, in step with the hub while a socket is open. One per page, through context.
import { getContext, setContext } from 'svelte';
import type { Connection } from '#lib/realtime/connection.svelte.ts';
import { loudCount, noteCount, type NotesView } from '#shared/notes.ts';

export interface NotesLive {
  readonly count: number;
  /** The one that is listened to. */
  readonly link: Connection | undefined;
  /** What of it may draw her attention then. */
  loud(now: Date): number;
  /** The server counted anew. */
  refresh(notes: NotesView): void;
  /** Listens; the returned function ends it. */
  watch(link: Connection): () => void;
}

export function createNotesLive(initial: NotesView): NotesLive {
  let notes = $state.raw(initial);
  let line = $state.raw<Connection>();
  /** Only the answer to the last question counts: one that was asked before may come after it. */
  let last = 0;

  return {
    get count() {
      return noteCount(notes);
    },
    get link() {
      return line;
    },
    loud: (now) => loudCount(notes, now),
    refresh: (next) => void (notes = next),
    watch(link) {
      line = link;
      const ask = async () => {
        const mine = ++last;
        const answer = await link.ask('notes:look', {});
        if (answer?.ok && mine === last) notes = answer.data;
      };
      const look = () => void ask();
      const ends = [link.onConnect(look), link.on('mentions:count', look), link.on('notes:changed', look)];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

const KEY = Symbol('notes live');
export const provideNotesLive = (live: NotesLive): NotesLive => setContext(KEY, live);
export const useNotesLive = (): NotesLive => getContext<NotesLive>(KEY);
