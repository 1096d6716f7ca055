// Loads a room together with what the actor is to it, and lets her through or not. Part of the rooms service.
import * as v from 'valibot';
import { spoken } from '#shared/rooms.forms.ts';
import { roomIdSchema, slugSchema, type RoomAbilities, type RoomView } from '#shared/rooms.ts';
import type { RoomToolsView } from '#shared/rooms.tools.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { createMemory } from '../kernel/memory.ts';
import { insist } from '../kernel/policy.ts';
import { muteOf } from '../kernel/sanctions.ts';
import {
  canHost,
  canPost,
  canRead,
  canSee,
  newUntil,
  roomAbilities,
  VISITOR,
  type Place,
  type RoomDoor,
} from './rooms.policy.ts';
import type { Parts } from './rooms.parts.ts';
import type { Room } from './rooms.repository.ts';

/** What a command needs of its room. */
export type RoomRight = 'see' | 'read' | 'post' | 'host';

/** A room's texts and access as they are kept in memory. */
type Known = Omit<RoomView, 'standing' | 'abilities'> & RoomDoor;

/** So long a room and what she is to it are taken from memory: every command asks. Changes of this process hold at once. */
const MEMORY_MS = 5_000;
const PLACES = 5_000;

export const doorOf = (room: Pick<Room, 'access' | 'archivedAt' | keyof RoomToolsView>): RoomDoor => ({
  ...{ writing: room.writing, slowSeconds: room.slowSeconds, newcomerHours: room.newcomerHours },
  access: room.access,
  // talks are archived from the beginning, so that no list shows them: a time before 1970 says that one is over
  archived: room.access === 'talk' ? (room.archivedAt?.getTime() ?? 0) < 0 : room.archivedAt !== null,
});

const knownOf = (room: Room): Known => ({
  id: room.id,
  slug: room.slug,
  name: spoken(room.name),
  purpose: spoken(room.purpose),
  rules: spoken(room.rules),
  welcome: spoken(room.welcome),
  position: room.position,
  keepDays: room.keepDays,
  ...doorOf(room),
});

export type Doors = ReturnType<typeof createDoors>;

export function createDoors({ rooms, bus, clock }: Pick<Parts, 'rooms' | 'bus' | 'clock'>) {
  const memory = { clock, ms: MEMORY_MS, most: PLACES };
  const known = createMemory<Known | null>({ ...memory, unless: (room) => room === null });
  const places = createMemory<Place>(memory);

  const placeOf = (actor: Actor, roomId: string): Promise<Place> =>
    places.get(`${roomId} ${actor.id}`, async () => {
      const member = await rooms.member(roomId, actor.id);
      return member ? { standing: member.standing, host: member.host } : VISITOR;
    });

  function viewFor(actor: Actor, known: Known, place: Place): RoomView {
    const { writing: _writing, slowSeconds: _slow, newcomerHours: _new, ...room } = known;
    return { ...room, standing: place.standing, abilities: roomAbilities(actor, known, place) };
  }

  const rights: Record<RoomRight, typeof canSee> = { see: canSee, read: canRead, post: canPost, host: canHost };

  /** Raises 'not-found' for a room that she may not see, 'forbidden' for what she may not do in one she sees. */
  async function letIn(actor: Actor, room: Known | null, right: RoomRight): Promise<RoomView> {
    if (!room) throw new AppError('not-found');
    const now = clock.now();
    const kept = { muted: muteOf(actor, room.id, now), newUntil: newUntil(actor, room, now) };
    const place = { ...(await placeOf(actor, room.id)), ...kept };
    if (!canSee(actor, room, place).ok) throw new AppError('not-found');
    insist(rights[right](actor, room, place));
    return viewFor(actor, room, place);
  }

  return {
    async authorise(actor: Actor, roomId: string, right: RoomRight = 'read'): Promise<RoomView> {
      if (!v.is(roomIdSchema, roomId)) throw new AppError('not-found');
      const load = async (): Promise<Known | null> => {
        const room = await rooms.byId(roomId);
        return room && knownOf(room);
      };
      return letIn(actor, await known.get(roomId, load), right);
    },

    async bySlug(actor: Actor, slug: unknown): Promise<RoomView> {
      const room = v.is(slugSchema, slug) ? await rooms.bySlug(slug) : null;
      // a talk has pages of its own
      return letIn(actor, room && room.access !== 'talk' ? knownOf(room) : null, 'see');
    },

    /** As `authorise` for reading, and what memory holds is read anew; with the room's mark as it was before. */
    async enter(actor: Actor, roomId: string): Promise<{ room: RoomView; accessRev: number }> {
      const stored = v.is(roomIdSchema, roomId) ? await rooms.byId(roomId) : null;
      known.forget(roomId);
      places.forget(`${roomId} ${actor.id}`);
      return { room: await letIn(actor, stored && knownOf(stored), 'read'), accessRev: stored?.accessRev ?? 0 };
    },

    /** After people may have lost the room, in this process: tells the others. */
    async raiseAccess(roomId: string): Promise<void> {
      bus.emit('room.access-raised', { roomId, rev: await rooms.raiseAccess(roomId) });
    },

    /** The room as it is stored, for who may manage rooms. */
    async stored(roomId: string): Promise<Room> {
      const room = await rooms.byId(roomId);
      if (!room || room.access === 'talk') throw new AppError('not-found');
      return room;
    },

    abilities: (room: RoomView): RoomAbilities => room.abilities,
    /** After a change of the room. */
    forgetRoom: (roomId: string): void => known.forget(roomId),
    /** After changes by another process. */
    forgetAll(roomId: string): void {
      known.forget(roomId);
      places.forgetAll(`${roomId} `);
    },
    /** After a change of what she is to the room. */
    forgetPlace: (roomId: string, userId: string): void => places.forget(`${roomId} ${userId}`),
  };
}
