// Reading a room: join, history, ranges of its log. Imported by the messages service, which has parsed the input.
import { newcomerReadPosts } from '../rooms/rooms.service.ts';
import type { HistoryPage, RoomChange, RoomChanges, RoomJoinView } from '#shared/messages.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { RoomHead, RoomsRepository } from '../rooms/rooms.repository.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import type { LogStore } from './messages.log-store.ts';
import type { MessagesRepository } from './messages.repository.ts';
import type { createMessageViews } from './messages.views.ts';

interface ReaderParts {
  store: Pick<LogStore, 'range'>;
  messages: Pick<MessagesRepository, 'pageBefore'>;
  rooms: Pick<RoomsRepository, 'head' | 'readPosts' | 'readUpTo'>;
  roomsService: Pick<RoomsService, 'authorise' | 'abilities'>;
  views: Pick<ReturnType<typeof createMessageViews>, 'messages' | 'changes' | 'envelope'>;
  limits: { historyPage: number; catchUpChanges: number };
}

const nothing = { reactions: {}, anonymous: [], saved: [] };

export function createReader({ store, messages, rooms, roomsService, views, limits }: ReaderParts) {
  async function page(roomId: string, before: number | null): Promise<HistoryPage> {
    const found = await messages.pageBefore(roomId, before, limits.historyPage + 1);
    const hasOlder = found.length > limits.historyPage;
    return { messages: await views.messages(hasOlder ? found.slice(1) : found), hasOlder, mine: nothing };
  }

  /** The changes after `since`, or null when the newest page is the better or the only answer. */
  async function missed(roomId: string, head: RoomHead, since: number | null): Promise<RoomChange[] | null> {
    if (since === null || since > head.rev || head.rev - since > limits.catchUpChanges) return null;
    if (since === head.rev) return [];
    const entries = await store.range(roomId, since + 1, head.rev);
    return entries.length === head.rev - since ? views.changes(entries) : null;
  }

  return {
    /** Reads the room's rev before the messages: so the answer may hold more than `rev`, never less. */
    async join(actor: Actor, input: { roomId: string; since?: number | null | undefined }): Promise<RoomJoinView> {
      const { roomId, since = null } = input;
      const room = await roomsService.authorise(actor, roomId);
      const [known, head] = await Promise.all([rooms.readPosts(roomId, actor.id), rooms.head(roomId)]);
      if (!head) throw new AppError('not-found');
      const position = known ?? (await rooms.readUpTo(roomId, actor.id, newcomerReadPosts(head.posts))).readPosts;
      const changes = await missed(roomId, head, since);
      const common = {
        roomId,
        rev: head.rev,
        posts: head.posts,
        readPosts: Math.min(position, head.posts), // she may be reading on another device right now
        purgedBelow: head.purgedBelow,
        pins: [],
        mine: nothing,
        abilities: roomsService.abilities(actor, room),
      };
      return changes
        ? { ...common, kind: 'changes', changes }
        : { ...common, kind: 'snapshot', page: await page(roomId, null) };
    },

    async history(actor: Actor, input: { roomId: string; before?: number | null | undefined }): Promise<HistoryPage> {
      await roomsService.authorise(actor, input.roomId);
      return page(input.roomId, input.before ?? null);
    },

    async changesBetween(roomId: string, from: number, to: number): Promise<RoomChanges> {
      const entries = await store.range(roomId, from, to);
      if (entries.length !== to - from + 1) throw new AppError('not-found');
      return views.envelope(roomId, from, to, entries);
    },
  };
}
