// Rooms as both sides know them: schemas and views. What forms send about rooms and membership is in rooms.forms.ts.
import * as v from 'valibot';
import type { LocalizedText } from './locales.ts';
import type { PersonView } from './accounts.ts';

/**
 * Who reads a room: everyone; everyone who asked and was let in (all see that it is there); who was invited (others do
 * not see it); mentors, moderators and coordinators. Moderators and coordinators read every room.
 */
export const ROOM_ACCESS = ['open', 'request', 'invitation', 'staff'] as const;
/** 'talk': the private room of a talk. Only the people in it see it, whatever anybody's role; no form makes one. */
export type RoomAccess = (typeof ROOM_ACCESS)[number] | 'talk';
/** What she is to a room. 'declined': she asked and was not let in. */
export const STANDINGS = ['visitor', 'asked', 'declined', 'invited', 'in'] as const;
export type Standing = (typeof STANDINGS)[number];
/** What of a room she is told of. */
export const ROOM_LEVELS = ['all', 'mentions', 'nothing'] as const;
export type RoomLevel = (typeof ROOM_LEVELS)[number];

export const roomIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
export const slugSchema = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'invalid'));
export const joinRoomSchema = v.object({
  roomId: roomIdSchema,
  /** The rev the client has; left out or null for a first load. */
  since: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
export const byRoomSchema = v.object({ roomId: roomIdSchema });
/** `posts`: how many posts of the room she has seen; reading only moves forward. */
export const readRoomSchema = v.object({ roomId: roomIdSchema, posts: v.pipe(v.number(), v.integer(), v.minValue(0)) });

/** A room as the actor sees it. Texts are in every interface language. */
export interface RoomView {
  id: string;
  slug: string;
  name: LocalizedText;
  purpose: LocalizedText;
  rules: LocalizedText;
  welcome: LocalizedText;
  position: number;
  /** Days that messages are kept. */
  keepDays: number;
  access: RoomAccess;
  /** Nobody posts any more, and the list does not show it. */
  archived: boolean;
  standing: Standing;
  abilities: RoomAbilities;
}
/** One line of the room list. Sent whole whenever it changes; the higher `version` (rev) wins. */
export interface RoomSummaryView {
  roomId: string;
  slug: string;
  name: LocalizedText;
  purpose: LocalizedText;
  posts: number;
  /** posts the viewer has not read; in a live `rooms:activity` it is computed by the client from posts and readPosts. */
  readPosts: number;
  /** ISO 8601, null while nobody has written. */
  lastAt: string | null;
  here: number;
  access: RoomAccess;
  standing: Standing;
  /** False: she sees that the room is there, and may ask; counts and times are left out. */
  readable: boolean;
  /** Among her rooms: she is in it and has not put it aside. */
  listed: boolean;
  /** What she wants to be told of here, and when not (hh:mm, or empty): see rooms.attention.ts. */
  level: RoomLevel;
  quietFrom: string;
  quietTo: string;
}
/** Live activity of a room for the list: small state, sent whole, at most five times a second. */
export interface RoomActivityView {
  roomId: string;
  posts: number;
  lastAt: string | null;
  here: number;
}
/** Who is in a room now. `people` is empty above LIMITS.presenceNames. `typing` names at most three people. */
export interface RoomPresenceView {
  roomId: string;
  version: number;
  here: number;
  people: PersonView[];
  typing: PersonView[];
}
/** Locked; only mentors and above write; she is too new. */
export type RoomSilence = 'archived' | 'locked' | 'staff' | 'newcomer';
/** What the actor may do here: the interface shows it, the policy enforces it. */
export interface RoomAbilities {
  read: boolean;
  post: boolean;
  /** She may put a stone in the place of somebody else's message. */
  removeOthers: boolean;
  /** She is in it at once; false where she has to ask, or is in already. */
  join: boolean;
  ask: boolean;
  leave: boolean;
  /** Answers requests, invites, takes people out, sees every name: moderators, and the hosts of this room. */
  host: boolean;
  /** Texts, access, order, archive, hosts: moderators and coordinators. */
  manage: boolean;
  /** She is muted here: until when; null: until it is taken back. Left out: she is not. */
  mutedUntil?: string | null;
  /** That mute holds in all rooms. */
  mutedEverywhere?: true;
  /** Why she only reads, where it is not a mute; `until`: when that ends, null: nobody knows. */
  silent?: { why: RoomSilence; until: string | null };
  /** Seconds between two messages of hers. Left out: she need not wait. */
  slow?: number;
}
