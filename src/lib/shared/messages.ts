// Messages and the room's event stream as both sides know them: schemas, views, envelopes.
import * as v from 'valibot';
import type { AttachmentView } from './attachments.ts';
import { LIMITS } from './limits.ts';
import type { LocalizedText } from './locales.ts';
import type { Reaction } from './reactions.ts';
import { roomIdSchema, type RoomAbilities } from './rooms.ts';
import type { Page, PersonView } from './accounts.ts';

export const clientIdSchema = v.pipe(v.string(), v.uuid('invalid'));
/** By which name a device knows a post of hers. */
export const heldPostSchema = v.object({ clientId: clientIdSchema });
const visible = (text: string): boolean => /[^\p{Cc}\p{Cf}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u.test(text);
const words = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(LIMITS.messageLength, 'too-long'),
  v.check((text) => text.isWellFormed(), 'invalid'),
);
/** The text as she typed it, trimmed at the ends; at least one visible character. Lone surrogates are refused. */
export const messageTextSchema = v.pipe(words, v.check(visible, 'empty'));
/** Beside pictures there may be no words at all. */
export const captionSchema = v.pipe(
  words,
  v.transform((text) => (visible(text) ? text : '')),
);
const seq = v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1)));
/** The page before or after a message (its seq), or the one around it; nothing of them: the newest page. */
export const historySchema = v.pipe(
  v.object({ roomId: roomIdSchema, before: seq, after: seq, around: seq }),
  v.check(({ before, after, around }) => [before, after, around].filter(Boolean).length <= 1, 'invalid'),
);

/** How many gave it; left out when nobody did. */
export type ReactionCounts = { [Name in Reaction]?: number };

/** What a reply shows of the message it answers. */
export interface QuoteView {
  id: string;
  seq: number;
  /** The rev of the last change to the quoted words: an older one is ignored. */
  rev: number;
  /** null: someone from the community. */
  author: PersonView | null;
  /** The first characters as they are now; null when it was removed or moved. */
  excerpt: string | null;
}
interface PinView {
  at: string;
  by: PersonView;
}
/** Somebody who knows has checked this answer. It says so itself when `until` has passed. */
interface VerifiedView {
  by: PersonView;
  at: string;
  until: string;
  source: string | null;
}

/** A message as a room shows it. `seq` is the rev of its posting and its place in the room; `rev` the last change to it. */
export interface MessageView {
  id: string;
  roomId: string;
  seq: number;
  rev: number;
  /** How many posts the room had with this one: the unread line stands before the first with `post > readPosts`. */
  post: number;
  /** null: someone from the community, who asked anonymously. */
  author: PersonView | null;
  /** null: removed or moved, a stone stands here. */
  text: string | null;
  /** 'you': she blocked its author; a stone, behind which she may look once. */
  removedBy: 'author' | 'moderator' | 'review' | 'you' | null;
  /** ISO 8601 */
  at: string;
  clientId: string;
  editedAt: string | null;
  /** ISO 639-1, null when it could not be told. */
  lang: string | null;
  replyTo: QuoteView | null;
  /** The root of the thread in which it is written; null on the root and outside of threads. */
  threadId: string | null;
  thread: { replies: number; lastAt: string } | null;
  reactions: ReactionCounts;
  pinned: PinView | null;
  /** The question that this message answers, as the asker or a mentor marked it. */
  answerTo: string | null;
  question: 'open' | 'answered' | null;
  verified: VerifiedView | null;
  /** The reason for which pictures are covered until she taps. */
  cover: string | null;
  attachments: AttachmentView[];
  /** Ids of the people it mentions. */
  mentions: string[];
  /** Where it went. Only by id: not everybody may know of that room. */
  moved: { roomId: string } | null;
}

/** New state of one message; what is left out stays as it is. */
export interface MarkView {
  messageId: string;
  question?: MessageView['question'];
  answerTo?: string | null;
  verified?: VerifiedView | null;
}

/**
 * What happened in a room, in its one order. Every change can be applied twice without harm. `threadId` of a removed or
 * moved message: its root's count goes down. `pins`: ids of all pinned messages in their order.
 */
