// Live state of everything under /rooms: the link, the list, the outbox. One per component tree, handed on through context.
import { getContext, setContext } from 'svelte';
import { connect, type Connection, type LinkState } from '#lib/realtime/connection.svelte.ts';
import { claimDevice } from '#lib/realtime/device.ts';
import { createOutbox, deviceOutbox, type Outbox, type PendingView } from '#lib/realtime/outbox.ts';
import type { MessageView } from '#shared/messages.ts';
import type { RoomSummaryView } from '#shared/rooms.ts';

export interface RoomsLive {
  readonly accountId: string;
  readonly rooms: RoomSummaryView[];
  readonly link: LinkState;
  /** null until the page runs in a browser. */
  readonly connection: Connection | null;
  readonly outbox: Outbox;
  /** Of all rooms, in the order of sending. */
  readonly pending: PendingView[];
  /** Stored by the hub a moment ago; the room's own channel shows them soon, until then the room takes them from here. */
  readonly stored: MessageView[];
  /** Ids of what she posted anonymously from this page: its views name nobody, not even to her. */
  readonly anonymous: string[];
  /** Unread mentions of her and replies to her, by room; rooms without any may be left out. */
  readonly mentions: Record<string, number>;
  /** Only forward, unless she marked the rest as unread. */
  read(roomId: string, readPosts: number, back?: boolean): void;
  /** The server rendered the list anew. */
  refresh(rooms: RoomSummaryView[]): void;
  /** Begins in the browser; the returned function ends it. */
  start(): () => void;
}

const KEEP_STORED = 20;
/** The list is asked for again within this time. */
const CHANGED_MS = 500;

export function createRoomsLive(
  accountId: string,
  initial: RoomSummaryView[],
  toHer: Record<string, number> = {},
): RoomsLive {
  let rooms = $state.raw(initial);
  let connection = $state.raw<Connection | null>(null);
  let pending = $state.raw<PendingView[]>([]);
  let stored = $state.raw<MessageView[]>([]);
  let anonymous = $state.raw<string[]>([]);
  let mentions = $state.raw(toHer);

  const outbox = createOutbox({
    accountId,
    store: deviceOutbox,
    post: async ({ roomId, clientId, text, extras }) =>
      connection ? connection.ask('message:post', { ...extras, roomId, clientId, text }) : null,
    changed: (entries) => (pending = entries),
    posted({ message }) {
      stored = [...stored, message].slice(-KEEP_STORED);
      if (message.author === null) anonymous = [...anonymous, message.id];
    },
    later: (run, ms) => void setTimeout(run, ms),
    now: () => Date.now(),
    newId: () => crypto.randomUUID(),
  });

  const change = (roomId: string, make: (room: RoomSummaryView) => Partial<RoomSummaryView>) => {
    rooms = rooms.map((room) => (room.roomId === roomId ? { ...room, ...make(room) } : room));
  };
  const read = (roomId: string, readPosts: number, back = false) =>
    change(roomId, (room) => ({ readPosts: back ? readPosts : Math.max(room.readPosts, readPosts) }));

  async function watch(link: Connection) {
    const answer = await link.ask('rooms:watch', {});
    if (answer?.ok) rooms = answer.data;
    const counted = await link.ask('mentions:counts', {});
    if (counted?.ok) mentions = counted.data;
  }

  function start(): () => void {
    const link = connect();
    connection = link;
    let changed: ReturnType<typeof setTimeout> | undefined;
    void claimDevice(accountId);
    void outbox.load();
    const ends = [
      link.on('rooms:activity', ({ roomId, posts, lastAt, here }) =>
        change(roomId, (room) => ({ posts: Math.max(posts, room.posts), lastAt: lastAt ?? room.lastAt, here })),
      ),
      link.on('room:read-at', ({ roomId, readPosts, back }) => read(roomId, readPosts, back)),
      link.on('mentions:count', ({ roomId, count }) => (mentions = { ...mentions, [roomId]: count })),
      link.on('rooms:changed', () => {
        // not everybody at the same moment
        clearTimeout(changed);
        changed = setTimeout(() => void watch(link), Math.random() * CHANGED_MS);
      }),
      link.onConnect(() => {
        void watch(link);
        outbox.connected();
      }),
      link.onDisconnect(() => outbox.disconnected()),
    ];
    return () => {
      outbox.disconnected();
      clearTimeout(changed);
      for (const end of ends) end();
      link.close();
      connection = null;
    };
  }

  return {
    accountId,
    get rooms() {
      return rooms;
    },
    get link() {
      return connection?.state ?? 'connecting';
    },
    get connection() {
      return connection;
    },
    outbox,
    get pending() {
      return pending;
    },
    get stored() {
      return stored;
    },
    get anonymous() {
      return anonymous;
    },
    get mentions() {
      return mentions;
    },
    read,
    refresh(next) {
      if (connection?.state !== 'online') rooms = next;
    },
    start,
  };
}

const KEY = Symbol('rooms live');
export const provideRoomsLive = (live: RoomsLive): RoomsLive => setContext(KEY, live);
export const useRoomsLive = (): RoomsLive => getContext<RoomsLive>(KEY);
