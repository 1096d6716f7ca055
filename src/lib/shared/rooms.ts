// Rooms as both sides know them: schemas and views.
import * as v from 'valibot';
import type { LocalizedText } from './locales.ts';
import type { PersonView } from './accounts.ts';

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

/** A room as its members see it. Texts are in every interface language. */
export interface RoomView {
  id: string;
  slug: string;
  name: LocalizedText;
  purpose: LocalizedText;
  rules: LocalizedText;
  welcome: LocalizedText;
  position: number;
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
/** What the actor may do here: the interface shows it, the policy enforces it. */
export interface RoomAbilities {
  post: boolean;
  removeOthers: boolean;
}
