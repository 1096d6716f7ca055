// Reading a room: join, history, threads, ranges of its log. Imported by the messages service, which has parsed the input.
import type * as v from 'valibot';
import { newcomerReadPosts } from '../rooms/newcomer.ts';
import type { HistoryPage, historySchema, RoomChanges, RoomJoinView, ThreadView } from '#shared/messages.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { RoomHead, RoomsRepository } from '../rooms/rooms.repository.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import type { LogEntry, Message } from './messages.entities.ts';
import type { LogStore } from './messages.log-store.ts';
import { mineOf } from './messages.reactors.ts';
import type { MessagesRepository } from './messages.repository.ts';
import type { SideRepository } from './messages.side.repository.ts';
import type { createMessageViews } from './messages.views.ts';

interface ReaderParts {
  store: Pick<LogStore, 'range'>;
  messages: Pick<MessagesRepository, 'pageBefore' | 'pageAfter' | 'pinned' | 'byId' | 'byIds'>;
  side: Pick<SideRepository, 'savedAmong'>;
  rooms: Pick<RoomsRepository, 'head' | 'readPosts' | 'readUpTo'>;
  roomsService: Pick<RoomsService, 'authorise' | 'abilities'>;
  views: Pick<ReturnType<typeof createMessageViews>, 'messages' | 'changes' | 'envelope'>;
  limits: { historyPage: number; catchUpChanges: number };
  editMinutes: () => Promise<number>;
}

export function createReader({ store, messages, side, rooms, roomsService, views, limits, editMinutes }: ReaderParts) {
  async function mine(actor: Actor, list: readonly Message[]) {
    const ids = list.map((message) => message.id);
    return mineOf(list, actor.id, await side.savedAmong(actor.id, ids));
  }

  async function older(roomId: string, before: number | null, size: number, threadId: string | null = null) {
    const found = await messages.pageBefore(roomId, before, size + 1, threadId);
    const hasOlder = found.length > size;
    return { list: hasOlder ? found.slice(1) : found, hasOlder };
  }
  async function newer(roomId: string, after: number, size: number) {
    const found = await messages.pageAfter(roomId, after, size + 1);
    return { list: found.slice(0, size), hasNewer: found.length > size };
  }
  async function pageOf(
    actor: Actor,
    { list, hasOlder, hasNewer }: { list: Message[]; hasOlder: boolean; hasNewer: boolean },
  ): Promise<HistoryPage> {
    const [shown, own] = await Promise.all([views.messages(list), mine(actor, list)]);
    return { messages: shown, hasOlder, hasNewer, mine: own };
  }
  async function page(
    actor: Actor,
    roomId: string,
    before: number | null,
    threadId: string | null = null,
  ): Promise<HistoryPage> {
    const found = await older(roomId, before, limits.historyPage, threadId);
    return pageOf(actor, { ...found, hasNewer: before !== null });
  }
  async function around(actor: Actor, roomId: string, seq: number): Promise<HistoryPage> {
    const half = Math.ceil(limits.historyPage / 2);
    const [upTo, after] = await Promise.all([older(roomId, seq + 1, half), newer(roomId, seq, half)]);
    return pageOf(actor, { ...upTo, ...after, list: [...upTo.list, ...after.list] });
  }

  /** The entries after `since`, or null when the newest page is the better or the only answer. */
  async function missed(roomId: string, head: RoomHead, since: number | null): Promise<LogEntry[] | null> {
    if (since === null || since > head.rev || head.rev - since > limits.catchUpChanges) return null;
    if (since === head.rev) return [];
    const entries = await store.range(roomId, since + 1, head.rev);
    return entries.length === head.rev - since ? entries : null;
  }

  async function caughtUp(actor: Actor, entries: LogEntry[]) {
    const told = entries.flatMap(({ kind, messageId }) => (kind === 'posted' || kind === 'reacted' ? [messageId] : []));
    const touched = told.length > 0 ? await messages.byIds([...new Set(told)]) : [];
    const [changes, own] = await Promise.all([views.changes(entries), mine(actor, touched)]);
    return { kind: 'changes' as const, changes, mine: own };
  }

  async function snapshot(actor: Actor, roomId: string) {
    const newest = await page(actor, roomId, null);
    return { kind: 'snapshot' as const, page: newest, mine: newest.mine };
  }

  return {
    /** Reads the room's rev before the messages: so the answer may hold more than `rev`, never less. */
    async join(actor: Actor, input: { roomId: string; since?: number | null | undefined }): Promise<RoomJoinView> {
      const { roomId, since = null } = input;
      const room = await roomsService.authorise(actor, roomId);
      const [known, head] = await Promise.all([rooms.readPosts(roomId, actor.id), rooms.head(roomId)]);
      if (!head) throw new AppError('not-found');
      const position = known ?? (await rooms.readUpTo(roomId, actor.id, newcomerReadPosts(head.posts))).readPosts;
      const entries = await missed(roomId, head, since);
      const pinned = await messages.pinned(roomId);
      const common = {
        roomId,
        viewerId: actor.id,
        rev: head.rev,
        posts: head.posts,
        readPosts: Math.min(position, head.posts), // she may be reading on another device right now
        purgedBelow: head.purgedBelow,
        pins: pinned.map((message) => message.id),
        abilities: roomsService.abilities(actor, room),
        editMinutes: await editMinutes(),
      };
      return { ...common, ...(entries ? await caughtUp(actor, entries) : await snapshot(actor, roomId)) };
    },

    async history(actor: Actor, input: v.InferOutput<typeof historySchema>): Promise<HistoryPage> {
      const { roomId, before, after, around: middle } = input;
      await roomsService.authorise(actor, roomId);
      if (middle) return around(actor, roomId, middle);
      if (!after) return page(actor, roomId, before ?? null);
      return pageOf(actor, { ...(await newer(roomId, after, limits.historyPage)), hasOlder: true });
    },

    /** Reads the room's rev first, like a join. Raises 'not-found' for what is no root of this room. */
    async thread(
      actor: Actor,
      input: { roomId: string; rootId: string; before?: number | null | undefined },
    ): Promise<ThreadView> {
      const { roomId, rootId, before = null } = input;
      await roomsService.authorise(actor, roomId);
      const head = await rooms.head(roomId);
      const root = await messages.byId(roomId, rootId);
      if (!head || !root || root.threadId !== null) throw new AppError('not-found');
      const [[shown], own, replies] = await Promise.all([
        views.messages([root]),
        mine(actor, [root]),
        page(actor, roomId, before, rootId),
      ]);
      if (!shown) throw new AppError('not-found');
      const { reactions, anonymous, saved } = replies.mine;
      const both = {
        reactions: { ...own.reactions, ...reactions },
        anonymous: [...own.anonymous, ...anonymous],
        saved: [...own.saved, ...saved],
      };
      return { roomId, rev: head.rev, root: shown, page: { ...replies, mine: both } };
    },

    async changesBetween(roomId: string, from: number, to: number): Promise<RoomChanges> {
      const entries = await store.range(roomId, from, to);
      if (entries.length !== to - from + 1) throw new AppError('not-found');
      return views.envelope(roomId, from, to, entries);
    },
  };
}
