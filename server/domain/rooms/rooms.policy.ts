// Who may do what in a room: pure. Services insist on it; `abilities` ships in views so that the interface need not know.
import { rankOf } from '#shared/accounts.ts';
import type { RoomAbilities, RoomAccess, RoomSilence, Standing } from '#shared/rooms.ts';
import type { RoomWriting } from '#shared/rooms.tools.ts';
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, verdict, type Verdict } from '../kernel/policy.ts';
import type { ActiveSanction } from '../kernel/sanctions.ts';

/** What of a room decides who may come in. */
export interface RoomDoor {
  access: RoomAccess;
  archived: boolean;
  /** Left out: everyone writes, as often as she likes, from the first day on. */
  writing?: RoomWriting;
  slowSeconds?: number;
  newcomerHours?: number;
}
/** What she is to this room. */
export interface Place {
  standing: Standing;
  host: boolean;
  /** The mute that holds here now: she reads, and writes nothing. */
  muted?: ActiveSanction | null;
  /** She is too new to write here until then. */
  newUntil?: Date | null;
}
export const VISITOR: Place = { standing: 'visitor', host: false };

const HOUR = 60 * 60 * 1000;
type Who = Pick<Actor, 'role'>;

/** Moderators and above have a moderator's rights in every room. */
export const moderates = (actor: Who): boolean => rankOf(actor.role) >= rankOf('moderator');
/** Mentors and above. */
export const isStaff = (actor: Who): boolean => rankOf(actor.role) >= rankOf('mentor');

/** That the room is there. A room one may not see must look as if it did not exist ('not-found'). */
export function canSee(actor: Who, room: RoomDoor, place: Place): Verdict {
  if (room.access === 'talk') return canRead(actor, room, place);
  if (moderates(actor) || room.access === 'request') return allowed;
  if (room.access === 'invitation')
    return verdict(place.standing === 'in' || place.standing === 'invited', 'not-found');
  return canRead(actor, room, place);
}

/** Its messages, its people. Who sees a room and may not read it is told so ('forbidden'); to others it is not there. */
export function canRead(actor: Who, room: RoomDoor, place: Place): Verdict {
  // before any role: nobody but the people in it
  if (room.access === 'talk') return verdict(place.standing === 'in', 'not-found');
  if (moderates(actor) || room.access === 'open') return allowed;
  if (room.access === 'staff') return verdict(isStaff(actor), 'not-found');
  if (place.standing === 'in') return allowed;
  return refused(room.access === 'request' || place.standing === 'invited' ? 'forbidden' : 'not-found');
}

/** Until when a newcomer only reads here; null: she writes. Mentors and above are never new. */
export function newUntil(actor: Who & Pick<Actor, 'joinedAt'>, room: RoomDoor, now: Date): Date | null {
  if (!room.newcomerHours || isStaff(actor) || !actor.joinedAt) return null;
  const until = new Date(actor.joinedAt.getTime() + room.newcomerHours * HOUR);
  return until > now ? until : null;
}

/** Why she reads and does not write, where it is not a mute; null: nothing keeps her. */
function silenceOf(actor: Who, room: RoomDoor, place: Place): RoomSilence | null {
  if (room.archived && room.access !== 'talk') return 'archived';
  if (room.writing === 'moderators' && !canHost(actor, room, place).ok) return 'locked';
  if (room.writing === 'staff' && !isStaff(actor)) return 'staff';
  return place.newUntil ? 'newcomer' : null;
}

export function canPost(actor: Who, room: RoomDoor, place: Place): Verdict {
  const read = canRead(actor, room, place);
  return read.ok && (room.archived || place.muted || silenceOf(actor, room, place)) ? refused() : read;
}

/** Texts, access, order, archive, hosts. */
export const canManage = (actor: Who): Verdict => verdict(moderates(actor));

/** How long messages are kept is the coordinators' to decide. */
export const canKeepLonger = (actor: Who): Verdict => verdict(actor.role === 'coordinator');

/** A moderator's rights in this room: moderators and above, and its hosts as long as they are mentors and in it. */
export function canHost(actor: Who, room: RoomDoor, place: Place): Verdict {
  if (room.access === 'talk') return refused();
  const host = place.host && place.standing === 'in' && isStaff(actor) && canRead(actor, room, place).ok;
  return verdict(moderates(actor) || host);
}

/** In at once, without asking anybody. */
function canJoin(actor: Who, room: RoomDoor, place: Place): Verdict {
  if (room.access === 'talk') return refused();
  if (room.archived || place.standing === 'in') return refused('conflict');
  const welcome = room.access === 'open' || place.standing === 'invited' || moderates(actor);
  return verdict(welcome ? room.access !== 'staff' || isStaff(actor) : room.access === 'staff' && isStaff(actor));
}

function canAsk(actor: Who, room: RoomDoor, place: Place): Verdict {
  const outside = place.standing === 'visitor' || place.standing === 'declined';
  return verdict(room.access === 'request' && !room.archived && outside && !moderates(actor));
}

/** Also taking back a request and declining an invitation. */
/** Out of a talk she comes by its end or by handing it over. */
const canLeave = (room: RoomDoor, place: Place): boolean =>
  room.access !== 'talk' && ['in', 'asked', 'invited'].includes(place.standing);

export function roomAbilities(actor: Who, room: RoomDoor, place: Place): RoomAbilities {
  const host = canHost(actor, room, place).ok;
  const silent = canRead(actor, room, place).ok ? silenceOf(actor, room, place) : null;
  return {
    read: canRead(actor, room, place).ok,
    post: canPost(actor, room, place).ok,
    removeOthers: host,
    join: canJoin(actor, room, place).ok,
    ask: canAsk(actor, room, place).ok,
    leave: canLeave(room, place),
    host,
    manage: moderates(actor) && room.access !== 'talk',
    ...(silent ? { silent: { why: silent, until: place.newUntil?.toISOString() ?? null } } : {}),
    ...(room.slowSeconds && !isStaff(actor) ? { slow: room.slowSeconds } : {}),
    ...(place.muted ? { mutedUntil: place.muted.until?.toISOString() ?? null } : {}),
    ...(place.muted?.roomId === null ? { mutedEverywhere: true } : {}),
  };
}
