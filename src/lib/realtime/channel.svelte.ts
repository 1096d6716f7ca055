// One room's live channel as runes: join, snapshot, events, join again. For features/messages/room.live.svelte.ts.
import type { Connection } from './connection.svelte.ts';
import { createRoomSync } from './room-sync.ts';
import type { MineView, RoomChange, RoomJoinView } from '#shared/messages.ts';
import type { Reaction } from '#shared/reactions.ts';
import { applyJoin, emptyRoom, type RoomState } from '#shared/messages.reduce.ts';
import type { RoomPresenceView } from '#shared/rooms.ts';

/** How many channels of one link have a room open: it is left with the last one. */
const opened = new WeakMap<Connection, Map<string, number>>();
function count(connection: Connection, roomId: string, step: 1 | -1): number {
  const rooms = opened.get(connection) ?? new Map<string, number>();
  const now = (rooms.get(roomId) ?? 0) + step;
  opened.set(connection, rooms.set(roomId, now));
  return now;
}

export interface RoomChannel {
  readonly room: RoomState;
  readonly presence: RoomPresenceView | null;
  readonly abilities: RoomJoinView['abilities'];
  /** So long she may change her words. */
  readonly editMinutes: number;
  readonly readPosts: number;
  /** What only she knows about the messages that were loaded. */
  readonly mine: MineView;
  /** Her own command changed what is hers. */
  reacted(messageId: string, reaction: Reaction, on: boolean): void;
  saved(messageId: string, on: boolean): void;
  merge(more: MineView): void;
  /** The hub took this room away from her, or it is gone. */
  readonly refused: string | null;
  /** Only forward. */
  read(posts: number): void;
  loadOlder(): Promise<'loaded' | 'failed' | 'dropped'>;
  /** Begins to listen; the returned function leaves the room. `reset`: changes are missing, only the newest page came. */
  open(connection: Connection, news: (changes: RoomChange[]) => void, reset?: () => void): () => void;
}

/** Starts from what the server rendered, so it also serves rendering on the server. */
export function createRoomChannel(view: RoomJoinView): RoomChannel {
  const { roomId } = view;
  let room = $state.raw<RoomState>(applyJoin(emptyRoom(), view));
  let presence = $state.raw<RoomPresenceView | null>(null);
  let abilities = $state.raw(view.abilities);
  let editMinutes = $state(view.editMinutes);
  let readPosts = $state(view.readPosts);
  let mine = $state.raw<MineView>(view.mine);
  let refused = $state<string | null>(null);
  let older: () => Promise<'loaded' | 'failed' | 'dropped'> = () => Promise.resolve('dropped');

  const read = (posts: number) => {
    if (posts > readPosts) readPosts = posts;
  };

  function merge(more: MineView) {
    mine = {
      reactions: { ...mine.reactions, ...more.reactions },
      anonymous: [...mine.anonymous.filter((id) => !more.anonymous.includes(id)), ...more.anonymous],
      saved: [...mine.saved.filter((id) => !more.saved.includes(id)), ...more.saved],
    };
  }
  function reacted(messageId: string, reaction: Reaction, on: boolean) {
    const others = (mine.reactions[messageId] ?? []).filter((one) => one !== reaction);
    mine = { ...mine, reactions: { ...mine.reactions, [messageId]: on ? [...others, reaction] : others } };
  }
  function saved(messageId: string, on: boolean) {
    const others = mine.saved.filter((id) => id !== messageId);
    mine = { ...mine, saved: on ? [...others, messageId] : others };
  }
  /** Her reactions from another device show in the changes of the messages that they are on. */
  function joinMine(join: RoomJoinView) {
    const touched =
      join.kind === 'changes' ? join.changes.flatMap((one) => (one.kind === 'reacted' ? [one.messageId] : [])) : [];
    const kept = Object.entries(mine.reactions).filter(([id]) => !touched.includes(id));
    mine = { ...mine, reactions: Object.fromEntries(kept) };
    merge(join.mine);
  }

  function open(connection: Connection, news: (changes: RoomChange[]) => void, reset?: () => void): () => void {
    const sync = createRoomSync(room, {
      join: (since) => connection.ask('room:join', { roomId, since }),
      history: (before) => connection.ask('room:history', { roomId, before }),
      changed(next, changes) {
        room = next;
        if (changes.length > 0) news(changes);
      },
      joined(joinView) {
        abilities = joinView.abilities;
        editMinutes = joinView.editMinutes;
        joinMine(joinView);
        if (joinView.kind === 'snapshot') reset?.();
        refused = null;
        read(joinView.readPosts);
      },
      mine: merge,
      refused(code) {
        refused = code;
      },
      later(run, ms) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    older = () => sync.loadOlder();
    count(connection, roomId, 1);
    const ofThisRoom = <Event extends { roomId: string }>(run: (event: Event) => void) => {
      return (event: Event) => {
        if (event.roomId === roomId) run(event);
      };
    };
    const ends = [
      connection.on(
        'room:changes',
        ofThisRoom((changes) => sync.envelope(changes)),
      ),
      connection.on(
        'room:at',
        ofThisRoom(({ rev }) => sync.at(rev)),
      ),
      connection.on(
        'room:resync',
        ofThisRoom(() => sync.resync()),
      ),
      connection.on(
        'room:read-at',
        ofThisRoom((at) => read(at.readPosts)),
      ),
      connection.on(
        'room:presence',
        ofThisRoom((next) => {
          if (presence === null || next.version >= presence.version) presence = next;
        }),
      ),
      connection.onDisconnect(() => {
        presence = null; // the next hub counts its versions anew
        sync.disconnected();
      }),
      connection.onConnect(() => sync.connected()),
    ];
    return () => {
      for (const end of ends) end();
      sync.stop();
      if (count(connection, roomId, -1) === 0) void connection.ask('room:leave', { roomId });
    };
  }

  return {
    get room() {
      return room;
    },
    get presence() {
      return presence;
    },
    get abilities() {
      return abilities;
    },
    get editMinutes() {
      return editMinutes;
    },
    get readPosts() {
      return readPosts;
    },
    get mine() {
      return mine;
    },
    reacted,
    saved,
    merge,
    get refused() {
      return refused;
    },
    read,
    loadOlder: () => older(),
    open,
  };
}
