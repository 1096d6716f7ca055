// Live state of one open room: messages, what is on its way, reading, typing, the half-written text. Commands, no markup.
import { untrack } from 'svelte';
import type { RoomsLive } from '#lib/features/rooms/rooms.live.svelte.ts';
import { createRoomChannel, type RoomChannel } from '#lib/realtime/channel.svelte.ts';
import { createDrafts } from '#lib/realtime/drafts.ts';
import type { PendingView, PostExtras } from '#lib/realtime/outbox.ts';
import type { MessageView, RoomChange, RoomJoinView, ThreadView } from '#shared/messages.ts';
import type { Reaction } from '#shared/reactions.ts';
import { createThread } from './thread.svelte.ts';

export interface RoomLive {
  readonly channel: RoomChannel;
  readonly accountId: string;
  readonly roomId: string;
  /** The root of the thread that is open; null: the room itself. */
  readonly threadId: string | null;
  readonly messages: MessageView[];
  readonly hasOlder: boolean;
  readonly pending: PendingView[];
  /** The unread line stands before the first message of others with a higher `post`; null: no line. */
  readonly lineAfter: number | null;
  /** Posts of the room she has not seen yet. */
  readonly unread: number;
  /** The newest message of somebody else, for those who listen instead of looking. */
  readonly heard: MessageView | null;
  text: string;
  /** What her next message answers. */
  replying: MessageView | null;
  /** The view tells whether the newest message can be seen. */
  atNewest: boolean;
  /** Clears text and reply only when it is safe. Words may be missing where there are attachments. */
  send(extras?: PostExtras): Promise<boolean>;
  loadOlder(): Promise<'loaded' | 'failed' | 'dropped'>;
  own(message: MessageView): boolean;
  typing(): void;
  remove(messageId: string): Promise<boolean>;
  /** Gives a reaction, or takes it back. */
  react(message: MessageView, reaction: Reaction): Promise<void>;
  start(): () => void;
}

/** ms between two signs of typing. */
const TYPING_EVERY = 2_000;

/**
 * Call it while a component begins: its effects live as long as that. `typed`: what came back with a refused form.
 * `opened`: a thread of the room, instead of the room itself.
 */
export function createRoomLive(
  all: RoomsLive,
  view: RoomJoinView,
  typed = '',
  opened: ThreadView | null = null,
): RoomLive {
  const { roomId } = view;
  const accountId = view.viewerId;
  const channel = createRoomChannel(view);
  const threadId = opened?.root.id ?? null;
  const thread = opened && createThread(opened, channel.merge);
  if (opened) channel.merge(opened.page.mine);
  const drafts = createDrafts(accountId, threadId === null ? roomId : `${roomId}/${threadId}`);
  let text = $state(typed);
  let replying = $state.raw<MessageView | null>(null);
  let atNewest = $state(true);
  let visible = $state(true);
  // no line for her first visit: everything would be new, and the newest is where talk is
  let lineAfter = $state<number | null>(
    !thread && view.readPosts > 0 && view.posts > view.readPosts ? view.readPosts : null,
  );
  let heardId = $state<string | null>(null);
  let typedAt = 0;
  let marking = false;
  let saving = false;

  const messages = $derived.by(() => {
    const { rev, messages: known } = thread ?? channel.room;
    const ahead = all.stored.filter((one) => one.roomId === roomId && one.threadId === threadId && one.seq > rev);
    return ahead.length > 0 ? [...known, ...ahead] : known;
  });
  /** Looked up, so that a removed text is not kept here. */
  const heard = $derived(messages.findLast((message) => message.id === heardId) ?? null);
  const pending = $derived.by(() => {
    const waiting = all.pending.filter(
      (entry) => entry.roomId === roomId && (entry.extras?.threadId ?? null) === threadId,
    );
    if (waiting.length === 0) return waiting;
    const own = messages.map((message) => message.clientId);
    return waiting.filter((entry) => !own.includes(entry.clientId));
  });

  /** Away or scrolled up: what comes from now on is new to her. Back with nothing new: no line. */
  function attention() {
    if (thread) return;
    const { posts } = channel.room;
    if (visible && atNewest) {
      if (lineAfter === posts) lineAfter = null;
    } else if (channel.readPosts >= posts) lineAfter = posts;
  }

  const own = ({ id, author }: MessageView): boolean =>
    author?.id === accountId ||
    (author === null && (channel.mine.anonymous.includes(id) || all.anonymous.includes(id)));

  function news(changes: RoomChange[]) {
    thread?.news(changes);
    for (const change of changes) {
      if (change.kind !== 'posted') continue;
      const { message } = change;
      const mine = own(message) || all.pending.some(({ clientId }) => clientId === message.clientId);
      if (mine) all.outbox.seen(message.clientId);
      else if (message.threadId === threadId) heardId = message.id;
    }
  }

  function markRead() {
    const link = all.connection;
    const { posts } = channel.room;
    if (thread || marking || !link || !visible || !atNewest || posts <= channel.readPosts) return;
    marking = true;
    void link.ask('room:read', { roomId, posts }).then((answer) => {
      marking = false;
      if (!answer?.ok) return;
      channel.read(answer.data.readPosts);
      all.read(roomId, answer.data.readPosts);
      if (answer.data.readPosts >= posts) markRead(); // what came while this was on its way
    });
  }

  async function send(extras: PostExtras = {}): Promise<boolean> {
    const sent = text;
    const answered = replying;
    if (saving || (sent.trim() === '' && !extras.attachments?.length)) return false;
    saving = true;
    const more: PostExtras = {
      ...(answered ? { replyTo: answered.id } : {}),
      ...(threadId === null ? {} : { threadId }),
      ...extras,
    };
    const safe = await all.outbox.add(roomId, sent.trim(), Object.keys(more).length > 0 ? more : undefined);
    saving = false;
    if (!safe) return false;
    text = text.startsWith(sent) ? text.slice(sent.length) : text;
    drafts.save(text);
    if (replying === answered) replying = null;
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
    return link ? untrack(() => channel.open(link, news, () => thread?.reset(link))) : undefined;
  });
  $effect(() => {
    if (all.link === 'online' && channel.room.posts > channel.readPosts) untrack(markRead);
  });

  return {
    channel,
    accountId,
    roomId,
    threadId,
    own,
    get hasOlder() {
      return thread ? thread.hasOlder : channel.room.hasOlder;
    },
    loadOlder: () => (thread ? thread.loadOlder(all.connection) : channel.loadOlder()),
    get replying() {
      return replying;
    },
    set replying(next) {
      replying = next;
    },
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
    async react({ id }, reaction) {
      const on = !(channel.mine.reactions[id] ?? []).includes(reaction);
      const answer = await all.connection?.ask('message:react', { roomId, messageId: id, reaction, on });
      if (answer?.ok) channel.reacted(id, reaction, on);
    },
    async remove(messageId) {
      return (await all.connection?.ask('message:remove', { roomId, messageId }))?.ok ?? false;
    },
    start,
  };
}
