// Her place in an open room: what counts as read, the line before the unread part, "mark as unread". For room.live.svelte.ts.
import { untrack } from 'svelte';
import type { RoomsLive } from '#lib/features/rooms/rooms.live.svelte.ts';
import type { RoomChannel } from '#lib/realtime/channel.svelte.ts';
import type { RoomJoinView } from '#shared/messages.ts';

export interface Position {
  /** The unread line stands before the first message of others with a higher `post`; null: no line. */
  lineAfter: number | null;
  /** The view tells whether the newest message can be seen. */
  atNewest: boolean;
  /** She marked as unread what comes after so many posts, here or on another device: it stays so until she goes on. */
  keptUnread(readPosts: number): void;
  /** She goes on: what she sees counts as read again. */
  goOn(): void;
  /** The view says at which seq she reads, away from the newest. */
  reading: () => number | null;
  start(): () => void;
}

/** Call it while a component begins. `inThread`: a thread has no position of its own. */
export function createPosition(all: RoomsLive, channel: RoomChannel, view: RoomJoinView, inThread: boolean): Position {
  const { roomId } = view;
  // no line for her first visit: everything would be new, and the newest is where talk is
  let lineAfter = $state<number | null>(
    !inThread && view.readPosts > 0 && view.posts > view.readPosts ? view.readPosts : null,
  );
  let atNewest = $state(!channel.room.hasNewer);
  let visible = $state(true);
  let kept = false;
  let marking = false;

  /** Away or scrolled up: what comes from now on is new to her. Back with nothing new: no line. */
  function attention() {
    if (inThread || kept) return;
    const { posts } = channel.room;
    if (visible && atNewest) {
      if (lineAfter === posts) lineAfter = null;
    } else if (channel.readPosts >= posts) lineAfter = posts;
  }

  function markRead() {
    const link = all.connection;
    const { posts } = channel.room;
    if (inThread || kept || marking || !link || !visible || !atNewest || posts <= channel.readPosts) return;
    marking = true;
    void link.ask('room:read', { roomId, posts }).then((answer) => {
      marking = false;
      if (!answer?.ok || kept) return;
      channel.read(answer.data.readPosts);
      all.read(roomId, answer.data.readPosts);
      if (answer.data.readPosts >= posts) markRead(); // what came while this was on its way
    });
  }

  function keptUnread(readPosts: number) {
    kept = true;
    lineAfter = readPosts;
  }

  $effect(() => {
    if (all.link === 'online' && channel.room.posts > channel.readPosts) untrack(markRead);
  });

  return {
    get lineAfter() {
      return lineAfter;
    },
    set lineAfter(next) {
      lineAfter = next;
    },
    get atNewest() {
      return atNewest;
    },
    set atNewest(next) {
      if (next === atNewest) return;
      atNewest = next;
      attention();
      markRead();
    },
    reading: () => null,
    keptUnread,
    goOn() {
      kept = false;
      markRead();
    },
    start() {
      const seen = () => {
        visible = document.visibilityState === 'visible';
        attention();
        markRead();
      };
      seen();
      document.addEventListener('visibilitychange', seen);
      return () => document.removeEventListener('visibilitychange', seen);
    },
  };
}
