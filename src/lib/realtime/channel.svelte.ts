// One room's live channel as runes: join, snapshot, events, join again. For features/messages/room.live.svelte.ts.
import type { Connection } from './connection.svelte.ts';
import { createRoomSync } from './room-sync.ts';
import type { RoomChange, RoomJoinView } from '#shared/messages.ts';
import { applyJoin, emptyRoom, type RoomState } from '#shared/messages.reduce.ts';
import type { RoomPresenceView } from '#shared/rooms.ts';

export interface RoomChannel {
  readonly room: RoomState;
  readonly presence: RoomPresenceView | null;
  readonly abilities: RoomJoinView['abilities'];
  readonly readPosts: number;
  /** The hub took this room away from her, or it is gone. */
  readonly refused: string | null;
  /** Only forward. */
  read(posts: number): void;
  loadOlder(): Promise<'loaded' | 'failed' | 'dropped'>;
  /** Begins to listen; the returned function leaves the room. */
  open(connection: Connection, news: (changes: RoomChange[]) => void): () => void;
}

/** Starts from what the server rendered, so it also serves rendering on the server. */
export function createRoomChannel(view: RoomJoinView): RoomChannel {
  const { roomId } = view;
  let room = $state.raw<RoomState>(applyJoin(emptyRoom(), view));
  let presence = $state.raw<RoomPresenceView | null>(null);
  let abilities = $state.raw(view.abilities);
  let readPosts = $state(view.readPosts);
  let refused = $state<string | null>(null);
  let older: () => Promise<'loaded' | 'failed' | 'dropped'> = () => Promise.resolve('dropped');

  const read = (posts: number) => {
    if (posts > readPosts) readPosts = posts;
  };

  function open(connection: Connection, news: (changes: RoomChange[]) => void): () => void {
    const sync = createRoomSync(room, {
      join: (since) => connection.ask('room:join', { roomId, since }),
      history: (before) => connection.ask('room:history', { roomId, before }),
      changed(next, changes) {
        room = next;
        if (changes.length > 0) news(changes);
      },
      joined(joinView) {
        abilities = joinView.abilities;
        refused = null;
        read(joinView.readPosts);
      },
      refused(code) {
        refused = code;
      },
      later(run, ms) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    older = () => sync.loadOlder();
    const mine = <Event extends { roomId: string }>(run: (event: Event) => void) => {
      return (event: Event) => {
        if (event.roomId === roomId) run(event);
      };
    };
    const ends = [
      connection.on(
        'room:changes',
        mine((changes) => sync.envelope(changes)),
      ),
      connection.on(
        'room:at',
        mine(({ rev }) => sync.at(rev)),
      ),
      connection.on(
        'room:resync',
        mine(() => sync.resync()),
      ),
      connection.on(
        'room:read-at',
        mine((at) => read(at.readPosts)),
      ),
      connection.on(
        'room:presence',
        mine((next) => {
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
      void connection.ask('room:leave', { roomId });
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
    get readPosts() {
      return readPosts;
    },
    get refused() {
      return refused;
    },
    read,
    loadOlder: () => older(),
    open,
  };
}
