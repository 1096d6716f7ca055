// Rooms: the list, who may enter, how far she has read. Composes its verbs; the hub makes one, doors call it with (actor, input).
import { LIMITS } from '#shared/limits.ts';
import { spoken } from '#shared/rooms.forms.ts';
import { readRoomSchema, type RoomAbilities, type RoomSummaryView, type RoomView } from '#shared/rooms.ts';
import type { LocalizedText } from '#shared/locales.ts';
import type { AuditPort } from '../audit/audit.service.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import { parse } from '../kernel/parse.ts';
import type { Member } from './members.repository.ts';
import { newcomerReadPosts } from './newcomer.ts';
import { createDoors, doorOf, type RoomRight } from './rooms.doors.ts';
import type { RoomEvents } from './rooms.events.ts';
import { createHosting } from './rooms.hosting.ts';
import { createKeeping } from './rooms.keeping.ts';
import { createManage } from './rooms.manage.ts';
import { createMembers } from './rooms.members.ts';
import { createNews } from './rooms.news.ts';
import { createSuggestions } from './rooms.suggest.ts';
import type { Parts } from './rooms.parts.ts';
import { createTools } from './rooms.tools.ts';
import { createTalkRoom } from './rooms.talks.ts';
import { canRead, canSee, VISITOR } from './rooms.policy.ts';
import type { Room, RoomsRepository, RoomTexts } from './rooms.repository.ts';

interface RoomsCore {
  /** Makes the rooms of the first day where they are missing; any number of processes may do so at once. */
  ensureFirstRooms(): Promise<void>;
  /** Every room she may see, in the order of the list. `here` is 0: presence is added by the realtime layer. */
  list(actor: Actor): Promise<RoomSummaryView[]>;
  /** The room if she may see it, though perhaps not read it (`abilities.read`). Raises 'not-found', also for what is no slug. */
  bySlug(actor: Actor, slug: unknown): Promise<RoomView>;
  /**
   * The room if she has this right in it ('read' unless said otherwise): 'not-found' for a room that she may not see,
   * 'forbidden' for what she may not do in one she sees. May be five seconds old about what another process changed.
   */
  authorise(actor: Actor, roomId: string, right?: RoomRight): Promise<RoomView>;
  /** Moves her position forward to `posts`, never back and never beyond the room's posts. Emits 'room.read' if it moved. */
  markRead(actor: Actor, input: unknown): Promise<{ readPosts: number }>;
  abilities(actor: Actor, room: RoomView): RoomAbilities;
  /** For a socket that subscribes: as `authorise`, but nothing is taken from memory; with the room's mark from before. */
  enter(actor: Actor, roomId: string): Promise<{ room: RoomView; accessRev: number }>;
  /** Another process changed who may read the room. */
  forget(roomId: string): void;
  /** For other areas' views: what these rooms are called. */
  namesOf(roomIds: string[]): Promise<Map<string, { slug: string; name: LocalizedText }>>;
  /** For the realtime layer: a number per room that rises when people may have lost it. */
  accessRevs(roomIds: string[]): Promise<Map<string, number>>;
}
export type RoomsService = RoomsCore &
  ReturnType<typeof createManage> &
  ReturnType<typeof createMembers> &
  ReturnType<typeof createHosting> &
  ReturnType<typeof createKeeping> &
  ReturnType<typeof createNews> &
  ReturnType<typeof createSuggestions> &
  ReturnType<typeof createTalkRoom> &
  ReturnType<typeof createTools>;

export interface RoomsServiceParts {
  rooms: RoomsRepository;
  bus: EventBus<RoomEvents>;
  clock: Clock;
  firstRooms: readonly RoomTexts[];
  readyRooms?: readonly RoomTexts[];
  personViews?: Parts['personViews'];
  apart?: NonNullable<Parts['apart']>;
  audit: AuditPort;
}

function summaryOf(actor: Actor, room: Room, member: Member | undefined): RoomSummaryView {
  const readable = canRead(actor, doorOf(room), member ?? VISITOR).ok;
  const standing = member?.standing ?? 'visitor';
  const posts = readable ? room.posts : 0;
  return {
    roomId: room.id,
    slug: room.slug,
    name: spoken(room.name),
    purpose: spoken(room.purpose),
    posts,
    readPosts: readable ? (member?.readPosts ?? newcomerReadPosts(posts)) : 0,
    lastAt: readable ? (room.lastAt?.toISOString() ?? null) : null,
    here: 0,
    access: room.access,
    standing,
    readable,
    listed: standing === 'in' && !member?.aside,
    level: member?.level ?? 'all',
    quietFrom: member?.quietFrom ?? '',
    quietTo: member?.quietTo ?? '',
  };
}

export function createRoomsService(options: RoomsServiceParts): RoomsService {
  const { rooms, bus, clock, audit, firstRooms, readyRooms = [] } = options;
  const personViews = options.personViews ?? (() => Promise.resolve(new Map<string, never>()));
  const doors = createDoors({ rooms, bus, clock });
  const parts: Parts = { rooms, doors, bus, clock, audit, readyRooms, personViews };
  const { apart } = options;

  return {
    ...createManage(parts),
    ...createMembers(parts),
    ...createHosting(parts),
    ...createKeeping(parts),
    ...createNews({ rooms, bus, ...(apart ? { apart } : {}) }),
    ...createSuggestions(parts),
    ...createTalkRoom(parts),
    ...createTools(parts),

    async ensureFirstRooms() {
      for (const room of firstRooms) await rooms.makeSure(room);
    },

    async list(actor) {
      // her rows first: read afterwards, a position could stand above the posts of its room
      const members = await rooms.membershipsOf(actor.id);
      const all = await rooms.all(LIMITS.rooms);
      return all
        .filter((room) => canSee(actor, doorOf(room), members.get(room.id) ?? VISITOR).ok)
        .map((room) => summaryOf(actor, room, members.get(room.id)));
    },

    bySlug: (actor, slug) => doors.bySlug(actor, slug),
    authorise: (actor, roomId, right) => doors.authorise(actor, roomId, right),

    async markRead(actor, input) {
      const { roomId, posts } = parse(readRoomSchema, input);
      await doors.authorise(actor, roomId);
      const head = await rooms.head(roomId);
      const { moved, readPosts } = await rooms.readUpTo(roomId, actor.id, Math.min(posts, head?.posts ?? 0));
      if (moved) bus.emit('room.read', { userId: actor.id, roomId, readPosts });
      return { readPosts };
    },

    abilities: (_actor, room) => doors.abilities(room),
    enter: (actor, roomId) => doors.enter(actor, roomId),
    forget: (roomId) => doors.forgetAll(roomId),
    accessRevs: (roomIds) => rooms.accessRevs(roomIds),

    async namesOf(roomIds) {
      const found = await Promise.all(roomIds.map((id) => rooms.byId(id)));
      return new Map(found.flatMap((room) => (room ? [[room.id, { slug: room.slug, name: spoken(room.name) }]] : [])));
    },
  };
}
