// What forms about rooms and membership send, and the views of their pages. Both sides load it; the page of a room does not.
import * as v from 'valibot';
import type { PersonView } from './accounts.ts';
import { LIMITS } from './limits.ts';
import type { LocalizedText } from './locales.ts';
import { ROOM_ACCESS, ROOM_LEVELS, roomIdSchema, slugSchema, type RoomAccess, type RoomLevel } from './rooms.ts';

/** No controls but line breaks, no direction overrides, no lone surrogates: such a text could pose as another one. */
const CLEAN = /^[^\p{Cc}\p{Co}\p{Cn}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u;
const CLEAN_LINES = /^(?:[^\p{Cc}\p{Co}\p{Cn}\p{Cs}\u202a-\u202e\u2066-\u2069]|\n)*$/u;
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u;

const line = (max: number) =>
  v.optional(v.pipe(v.string(), v.trim(), v.maxLength(max, 'too-long'), v.regex(CLEAN, 'invalid')), '');
const lines = (max: number) =>
  v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => text.replaceAll('\r\n', '\n').trim()),
      v.maxLength(max, 'too-long'),
      v.regex(CLEAN_LINES, 'invalid'),
    ),
    '',
  );
const localized = (part: v.GenericSchema<string | undefined, string>) =>
  v.object({ de: part, en: part, ar: part, uk: part });
const anyText = v.check((texts: LocalizedText) => Object.values(texts).some((text) => VISIBLE.test(text)), 'empty');

/** Texts per language; a language that is left empty shows the first of the others (`spoken`). */
const texts = {
  name: v.pipe(localized(line(LIMITS.roomName)), anyText),
  purpose: v.pipe(localized(line(LIMITS.roomPurpose)), anyText),
  rules: localized(lines(LIMITS.roomRules)),
  welcome: localized(lines(LIMITS.roomWelcome)),
  access: v.picklist(ROOM_ACCESS),
};
const userId = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
const yes = v.union([
  v.boolean(),
  v.pipe(
    v.picklist(['on', 'true', '', 'false']),
    v.transform((value) => value === 'on' || value === 'true'),
  ),
]);
const count = v.union([v.number(), v.pipe(v.string(), v.nonEmpty('invalid'), v.toNumber())]);

/** `clientId`: the same form sent twice makes one room. */
export const createRoomSchema = v.object({ ...texts, clientId: v.pipe(v.string(), v.uuid('invalid')) });
/** `version`: of the room as the form showed it; another one meanwhile is a conflict. */
export const updateRoomSchema = v.object({
  ...texts,
  roomId: roomIdSchema,
  version: v.pipe(count, v.integer(), v.minValue(0)),
});
/** Puts the room before another one; null or empty: at the end. */
export const moveRoomSchema = v.object({
  roomId: roomIdSchema,
  before: v.pipe(
    v.nullish(v.union([roomIdSchema, v.literal('')])),
    v.transform((before) => before || null),
  ),
});
export const readyRoomSchema = v.object({ slug: slugSchema });
/** `shown`: the others of the room may see her name among its members. */
export const joinMembersSchema = v.object({ roomId: roomIdSchema, shown: v.optional(yes) });
export const askRoomSchema = v.object({
  roomId: roomIdSchema,
  note: line(LIMITS.roomAsk),
  shown: v.optional(yes),
});
export const answerRequestSchema = v.object({
  roomId: roomIdSchema,
  userId,
  answer: v.picklist(['accept', 'decline']),
});
export const roomPersonSchema = v.object({ roomId: roomIdSchema, userId });
export const hostSchema = v.object({ roomId: roomIdSchema, userId, host: yes });
export const membersPageSchema = v.object({ roomId: roomIdSchema, before: v.nullish(userId) });
/** So many names are offered at once. */
export const SUGGESTIONS = 8;
/** What she typed behind the sign, and whom her page shows already. */
export const suggestSchema = v.object({
  roomId: roomIdSchema,
  query: v.pipe(v.string(), v.maxLength(2 * LIMITS.displayName.max + 1, 'too-long')),
  known: v.optional(v.pipe(v.array(userId), v.maxLength(LIMITS.listPage, 'too-long')), []),
});
export const archivedPageSchema = v.object({ before: v.nullish(v.pipe(v.string(), v.isoTimestamp('invalid'))) });
const hour = v.optional(
  v.union([v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'invalid')), v.literal('')]),
  '',
);
/** Quiet hours as hh:mm of her day, both or none; they may go over midnight. */
export const roomSettingsSchema = v.pipe(
  v.object({
    roomId: roomIdSchema,
    level: v.picklist(ROOM_LEVELS),
    quietFrom: hour,
    quietTo: hour,
    shown: v.optional(yes, false),
    listed: v.optional(yes, false),
  }),
  v.forward(
    v.check(({ quietFrom, quietTo }) => (quietFrom === '') === (quietTo === ''), 'empty'),
    ['quietTo'],
  ),
);

/** What a language shows: its own text, else the first that there is. */
export function spoken(texts: LocalizedText): LocalizedText {
  const first = texts.en || texts.de || texts.ar || texts.uk;
  return { de: texts.de || first, en: texts.en || first, ar: texts.ar || first, uk: texts.uk || first };
}

/** A room as its moderators edit it: texts as they were given, empty where a language has none of its own. */
export interface RoomEditView {
  id: string;
  slug: string;
  version: number;
  name: LocalizedText;
  purpose: LocalizedText;
  rules: LocalizedText;
  welcome: LocalizedText;
  access: RoomAccess;
  archivedAt: string | null;
}
export interface ManagedRoomView extends Omit<RoomEditView, 'rules' | 'welcome'> {
  /** People who wait for an answer; at most LIMITS.listPage are counted. */
  requests: number;
}
export interface ReadyRoomView {
  slug: string;
  name: LocalizedText;
  purpose: LocalizedText;
}
export interface RoomMemberView {
  person: PersonView;
  host: boolean;
  /** ISO 8601: since when she is what she is here. */
  since: string;
}
/** `names` false: only some names are shown, those who allow it. */
export interface RoomMembersView {
  count: number;
  members: RoomMemberView[];
  next: string | null;
  names: 'all' | 'some';
}
export interface RoomRequestView {
  person: PersonView;
  note: string;
  since: string;
}
export interface RoomSettingsView {
  level: RoomLevel;
  /** hh:mm, or empty */
  quietFrom: string;
  quietTo: string;
  shown: boolean;
  listed: boolean;
}
