// Live state of one open room: messages, what is on its way, reading, typing, the half-written text. Commands, no markup.
import { untrack } from 'svelte';
import type { RoomsLive } from '#lib/features/rooms/rooms.live.svelte.ts';
import { createRoomChannel, type RoomChannel } from '#lib/realtime/channel.svelte.ts';
import { createDrafts } from '#lib/realtime/drafts.ts';
import type { PendingView } from '#lib/realtime/outbox.ts';
import type { MessageView, RoomChange, RoomJoinView } from '#shared/messages.ts';

export interface RoomLive {
  readonly channel: RoomChannel;
  readonly accountId: string;
  readonly messages: MessageView[];
  readonly pending: PendingView[];
  /** The unread line stands before the first message of others with a higher `post`; null: no line. */
  readonly lineAfter: number | null;
  /** Posts of the room she has not seen yet. */
  readonly unread: number;
  /** The newest message of somebody else, for those who listen instead of looking. */
  readonly heard: MessageView | null;
  text: string;
  /** The view tells whether the newest message can be seen. */
  atNewest: boolean;
  /** Clears the text only when it is safe. */
  send(): Promise<boolean>;
  typing(): void;
  remove(messageId: string): Promise<boolean>;
  start(): () => void;
}

/** ms between two signs of typing. */
const TYPING_EVERY = 2_000;

/** Call it while a component begins: its effects live as long as that. `typed`: what came back with a refused form. */
export function createRoomLive(all: RoomsLive, view: RoomJoinView, typed = ''): RoomLive {
  const { roomId } = view;
  const { accountId } = all;
  const channel = createRoomChannel(view);
  const drafts = createDrafts(accountId, roomId);
  let text = $state(typed);
  let atNewest = $state(true);
  let visible = $state(true);
  // no line for her first visit: everything would be new, and the newest is where talk is
  let lineAfter = $state<number | null>(view.readPosts > 0 && view.posts > view.readPosts ? view.readPosts : null);
  let heardId = $state<string | null>(null);
  let typedAt = 0;
  let marking = false;
  let saving = false;

  const messages = $derived.by(() => {
    const room = channel.room;
    const ahead = all.stored.filter((message) => message.roomId === roomId && message.seq > room.rev);
    return ahead.length > 0 ? [...room.messages, ...ahead] : room.messages;
  });
  /** Looked up, so that a removed text is not kept here. */
  const heard = $derived(messages.findLast((message) => message.id === heardId) ?? null);
  const pending = $derived.by(() => {
    const waiting = all.pending.filter((entry) => entry.roomId === roomId);
    if (waiting.length === 0) return waiting;
    const own = messages.filter((message) => message.author?.id === accountId).map((message) => message.clientId);
    return waiting.filter((entry) => !own.includes(entry.clientId));
  });

  /** Away or scrolled up: what comes from now on is new to her. Back with nothing new: no line. */
  function attention() {
    const { posts } = channel.room;
    if (visible && atNewest) {
      if (lineAfter === posts) lineAfter = null;
    } else if (channel.readPosts >= posts) lineAfter = posts;
  }

  function news(changes: RoomChange[]) {
    for (const change of changes) {
      if (change.kind !== 'posted') continue;
      if (change.message.author?.id === accountId) all.outbox.seen(change.message.clientId);
      else heardId = change.message.id;
    }
  }

  function markRead() {
    const link = all.connection;
    const { posts } = channel.room;
    if (marking || !link || !visible || !atNewest || posts <= channel.readPosts) return;
    marking = true;
    void link.ask('room:read', { roomId, posts }).then((answer) => {
      marking = false;
      if (!answer?.ok) return;
      channel.read(answer.data.readPosts);
      all.read(roomId, answer.data.readPosts);
      if (answer.data.readPosts >= posts) markRead(); // what came while this was on its way
    });
  }

  async function send(): Promise<boolean> {
    const sent = text;
    if (saving || sent.trim() === '') return false;
    saving = true;
    const safe = await all.outbox.add(roomId, sent.trim());
    saving = false;
    if (!safe) return false;
    text = text.startsWith(sent) ? text.slice(sent.length) : text;
    drafts.save(text);
    lineAfter = null;
    return true;
  }

  function start(): () => void {
    const seen = () => {
      visible = document.visibilityState === 'visible';
      attention();
      markRead();
    };
    seen();
    document.addEventListener('visibilitychange', seen);
    void drafts.load().then((kept) => {
      if (text === '') text = kept;
    });
    return () => document.removeEventListener('visibilitychange', seen);
  }

  $effect(() => {
    const link = all.connection;
    return link ? untrack(() => channel.open(link, news)) : undefined;
  });
  $effect(() => {
    if (all.link === 'online' && channel.room.posts > channel.readPosts) untrack(markRead);
  });

  return {
    channel,
    accountId,
    get messages() {
      return messages;
    },
    get pending() {
      return pending;
    },
    get lineAfter() {
      return lineAfter;
    },
    get unread() {
      return Math.max(0, channel.room.posts - channel.readPosts);
    },
    get heard() {
      return heard;
    },
    get text() {
      return text;
    },
    set text(next) {
      text = next;
      drafts.save(next);
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
    send,
    typing() {
      const now = Date.now();
      if (now - typedAt < TYPING_EVERY) return;
      typedAt = now;
      all.connection?.typing(roomId);
    },
    async remove(messageId) {
      return (await all.connection?.ask('message:remove', { roomId, messageId }))?.ok ?? false;
    },
    start,
  };
}
