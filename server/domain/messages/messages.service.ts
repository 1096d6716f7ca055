// Messages: post, remove, join, history, and what the publisher needs. Imported by the hub; doors call it with (actor, input).
import { LIMITS } from '#shared/limits.ts';
import {
  historySchema,
  postMessageSchema,
  removeMessageSchema,
  type HistoryPage,
  type PostedView,
  type RoomChanges,
  type RoomJoinView,
} from '#shared/messages.ts';
import { joinRoomSchema } from '#shared/rooms.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { createTokenBucket } from '../kernel/token-bucket.ts';
import type { RoomsRepository } from '../rooms/rooms.repository.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import { hashText } from './messages.entities.ts';
import type { MessageEvents } from './messages.events.ts';
import { createLanes } from './messages.lanes.ts';
import type { LogStore } from './messages.log-store.ts';
import { createRoomLog } from './messages.log.ts';
import { canPost, canRemove, removesAs } from './messages.policy.ts';
import { createProjection } from './messages.projection.ts';
import { createReader } from './messages.reader.ts';
import type { MessagesRepository } from './messages.repository.ts';
import { createMessageViews, type PersonViews } from './messages.views.ts';

export interface MessagesService {
  /**
   * Stores a message once per author and clientId, for all time; a retry is answered with what is stored. Raises
   * 'message.id-reused' for the same id with another text or room, 'rate.limited' (params: seconds), 'unavailable' when
   * it is unknown whether it is stored: try again with the same clientId.
   */
  post(actor: Actor, input: unknown): Promise<PostedView>;
  /** Leaves a stone without text; answers its rev. The author, or a moderator and above. Removing twice is no error. */
  remove(actor: Actor, input: unknown): Promise<{ rev: number }>;
  /** What a client needs to be up to date; the caller has subscribed before calling. */
  join(actor: Actor, input: unknown): Promise<RoomJoinView>;
  history(actor: Actor, input: unknown): Promise<HistoryPage>;
  /** The envelope for revs `from` to `to`. Raises 'not-found' when the log does not hold all of them any more. */
  changesBetween(roomId: string, from: number, to: number): Promise<RoomChanges>;
  /** The rev up to which each room may be published; brings up to date what a dead process left. */
  heads(roomIds: string[]): Promise<Map<string, number>>;
  /** At start: projects what a crash left, in every room. */
  recover(): Promise<void>;
  /** Resolves when every lane is at rest. */
  flush(): Promise<void>;
}

export interface MessageLimits {
  historyPage: number;
  catchUpChanges: number;
  posting: { burst: number; perSecond: number };
}

export interface MessagesServiceParts {
  messages: MessagesRepository;
  store: LogStore;
  rooms: RoomsRepository;
  roomsService: Pick<RoomsService, 'authorise' | 'abilities'>;
  personViews: PersonViews;
  bus: EventBus<MessageEvents & { 'user.changed': { userId: string } }>;
  clock: Clock;
  log: Logger;
  limits?: Partial<MessageLimits>;
  /** How long a command looks for a database that went away, before it is 'unavailable'. */
  patienceMs?: number;
}

export function createMessagesService(parts: MessagesServiceParts): MessagesService {
  const { messages, store, rooms, roomsService, bus, clock, log } = parts;
  const limits: MessageLimits = { ...LIMITS, ...parts.limits };
  const views = createMessageViews({ personViews: parts.personViews, clock });
  const posting = createTokenBucket(limits.posting, clock);
  const patience = parts.patienceMs === undefined ? {} : { patienceMs: parts.patienceMs };
  const lanes = createLanes(
    {
      store,
      messages,
      rooms,
      roomLog: createRoomLog({ store, clock, ...patience }),
      projection: createProjection({ store, messages, rooms, log }),
      chunk: limits.catchUpChanges,
      publish: async ({ roomId, from, to, entries }) => {
        bus.emit('room.changed', await views.envelope(roomId, from, to, entries));
      },
    },
    log,
  );
  const reader = createReader({ store, messages, rooms, roomsService, views, limits });
  bus.on('user.changed', ({ userId }) => views.forget(userId));

  function limitPosting(actor: Actor): void {
    const seconds = posting.take(actor.id);
    if (seconds > 0) throw new AppError('rate.limited', { seconds });
  }

  return {
    async post(actor, input) {
      const { roomId, clientId, text } = parse(postMessageSchema, input);
      insist(canPost(await roomsService.authorise(actor, roomId)));
      limitPosting(actor);
      const command = { kind: 'post' as const, by: actor.id, clientId, text, textHash: hashText(text) };
      const { message } = await lanes.submit(roomId, command);
      const [view] = message ? await views.messages([message]) : [];
      if (!view) throw new Error('a post was answered without its message');
      return { message: view };
    },

    async remove(actor, input) {
      const { roomId, messageId } = parse(removeMessageSchema, input);
      const room = await roomsService.authorise(actor, roomId);
      const message = await messages.byId(roomId, messageId);
      if (!message) throw new AppError('not-found');
      insist(canRemove(actor, room, message));
      if (message.removedBy) return { rev: message.rev };
      const removedBy = removesAs(actor, room, message) ?? 'author';
      const command = { kind: 'remove' as const, by: actor.id, messageId, seq: message.seq, removedBy };
      const { rev } = await lanes.submit(roomId, command);
      return { rev };
    },

    join: async (actor, input) => reader.join(actor, parse(joinRoomSchema, input)),
    history: async (actor, input) => reader.history(actor, parse(historySchema, input)),
    changesBetween: (roomId, from, to) => reader.changesBetween(roomId, from, to),

    async heads(roomIds) {
      const revs = await rooms.revs(roomIds);
      const behind = await Promise.all(
        [...revs].map(async ([roomId, rev]) => {
          const last = await store.last(roomId, 'durable');
          return last && last.rev > rev ? [roomId] : [];
        }),
      );
      const late = behind.flat();
      if (late.length === 0) return revs;
      const caughtUp = await Promise.allSettled(late.map((roomId) => lanes.catchUp(roomId)));
      for (const result of caughtUp) {
        if (result.status === 'rejected') log.warn({ err: result.reason as unknown }, 'room not yet caught up');
      }
      return new Map([...revs, ...(await rooms.revs(late))]);
    },

    async recover() {
      for (const roomId of await rooms.allIds()) await lanes.catchUp(roomId);
    },

    flush: () => lanes.flush(),
  };
}
