// Messages: composes its verbs, and what the publisher needs. Imported by the hub; doors call it with (actor, input).
import { threadSchema, unreadSchema } from '#shared/messages.commands.ts';
import { LIMITS } from '#shared/limits.ts';
import {
  historySchema,
  type HistoryPage,
  type PostedView,
  type RoomChanges,
  type RoomJoinView,
  type ThreadView,
} from '#shared/messages.ts';
import { joinRoomSchema } from '#shared/rooms.ts';
import type { AuditLooks, AuditPort } from '../audit/audit.service.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Measure } from '../kernel/measure.ts';
import { parse } from '../kernel/parse.ts';
import type { ActiveSanction } from '../kernel/sanctions.ts';
import { createTokenBucket } from '../kernel/token-bucket.ts';
import type { RoomsRepository } from '../rooms/rooms.repository.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import { createEditing } from './messages.edit.ts';
import { purgedBy } from './messages.entities.ts';
import { threadOf } from './messages.entities.ts';
import type { MessageEvents } from './messages.events.ts';
import { mayGo } from './messages.last-look.ts';
import { createHiding } from './messages.hiding.ts';
import { createLanes } from './messages.lanes.ts';
import { createLists } from './messages.lists.ts';
import type { LogStore } from './messages.log-store.ts';
import { createRoomLog } from './messages.log.ts';
import { createMarks } from './messages.marks.ts';
import { createMoves } from './messages.move.ts';
import type { AttachmentPort, VerbParts } from './messages.parts.ts';
import { createPosting } from './messages.post.ts';
import { createProjection } from './messages.projection.ts';
import { createPurging, type Watched } from './messages.purge.ts';
import { createReader } from './messages.reader.ts';
import { createReadersAmong } from './messages.readers.ts';
import type { MessagesRepository } from './messages.repository.ts';
import type { SideRepository } from './messages.side.repository.ts';
import { createMessageViews, type PersonViews } from './messages.views.ts';

interface MessagesCore {
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
  /** A thread beside its room; what is to her in it is read then. Raises 'not-found' for what is no root. */
  thread(actor: Actor, input: unknown): Promise<ThreadView>;
  /** Marks what begins with `post` as unread, on all her devices. What is unread already stays so. */
  unread(actor: Actor, input: unknown): Promise<{ readPosts: number }>;
  /** The envelope for revs `from` to `to`. Raises 'not-found' when the log does not hold all of them any more. */
  changesBetween(roomId: string, from: number, to: number): Promise<RoomChanges>;
  /** The rev up to which each room may be published; brings up to date what a dead process left. */
  heads(roomIds: string[]): Promise<Map<string, number>>;
  /** At start: projects what a crash left, in every room. */
  recover(): Promise<void>;
  /** Resolves when what was accepted before is stored and published, or has failed. */
  settle(): Promise<void>;
  /** Resolves when every lane is at rest. */
  flush(): Promise<void>;
}

export type MessagesService = MessagesCore &
  Pick<ReturnType<typeof createPosting>, 'release'> &
  ReturnType<typeof createEditing> &
  ReturnType<typeof createHiding> &
  ReturnType<typeof createPurging> &
  Omit<ReturnType<typeof createMarks>, 'reopen'> &
  ReturnType<typeof createLists> &
  Pick<ReturnType<typeof createMoves>, 'move' | 'moveForm' | 'locate'>;

export interface MessageLimits {
  historyPage: number;
  listPage: number;
  editMinutes: number;
  pins: number;
  catchUpChanges: number;
  posting: { burst: number; perSecond: number };
}

export interface MessagesServiceParts {
  messages: MessagesRepository;
  side: SideRepository;
  store: LogStore;
  rooms: RoomsRepository;
  roomsService: Pick<RoomsService, 'authorise' | 'abilities' | 'hosted' | 'takeTurn' | 'nameable'>;
  personViews: PersonViews;
  audit: AuditPort & AuditLooks;
  bus: EventBus<
    MessageEvents & {
      'user.changed': { userId: string };
      'room.read': { userId: string; roomId: string; readPosts: number; back?: boolean };
    }
  >;
  clock: Clock;
  log: Logger;
  measure: Measure;
  limits?: Partial<MessageLimits>;
  /** As the community has decided; left out: as the limits say. */
  editMinutes?: () => Promise<number>;
  attachments?: AttachmentPort;
  /** What was decided about somebody while a command of hers was on its way. */
  sanctionedJustNow?: (userId: string) => readonly ActiveSanction[] | undefined;
  screening?: VerbParts['screening'];
  /** One of them blocked the other; left out: nobody did. */
  apart?: VerbParts['apart'];
  /** Which of these messages wait for a decision, or for an appeal. */
  watched?: Watched;
  /** How long a command looks for a database that went away, before it is 'unavailable'. */
  patienceMs?: number;
}

