// One open thread as runes: kept whole by the changes of its room, asked for again when changes are missing. For room.live.svelte.ts.
import type { RoomsLive } from '#lib/features/rooms/rooms.live.svelte.ts';
import type { Connection } from '#lib/realtime/connection.svelte.ts';
import type { MessageView, MineView, RoomChange, ThreadView } from '#shared/messages.ts';
import { applyHistory } from '#shared/messages.pages.ts';
import { applyToThread, type ThreadState } from '#shared/messages.threads.ts';

export interface OpenThread {
  /** The root, then what was written below it. */
  readonly messages: MessageView[];
  readonly rev: number;
  readonly hasOlder: boolean;
  /** The room's envelopes, in their order. */
  news(changes: RoomChange[]): void;
  /** Changes are missing: reads it anew. */
  reset(connection: Connection): void;
  loadOlder(connection: Connection | null): Promise<'loaded' | 'failed' | 'dropped'>;
}

export type ThreadMaker = typeof createThread;

/** Call it while a component begins. Must have been read after the room was joined, so that no change lies between the two. */
export function createThread(view: ThreadView, mine: (more: MineView) => void, all: RoomsLive): OpenThread {
  const { roomId } = view;
  const rootId = view.root.id;
  const stateOf = ({ rev, root, page }: ThreadView): ThreadState => ({ rev, root, ...page });
  let state = $state.raw(stateOf(view));
  /** Changes that pass while the hub is being asked. */
  let passing: RoomChange[] = [];
  let asking = 0;

  async function ask<T>(run: () => Promise<T>): Promise<T> {
    if (asking++ === 0) passing = [];
    return run().finally(() => asking--);
  }

  // something in this room is to her: if it came into the open thread, she sees it
  $effect(() => {
    const { connection, mentions } = all;
    if (!connection || !mentions[roomId]) return;
    const read = () => {
      // nothing stands before the first post: the hub only learns that the thread is open
      if (!document.hidden) void connection.ask('thread:open', { roomId, rootId, before: 1 });
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  });

  return {
    get messages() {
      return [state.root, ...state.messages];
    },
    get rev() {
      return state.rev;
    },
    get hasOlder() {
      return state.hasOlder;
    },
    news(changes) {
      if (asking > 0) passing.push(...changes);
      state = changes.reduce(applyToThread, state);
    },
    reset(connection) {
      void ask(async () => {
        const answer = await connection.ask('thread:open', { roomId, rootId });
        if (!answer?.ok) return;
        mine(answer.data.page.mine);
        state = passing.reduce(applyToThread, stateOf(answer.data));
      });
    },
    loadOlder: (connection) =>
      ask(async () => {
        const before = state.messages[0]?.seq ?? null;
        const answer = await connection?.ask('thread:open', { roomId, rootId, before });
        if (!answer?.ok) return 'failed';
        if (before !== (state.messages[0]?.seq ?? null)) return 'dropped';
        mine(answer.data.page.mine);
        state = applyHistory(state, answer.data.page, passing);
        return 'loaded';
      }),
  };
}