export type RoomChange = { rev: number } & (
  | { kind: 'posted'; message: MessageView }
  | { kind: 'removed'; messageId: string; removedBy: 'author' | 'moderator'; threadId: string | null }
  | {
      kind: 'edited';
      messageId: string;
      /** null: a later change took these words back already. */
      text: string | null;
      lang: string | null;
      mentions: string[];
      editedAt: string;
    }
  | { kind: 'reacted'; messageId: string; reactions: ReactionCounts }
  | { kind: 'pinned'; messageId: string; pinned: PinView | null; pins: string[] }
  | { kind: 'marked'; marks: MarkView[] }
  | { kind: 'language'; messageId: string; lang: string }
  /** Kept from members, or shown again: `message` as everybody sees it now. */
  | { kind: 'hidden'; messageId: string; message: MessageView | null; pins: string[] }
  | { kind: 'moved'; messageId: string; moved: { roomId: string }; threadId: string | null }
  /** Older than the room keeps messages: gone, as if they had never been. */
  | { kind: 'purged'; ids: string[] }
);

/** Contiguous range of revs: `from` to `to`, both included. What a viewer may not see is left out inside the range. */
export interface RoomChanges {
  roomId: string;
  from: number;
  to: number;
  /** The room's count of posts at `to`. */
  posts: number;
  changes: RoomChange[];
}

/** What only the viewer knows about messages of a page. */
export interface MineView {
  reactions: Record<string, Reaction[]>;
  /** Ids of her own anonymous messages. */
  anonymous: string[];
  /** Ids of messages that she saved for herself. */
  saved: string[];
}

/** Messages in ascending seq: those of the room outside of threads, or those of one thread. */
export interface HistoryPage {
  messages: MessageView[];
  hasOlder: boolean;
  /** False: it ends with the newest. Always true of a page that was asked for as the one before a message. */
  hasNewer: boolean;
  mine: MineView;
}

/** The answer to a join: the newest page, or the changes after `since` (`mine` then tells about their messages). */
export type RoomJoinView = {
  roomId: string;
  /** As whom she is here: in a talk under her alias. */
  viewerId: string;
  rev: number;
  posts: number;
  readPosts: number;
  purgedBelow: number;
  abilities: RoomAbilities;
  /** How long somebody may change her words here. */
  editMinutes: number;
  /** Ids of the pinned messages in their order. */
  pins: string[];
  mine: MineView;
} & ({ kind: 'snapshot'; page: HistoryPage } | { kind: 'changes'; changes: RoomChange[] });

/** A thread beside its room: the root, and the newest page of what was written in it. */
export interface ThreadView {
  roomId: string;
  /** Good for this rev of the room: later changes of the room apply. */
  rev: number;
  root: MessageView;
  page: HistoryPage;
}

/** The answer to a post: what is stored, also for a retry. */
export interface PostedView {
  message: MessageView;
}
/** What the words were before they were edited, oldest first. For moderators. */
export interface MessageVersionsView {
  versions: { text: string; at: string }[];
}
/** Her own words while they are kept from members until a moderator has looked; null: they are not. */
export interface MessageReviewView {
  text: string | null;
}
/** What became of a post of hers that waited for a moderator; `noticeId`: where she reads why, null when that is not kept any more. */
export interface MessageHeldView {
  state: 'waits' | 'posted' | 'refused';
  noticeId: string | null;
}
/** Who looked who asked anonymously, newest first. For her who asked, and for moderators. */
export interface LooksView {
  looks: { by: PersonView; at: string }[];
}
/** Where a message stands now, also when it was moved. */
export interface MessagePlaceView {
  roomId: string;
  roomSlug: string;
  messageId: string;
  threadId: string | null;
  seq: number;
}
/** What is about to be moved, and where it may go. For the form of those who moderate both rooms. */
export interface MoveFormView {
  /** With its thread, whose replies go with it. */
  message: MessageView;
  /** `closed`: not everyone may come in. */
  rooms: { id: string; name: LocalizedText; closed: boolean }[];
}
/** Somebody mentioned her, or replied to her. */
export interface MentionView {
  kind: 'mention' | 'reply';
  read: boolean;
  message: MessageView;
}
export type MentionsPage = Page<MentionView>;
type MessagesPage = Page<MessageView>;
/** Messages of several rooms, with the rooms they stand in. */
export type MessagesOfRooms = MessagesPage & { rooms: RoomPlaceView[] };
export interface RoomPlaceView {
  roomId: string;
  slug: string;
  name: LocalizedText;
}
/** Questions of a room, and what is marked as an answer to one of them. */
export type QuestionsPage = MessagesPage & { answers: MessageView[] };
/** One message with what was written to it: what answers it, then the newest replies first. */
export interface MessageAboutView {
  message: MessageView;
  answers: MessageView[];
  replies: MessagesPage;
  /** She may say what answers it. */
  mayMark: boolean;
  /** She may pin, and say that something was checked. */
  mayKeep: boolean;
}