export function createMessagesService(parts: MessagesServiceParts): MessagesService {
  const { messages, side, store, rooms, roomsService, bus, clock, log, measure } = parts;
  const limits: MessageLimits = { ...LIMITS, ...parts.limits };
  const views = createMessageViews({ personViews: parts.personViews, messages, clock });
  const editMinutes = parts.editMinutes ?? (() => Promise.resolve(limits.editMinutes));
  const posting = createTokenBucket(limits.posting, clock);
  const patience = parts.patienceMs === undefined ? {} : { patienceMs: parts.patienceMs };

  async function follow(entries: Parameters<SideRepository['follow']>[0]): Promise<void> {
    const threads = new Set(entries.flatMap((entry) => threadOf(entry) ?? []));
    const roots = threads.size > 0 ? await messages.byIds([...threads]) : [];
    // where nothing is left of her words, nobody answers her
    const askers = new Map(roots.flatMap(({ id, authorId, removedBy }) => (removedBy ? [] : [[id, authorId]])));
    const userIds = [...(await side.follow(entries, askers, parts.apart))];
    for (const { id, files } of entries.flatMap(purgedBy)) if (files) await parts.attachments?.release(id);
    const roomId = entries[0]?.roomId;
    if (roomId && userIds.length > 0) bus.emit('mentions.changed', { userIds, roomId });
  }

  const lanes = createLanes(
    {
      store,
      messages,
      rooms,
      roomLog: createRoomLog({ store, clock, ...patience }),
      projection: createProjection({ store, messages, rooms, follow, log }),
      chunk: limits.catchUpChanges,
      measure,
      publish: async ({ roomId, from, to, entries }) => {
        bus.emit('room.changed', await views.envelope(roomId, from, to, entries));
      },
    },
    log,
    measure,
    (roomId, command) => mayGo(roomId, command, parts.sanctionedJustNow ?? (() => undefined), clock.now()),
  );
  const reader = createReader({ store, messages, side, rooms, roomsService, views, limits, editMinutes });
  bus.on('user.changed', ({ userId }) => views.forget(userId));

  bus.on('room.read', ({ userId, roomId, readPosts, back }) => {
    (back ? side.unreadMentions(userId, roomId, readPosts) : side.readMentions(userId, roomId, readPosts)).then(
      (changed) => changed && bus.emit('mentions.changed', { userIds: [userId], roomId }),
      (error: unknown) => log.warn({ roomId, err: error }, 'mentions not marked as read'),
    );
  });

  function limitPosting(actor: Actor): void {
    const seconds = posting.take(actor.id);
    if (seconds > 0) throw new AppError('rate.limited', { seconds });
    bus.emit('posting.took', { userId: actor.id });
  }
  bus.on('posting.took-elsewhere', ({ userId }) => void posting.take(userId));

  const verbs: VerbParts = {
    ...{ messages, side, rooms, roomsService, lanes, views, audit: parts.audit, clock, limits, editMinutes },
    attachments: parts.attachments ?? null,
    screening: parts.screening ?? null,
    apart: parts.apart ?? (() => false),
    readersAmong: createReadersAmong(rooms, parts.personViews),
    mentionsRead: (userId, roomId) => bus.emit('mentions.changed', { userIds: [userId], roomId }),
  };
  const { reopen, ...marks } = createMarks(verbs);
  const { move, moveForm, locate, resume } = createMoves(verbs, log);

  return {
    ...createPosting(verbs, limitPosting, reopen),
    ...createEditing(verbs),
    ...createHiding(verbs),
    ...createPurging(verbs, parts.watched ?? (() => Promise.resolve(new Set<string>()))),
    ...marks,
    ...createLists(verbs),
    move,
    moveForm,
    locate,

    async unread(actor, input) {
      const { roomId, post } = parse(unreadSchema, input);
      await roomsService.authorise(actor, roomId);
      const readPosts = post - 1;
      const moved = await rooms.unreadFrom(roomId, actor.id, readPosts);
      if (moved) bus.emit('room.read', { userId: actor.id, roomId, readPosts, back: true });
      return { readPosts: (await rooms.readPosts(roomId, actor.id)) ?? readPosts };
    },

    join: async (actor, input) => reader.join(actor, parse(joinRoomSchema, input)),
    history: async (actor, input) => reader.history(actor, parse(historySchema, input)),
    async thread(actor, input) {
      const wanted = parse(threadSchema, input);
      const { roomId, rootId } = wanted;
      const view = await reader.thread(actor, wanted);
      if (await side.readMentions(actor.id, roomId, rootId)) verbs.mentionsRead(actor.id, roomId);
      return view;
    },
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
      await resume();
    },

    settle: () => lanes.settle(),
    flush: () => lanes.flush(),
  };
}
