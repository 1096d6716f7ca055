// Rooms: the list, who may enter, how far she has read. Imported by the hub; doors call it with (actor, input).
import * as v from 'valibot';
import { LIMITS } from '#shared/limits.ts';
import {
  readRoomSchema,
  roomIdSchema,
  slugSchema,
  type RoomAbilities,
  type RoomSummaryView,
  type RoomView,
} from '#shared/rooms.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import { parse } from '../kernel/parse.ts';
import type { RoomEvents } from './rooms.events.ts';
import { canSee, roomAbilities } from './rooms.policy.ts';
import type { Room, RoomsRepository, RoomTexts } from './rooms.repository.ts';

export interface RoomsService {
  /** Makes the rooms of the first day where they are missing; any number of processes may do so at once. */
  ensureFirstRooms(): Promise<void>;
  /** Every room she may see, in the order of the list. `here` is 0: presence is added by the realtime layer. */
  list(actor: Actor): Promise<RoomSummaryView[]>;
  /** Raises 'not-found', also for what is no slug. */
  bySlug(actor: Actor, slug: unknown): Promise<RoomView>;
  /** The room if she may see it, otherwise 'not-found'. Texts may be five seconds old. */
  authorise(actor: Actor, roomId: string): Promise<RoomView>;
  /** Moves her position forward to `posts`, never back and never beyond the room's posts. Emits 'room.read' if it moved. */
  markRead(actor: Actor, input: unknown): Promise<{ readPosts: number }>;
  abilities(actor: Actor, room: RoomView): RoomAbilities;
}

export interface RoomsServiceParts {
  rooms: RoomsRepository;
  bus: EventBus<RoomEvents>;
  clock: Clock;
  firstRooms: readonly RoomTexts[];
}

/** So long a room's texts are taken from memory: every command asks for its room. */
const TEXTS_MS = 5_000;

/** What someone who was never in a room counts as read: all but the newest few, so that she is not greeted by a debt. */
export const newcomerReadPosts = (posts: number): number => Math.max(0, posts - LIMITS.newcomerUnread);

const viewOf = (room: Room): RoomView => ({
  id: room.id,
  slug: room.slug,
  name: room.name,
  purpose: room.purpose,
  rules: room.rules,
  welcome: room.welcome,
  position: room.position,
});

export function createRoomsService({ rooms, bus, clock, firstRooms }: RoomsServiceParts): RoomsService {
  const known = new Map<string, { view: Promise<RoomView | null>; at: number }>();

  function visible(actor: Actor, room: RoomView | null): RoomView {
    if (!room || !canSee(actor).ok) throw new AppError('not-found');
    return room;
  }

  /** Those who ask at the same time share one answer, so that nobody overtakes anybody on the way to her room. */
  function load(roomId: string): Promise<RoomView | null> {
    const now = clock.now().getTime();
    const kept = known.get(roomId);
    if (kept && Math.abs(now - kept.at) < TEXTS_MS) return kept.view;
    const view = rooms.byId(roomId).then((room) => room && viewOf(room));
    known.set(roomId, { view, at: now });
    const forget = (): void => void known.delete(roomId);
    view.then((found) => found ?? forget(), forget);
    return view;
  }

  async function authorise(actor: Actor, roomId: string): Promise<RoomView> {
    return visible(actor, v.is(roomIdSchema, roomId) ? await load(roomId) : null);
  }

  return {
    async ensureFirstRooms() {
      for (const room of firstRooms) await rooms.makeSure(room);
    },

    async list(actor) {
      // positions first: read afterwards, a position could stand above the posts of its room
      const positions = await rooms.positionsOf(actor.id);
      const all = await rooms.all();
      const seen = all.filter(() => canSee(actor).ok);
      return seen.map((room) => ({
        roomId: room.id,
        slug: room.slug,
        name: room.name,
        purpose: room.purpose,
        posts: room.posts,
        readPosts: positions.get(room.id) ?? newcomerReadPosts(room.posts),
        lastAt: room.lastAt?.toISOString() ?? null,
        here: 0,
      }));
    },

    async bySlug(actor, slug) {
      const room = v.is(slugSchema, slug) ? await rooms.bySlug(slug) : null;
      return visible(actor, room && viewOf(room));
    },

    authorise,

    async markRead(actor, input) {
      const { roomId, posts } = parse(readRoomSchema, input);
      await authorise(actor, roomId);
      const head = await rooms.head(roomId);
      const { moved, readPosts } = await rooms.readUpTo(roomId, actor.id, Math.min(posts, head?.posts ?? 0));
      if (moved) bus.emit('room.read', { userId: actor.id, roomId, readPosts });
      return { readPosts };
    },

    abilities: (actor) => roomAbilities(actor),
  };
}
