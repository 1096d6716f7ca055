// How many mentions and replies she has not read, in step with the hub while a socket is open. One per page, through context.
import { getContext, setContext } from 'svelte';
import type { Connection } from '#lib/realtime/connection.svelte.ts';

export interface NotesLive {
  readonly count: number;
  /** The server counted anew. */
  refresh(count: number): void;
  /** Listens; the returned function ends it. */
  watch(link: Connection): () => void;
}

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, one) => all + one, 0);

export function createNotesLive(initial: number): NotesLive {
  let count = $state(initial);

  return {
    get count() {
      return count;
    },
    refresh: (next) => void (count = next),
    watch(link) {
      // sent by room; told one by one they are added up from the whole
      const ask = async () => {
        const [mentions, notices] = await Promise.all([link.ask('mentions:counts', {}), link.ask('notices:count', {})]);
        if (mentions?.ok && notices?.ok) count = sum(mentions.data) + notices.data;
      };
      const ends = [
        link.onConnect(() => void ask()),
        link.on('mentions:count', () => void ask()),
        link.on('notices:changed', () => void ask()),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

const KEY = Symbol('notes live');
export const provideNotesLive = (live: NotesLive): NotesLive => setContext(KEY, live);
export const useNotesLive = (): NotesLive => getContext<NotesLive>(KEY);
