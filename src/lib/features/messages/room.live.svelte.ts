// Live state of one open room: messages, what is on its way, reading, typing, the half-written text. Commands, no markup.
import { untrack } from 'svelte';
import type { RoomsLive } from '#lib/features/rooms/rooms.live.svelte.ts';
import { createRoomChannel, type RoomChannel } from '#lib/realtime/channel.svelte.ts';
import type { Loaded } from '#lib/realtime/room-sync.ts';
import { createDrafts } from '#lib/realtime/drafts.ts';
import type { PendingView, PostExtras } from '#lib/realtime/outbox.ts';
import type { HistoryPage, MessageView, RoomChange, RoomJoinView, ThreadView } from '#shared/messages.ts';
import { applyChange } from '#shared/messages.reduce.ts';
import type { Reaction } from '#shared/reactions.ts';
import type { ThreadMaker } from './beside/thread.svelte.ts';
import { createPosition, type Position } from './position.svelte.ts';

export interface RoomLive {
  readonly channel: RoomChannel;
  readonly accountId: string;
  readonly roomId: string;
  /** The root of the thread that is open; null: the room itself. */
  readonly threadId: string | null;
  readonly messages: MessageView[];
  readonly hasOlder: boolean;
  readonly pending: PendingView[];
  readonly position: Position;
  /** Posts of the room she has not seen yet. */
  readonly unread: number;
  /** The newest message of somebody else, for those who listen instead of looking. */
  readonly heard: MessageView | null;
  text: string;
  /** What her next message answers. */
  replying: MessageView | null;
  /** Takes these words out of `text`, and the reply, only when it is safe. Words may be missing where there are attachments. */
  send(text: string, extras?: PostExtras): Promise<boolean>;
  loadOlder(): Promise<Loaded>;
  own(message: MessageView): boolean;
  typing(): void;
  remove(messageId: string): Promise<boolean>;
  /** Gives a reaction, or takes it back. */
  react(message: MessageView, reaction: Reaction): Promise<void>;
  start(): () => void;
}

interface Opened {
  typed?: string | undefined;
  thread?: ThreadView | null;
  createThread?: ThreadMaker | undefined;
  part?: HistoryPage | null;
}

/** ms between two signs of typing. */
const TYPING_EVERY = 2_000;

/**
 * Call it while a component begins: its effects live as long as that. `typed`: what came back with a refused form.
 * `thread`: one of the room, instead of the room itself, with what follows its changes. `part`: another part of the room
 * than its newest page.
 */
export function createRoomLive(
  all: RoomsLive,
  view: RoomJoinView,
  { typed = '', thread: opened = null, createThread, part = null }: Opened = {},
): RoomLive {
  const { roomId } = view;
  const accountId = view.viewerId;
  const channel = createRoomChannel(view, part);
  const threadId = opened?.root.id ?? null;
  const thread = (opened && createThread?.(opened, channel.merge, all)) ?? null;
  if (opened) channel.merge(opened.page.mine);
  const drafts = createDrafts(accountId, threadId === null ? roomId : `${roomId}/${threadId}`);
  let text = $state(typed);
  let replying = $state.raw<MessageView | null>(null);
  /** The newest message of somebody else, and what happens to it: a removed text is not kept here. */
  let heard = $state.raw<MessageView[]>([]);
  let typedAt = 0;
  const position = createPosition(all, channel, view, opened !== null);

  const messages = $derived.by(() => {
    const { rev, messages: known } = thread ?? channel.room;
    if (channel.room.hasNewer) return known;
    const ahead = all.stored.filter((one) => one.roomId === roomId && one.threadId === threadId && one.seq > rev);
    return ahead.length > 0 ? [...known, ...ahead] : known;
  });
  const pending = $derived.by(() => {
    const waiting = all.pending.filter(
      (entry) => entry.roomId === roomId && (entry.extras?.threadId ?? null) === threadId,
    );
    if (waiting.length === 0) return waiting;
    const own = messages.map((message) => message.clientId);
    return waiting.filter((entry) => !own.includes(entry.clientId));
  });

  const own = ({ id, author }: MessageView): boolean =>
    author?.id === accountId ||
    (author === null && (channel.mine.anonymous.includes(id) || all.anonymous.includes(id)));

  function news(changes: RoomChange[]) {
    thread?.news(changes);
    for (const change of changes) {
      if (change.kind !== 'posted') {
        heard = applyChange(heard, change);
        continue;
      }
      const { message } = change;
      const mine = own(message) || all.pending.some(({ clientId }) => clientId === message.clientId);
      if (mine) all.outbox.seen(message.clientId);
      else if (message.threadId === threadId) heard = [message];
    }
  }

  async function send(sent: string, extras: PostExtras = {}): Promise<boolean> {
    const answered = replying;
    if (sent === '' && !extras.attachments?.length) return false;
    const more: PostExtras = {
      ...(answered ? { replyTo: answered.id } : {}),
      ...(threadId === null ? {} : { threadId }),
      ...extras,
    };
    const safe = await all.outbox.add(roomId, sent, Object.keys(more).length > 0 ? more : undefined);
    if (!safe) return false;
    // what she typed meanwhile stays
    const now = text.trimStart();
    text = now.startsWith(sent) ? now.slice(sent.length) : text;
    if (text.trim() === '') text = '';
    drafts.save(text);
    if (replying === answered) replying = null;
    position.lineAfter = null;
    return true;
  }

  function start(): () => void {
    void drafts.load().then((kept) => {
      if (text === '') text = kept;
    });
    return position.start();
  }

  $effect(() => {
    const link = all.connection;
    const listener = {
      ...{ news, unread: position.keptUnread, reading: () => position.reading() },
      reset: () => link && thread?.reset(link),
    };
    return link ? untrack(() => channel.open(link, listener)) : undefined;
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
    position,
    get unread() {
      return Math.max(0, channel.room.posts - channel.readPosts);
    },
    get heard() {
      return heard[0] ?? null;
    },
    get text() {
      return text;
    },
    set text(next) {
      text = next;
      drafts.save(next);
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
