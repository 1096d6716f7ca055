// The newest activity of each room for the room list: small state, sent whole, at most five times a second. Realtime only.
import type { RoomActivityView, RoomSummaryView } from '#shared/rooms.ts';
import type { RoomChanges } from '#shared/messages.ts';
import type { Hub } from '../hub.ts';
import type { Apart } from './apart.ts';
import { lobbyChannel } from './channels.ts';
import { createThrottle } from './throttle.ts';

export interface Activity {
  /** What the list read from the database; the newer of both is kept and returned. */
  learn(summary: RoomSummaryView, userId: string): RoomSummaryView;
  changed(changes: RoomChanges): void;
  /** The number of people here changed. */
  touch(roomId: string): void;
  stop(): void;
}

const EVERY_MS = 200;

export function createActivity(apart: Apart, { presence, blocks }: Pick<Hub, 'presence' | 'blocks'>): Activity {
  const hereFor = (roomId: string, userId: string): number =>
    presence.view(roomId, (id) => blocks.apart(userId, id)).here;
  const known = new Map<string, { posts: number; lastAt: string | null }>();
  const throttle = createThrottle((roomId) => {
    const state = known.get(roomId);
    if (!state) return; // nobody has asked for the list yet
    const activity: RoomActivityView = { roomId, ...state, here: presence.here(roomId) };
    const own = (userId: string): RoomActivityView => ({ ...activity, here: hereFor(roomId, userId) });
    apart.send(lobbyChannel(roomId), 'rooms:activity', activity, { shed: true, own });
  });

  function raise(roomId: string, posts: number, lastAt: string | null): void {
    const state = known.get(roomId);
    if (!state || posts > state.posts) known.set(roomId, { posts, lastAt });
  }

  return {
    learn(summary, userId) {
      // her numbers are her own, and newer than what everybody gets
      if (blocks.pairOf(userId)) return { ...summary, here: hereFor(summary.roomId, userId) };
      raise(summary.roomId, summary.posts, summary.lastAt);
      const state = known.get(summary.roomId);
      return { ...summary, ...state, here: presence.here(summary.roomId) };
    },
    changed({ roomId, posts, changes }) {
      const newest = changes.findLast((change) => change.kind === 'posted');
      if (newest?.kind !== 'posted') return;
      raise(roomId, posts, newest.message.at);
      throttle.touch(roomId, EVERY_MS);
    },
    touch: (roomId) => throttle.touch(roomId, EVERY_MS),
    stop: () => throttle.stop(),
  };
}
