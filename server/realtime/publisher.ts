// From the room's events to its sockets, in contiguous ranges of revs: what this process did not see it reads. Realtime only.
import type { RoomChanges } from '#shared/messages.ts';
import { isAppError } from '#shared/errors.ts';
import type { Logger } from '../domain/kernel/logger.ts';

/** What the publisher needs of the messages service and of the sockets. */
export interface PublisherPorts {
  changesBetween(roomId: string, from: number, to: number): Promise<RoomChanges>;
  heads(roomIds: string[]): Promise<Map<string, number>>;
  /** Hands a contiguous envelope to the room's channel. */
  deliver(changes: RoomChanges): void;
  /** Tells the room's channel to join again. */
  resync(roomId: string): void;
  /** Rooms that somebody here looks at. */
  activeRooms(): string[];
  log: Logger;
}

export interface Publisher {
  /** A `room.changed` event of this process. */
  changed(changes: RoomChanges): void;
  /** Somebody joined and read the room at `rev`: publishing goes on from there if nothing was published before. */
  joined(roomId: string, rev: number): void;
  /** Another process says that the room is at `rev`: what is missing is read, where somebody looks. */
  hinted(roomId: string, rev: number): void;
  /** Reads how far active rooms are and publishes what other processes wrote. */
  poll(): Promise<void>;
  /** The highest rev that was handed to sockets; 0 when none. */
  published(roomId: string): number;
}

/** More than this many missing changes are not read here: clients join again. */
const MOST_MISSING = 200;

interface Room {
  published: number;
  wanted: number;
  reading: boolean;
}

export function createPublisher(ports: PublisherPorts): Publisher {
  const rooms = new Map<string, Room>();

  function deliver(room: Room, changes: RoomChanges): void {
    room.published = changes.to;
    ports.deliver(changes);
  }

  /** Jumps over what cannot be read. */
  function skip(roomId: string, room: Room): void {
    room.published = room.wanted;
    ports.resync(roomId);
  }

  async function catchUp(roomId: string, room: Room): Promise<void> {
    if (room.reading) return;
    room.reading = true;
    try {
      while (room.published < room.wanted) {
        const from = room.published + 1;
        if (room.wanted - room.published > MOST_MISSING) {
          skip(roomId, room);
          continue;
        }
        const changes = await ports.changesBetween(roomId, from, room.wanted);
        if (changes.from > from || changes.to < from) skip(roomId, room);
        else deliver(room, changes);
      }
    } catch (error) {
      ports.log.warn({ err: error, roomId }, 'missing changes could not be read');
      // away: the next poll tries again; anything else would fail again
      if (!isAppError(error) || error.code !== 'unavailable') skip(roomId, room);
    } finally {
      room.reading = false;
    }
  }

  function want(roomId: string, room: Room, rev: number): void {
    room.wanted = Math.max(room.wanted, rev);
    if (room.wanted > room.published) void catchUp(roomId, room);
  }

  function start(roomId: string, published: number): Room {
    const room = { published, wanted: published, reading: false };
    rooms.set(roomId, room);
    return room;
  }

  return {
    changed(changes) {
      const room = rooms.get(changes.roomId) ?? start(changes.roomId, changes.from - 1);
      if (changes.to <= room.published) return;
      if (room.reading || changes.from > room.published + 1) {
        want(changes.roomId, room, changes.to);
        return;
      }
      room.wanted = Math.max(room.wanted, changes.to);
      deliver(room, changes);
    },
    joined(roomId, rev) {
      const room = rooms.get(roomId);
      if (!room) start(roomId, rev);
      else want(roomId, room, rev);
    },
    hinted(roomId, rev) {
      const room = rooms.get(roomId);
      if (room) want(roomId, room, rev);
      else if (ports.activeRooms().includes(roomId)) want(roomId, start(roomId, rev - 1), rev);
    },
    async poll() {
      const active = ports.activeRooms();
      for (const roomId of rooms.keys()) if (!active.includes(roomId)) rooms.delete(roomId);
      if (active.length === 0) return;
      const heads = await ports.heads(active);
      for (const [roomId, rev] of heads) {
        const room = rooms.get(roomId);
        if (room) want(roomId, room, rev);
        else start(roomId, rev);
      }
    },
    published: (roomId) => rooms.get(roomId)?.published ?? 0,
  };
}

/** Joins contiguous envelopes of one room into as few as possible, in order. */
export function mergeChanges(envelopes: RoomChanges[]): RoomChanges[] {
  const merged: RoomChanges[] = [];
  for (const next of envelopes) {
    const last = merged.at(-1);
    if (last && next.from <= last.to + 1) {
      const fresh = next.changes.filter((change) => change.rev > last.to);
      merged[merged.length - 1] = { ...next, from: last.from, changes: [...last.changes, ...fresh] };
    } else merged.push(next);
  }
  return merged;
}
