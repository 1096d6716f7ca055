// One room's live channel as runes: join, snapshot, events, join again. For features/messages/room.live.svelte.ts.
import type { Connection } from './connection.svelte.ts';
import { createRoomSync, type Loaded, type RoomSync } from './room-sync.ts';
import type { HistoryPage, MineView, RoomChange, RoomJoinView } from '#shared/messages.ts';
import type { Reaction } from '#shared/reactions.ts';
import { applyPage } from '#shared/messages.pages.ts';
import { applyJoin, emptyRoom, type RoomState } from '#shared/messages.reduce.ts';
import type { RoomPresenceView } from '#shared/rooms.ts';

/** How many channels of this page have a room open: it is left with the last one. */
const opened: Record<string, number> = {};
const count = (roomId: string, step: number): number => (opened[roomId] = (opened[roomId] ?? 0) + step);

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
  /** Looks again at what she may do here. */
  again(): void;
  /** Only forward, unless she marked the rest as unread. */
  read(posts: number, back?: boolean): void;
  loadOlder(): Promise<Loaded>;
  loadNewer(): Promise<Loaded>;
  /** Another part of the room: around this seq, or the newest. */
  goTo(seq: number | null): Promise<Loaded>;
  /** Lets go of what is older, or newer, than this seq. */
  cut(side: 'older' | 'newer', seq: number): void;
  /** Begins to listen; the returned function leaves the room. */
  open(connection: Connection, listener: ChannelListener): () => void;
}
interface ChannelListener {
  news(changes: RoomChange[]): void;
  /** Changes are missing, only the newest page came. */
  reset(): void;
  /** On another device of hers, or on this one, she marked as unread what comes after so many posts. */
  unread(readPosts: number): void;
  /** The seq that she reads at, away from the newest. */
  reading(): number | null;
}

/** Starts from what the server rendered, so it also serves rendering on the server. `part`: another part than the newest. */
export function createRoomChannel(view: RoomJoinView, part: HistoryPage | null = null): RoomChannel {
  const { roomId } = view;
  const newest = applyJoin(emptyRoom(), view);
  let room = $state.raw<RoomState>(part ? applyPage(newest, part, [], true) : newest);
  let presence = $state.raw<RoomPresenceView | null>(null);
  let abilities = $state.raw(view.abilities);
  let editMinutes = $state(view.editMinutes);
  let readPosts = $state(view.readPosts);
  let mine = $state.raw<MineView>(view.mine);
  let refused = $state<string | null>(null);
  let sync: RoomSync | null = null;
  if (part) merge(part.mine);

  const read = (posts: number, back = false) => {
    if (back || posts > readPosts) readPosts = posts;
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

  function open(connection: Connection, { news, reset, unread, reading }: ChannelListener): () => void {
    const opened = createRoomSync(room, {
      join: (since) => connection.ask('room:join', { roomId, since }),
      history: (place) => connection.ask('room:history', { roomId, ...place }),
      changed(next, changes) {
        room = next;
        if (changes.length > 0) news(changes);
      },
      reading,
      joined(joinView) {
        abilities = joinView.abilities;
        editMinutes = joinView.editMinutes;
        joinMine(joinView);
        if (joinView.kind === 'snapshot') reset();
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
    sync = opened;
    count(roomId, 1);
    const ofThisRoom = <Event extends { roomId: string }>(run: (event: Event) => void) => {
      return (event: Event) => {
        if (event.roomId === roomId) run(event);
      };
    };
    const ends = [
      connection.on(
        'room:changes',
        ofThisRoom((changes) => opened.envelope(changes)),
      ),
      connection.on(
        'room:at',
        ofThisRoom(({ rev }) => opened.at(rev)),
      ),
      connection.on(
        'room:resync',
        ofThisRoom(() => opened.resync()),
      ),
      connection.on(
        'room:read-at',
        ofThisRoom((at) => {
          read(at.readPosts, at.back);
          if (at.back) unread(at.readPosts);
        }),
      ),
      connection.on(
        'room:presence',
        ofThisRoom((next) => {
          if (presence === null || next.version >= presence.version) presence = next;
        }),
      ),
      connection.onDisconnect(() => {
        presence = null; // the next hub counts its versions anew
        opened.disconnected();
      }),
      connection.onConnect(() => opened.connected()),
    ];
    return () => {
      for (const end of ends) end();
      opened.stop();
      if (count(roomId, -1) === 0) void connection.ask('room:leave', { roomId });
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
    again: () => sync?.resync(),
    read,
    loadOlder: async () => sync?.loadOlder() ?? 'dropped',
    loadNewer: async () => sync?.loadNewer() ?? 'dropped',
    goTo: async (seq) => sync?.goTo(seq) ?? 'dropped',
    cut: (side, seq) => sync?.cut(side, seq),
    open,
  };
}
