// Messages and the room's event stream as both sides know them: schemas, views, envelopes.
import * as v from 'valibot';
import { LIMITS } from './limits.ts';
import { roomIdSchema, type RoomAbilities } from './rooms.ts';
import type { PersonView } from './accounts.ts';

export const clientIdSchema = v.pipe(v.string(), v.uuid('invalid'));
/** The text as she typed it, trimmed at the ends; at least one visible character. Lone surrogates are refused. */
export const messageTextSchema = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(LIMITS.messageLength, 'too-long'),
  v.check((text) => text.isWellFormed(), 'invalid'),
  v.check((text) => /[^\p{Cc}\p{Cf}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u.test(text), 'empty'),
);
export const postMessageSchema = v.object({ roomId: roomIdSchema, clientId: clientIdSchema, text: messageTextSchema });
export const removeMessageSchema = v.object({
  roomId: roomIdSchema,
  messageId: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid')),
});
/** The page before message `before` (its seq); left out for the newest page. */
export const historySchema = v.object({
  roomId: roomIdSchema,
  before: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

/** A message as a room shows it. `seq` is the rev of its posting and its place in the room; `rev` the last change to it. */
export interface MessageView {
  id: string;
  roomId: string;
  seq: number;
  rev: number;
  /** How many posts the room had with this one: the unread line stands before the first with `post > readPosts`. */
  post: number;
  author: PersonView;
  /** null: removed, a stone stands here. */
  text: string | null;
  removedBy: 'author' | 'moderator' | null;
  /** ISO 8601 */
  at: string;
  clientId: string;
}

/** What happened in a room, in its one order. Every change can be applied twice without harm. */
export type RoomChange =
  | { rev: number; kind: 'posted'; message: MessageView }
  | { rev: number; kind: 'removed'; messageId: string; removedBy: 'author' | 'moderator' };

/** Contiguous range of revs: `from` to `to`, both included. What a viewer may not see is left out inside the range. */
export interface RoomChanges {
  roomId: string;
  from: number;
  to: number;
  /** The room's count of posts at `to`. */
  posts: number;
  changes: RoomChange[];
}

/** Messages in ascending seq. */
export interface HistoryPage {
  messages: MessageView[];
  hasOlder: boolean;
}

/** The answer to a join: the newest page, or the changes after `since`. */
export type RoomJoinView = {
  roomId: string;
  rev: number;
  posts: number;
  readPosts: number;
  purgedBelow: number;
  abilities: RoomAbilities;
} & ({ kind: 'snapshot'; page: HistoryPage } | { kind: 'changes'; changes: RoomChange[] });

/** The answer to a post: what is stored, also for a retry. */
export interface PostedView {
  message: MessageView;
}
