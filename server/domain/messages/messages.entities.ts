// The plain shapes of the messages area: log entries, drafts of them, messages. Imported by the area's other files.
import { createHash } from 'node:crypto';
import type { AttachmentView } from '#shared/attachments.ts';
import type { Reaction } from '#shared/reactions.ts';

export type RemovedBy = 'author' | 'moderator';
export type Hidden = 'review' | 'decided';

export interface Quote {
  id: string;
  seq: number;
  authorId: string;
}
/** What a message brings along when it is posted. */
export interface Extras {
  threadId: string | null;
  replyTo: Quote | null;
  /** Its author is shown to nobody. */
  anonymous: boolean;
  lang: string | null;
  cover: string | null;
  attachments: AttachmentView[];
  mentions: string[];
  question: 'open' | 'answered' | null;
  /** Of a moved message: when it was written. */
  writtenAt: Date | null;
}
export const NO_EXTRAS: Extras = {
  threadId: null,
  replyTo: null,
  anonymous: false,
  lang: null,
  cover: null,
  attachments: [],
  mentions: [],
  question: null,
  writtenAt: null,
};

export interface Moved {
  roomId: string;
  roomSlug: string;
  messageId: string;
}
export interface Verified {
  by: string;
  at: Date;
  until: Date;
  source: string | null;
}

/** A message as the projection keeps it. Ids are 24 hex digits. */
export interface Message extends Extras {
  id: string;
  roomId: string;
  /** The rev of its posting: its place in the room. */
  seq: number;
  /** The rev of the last change to it. */
  rev: number;
  /** The rev of the last change of its words. */
  textRev: number;
  /** How many posts the room had with this one. */
  post: number;
  authorId: string;
  clientId: string;
  textHash: string;
  text: string | null;
  removedBy: RemovedBy | null;
  /** Kept from members, whole: until somebody has looked, or by a decision that can be undone. */
  hidden: Hidden | null;
  at: Date;
  editedAt: Date | null;
  /** What the words were before, oldest first. */
  versions: { text: string; at: Date }[];
  threadReplies: number;
  threadLastAt: Date | null;
  /** `reaction:userId` */
  reactors: string[];
  pinned: { by: string; at: Date; order: number } | null;
  answerTo: string | null;
  verified: Verified | null;
  moved: Moved | null;
}

/** New state of one message; what is left out stays as it is. */
export interface Mark {
  messageId: string;
  question?: Message['question'];
  answerTo?: string | null;
  verified?: Verified | null;
}
export interface ReactionChange {
  userId: string;
  reaction: Reaction;
  on: boolean;
}
/** What changes messages that are there, without the words. */
type ChangeWhat =
  | { kind: 'reacted'; reactions: ReactionChange[] }
  /** `since`: it was pinned before and gets another place. */
  | { kind: 'pinned'; order: number | null; since?: { by: string; at: Date } }
  | { kind: 'marked'; marks: Mark[] }
  | { kind: 'language'; lang: string }
  | { kind: 'hidden'; seq: number; state: Hidden | null }
  | { kind: 'moved'; seq: number; threadId: string | null; moved: Moved }
  /** Too old for this room: gone without a stone. Each of `units` goes whole, as it was seen, or not at all. */
  | { kind: 'purged'; units: Purged[][] };
/** A message that goes by its age; `author`: who wrote it under her name; `files`: it brought some along. */
export interface Purged {
  id: string;
  seq: number;
  rev: number;
  author?: string;
  files?: true;
}
interface EditedWhat {
  kind: 'edited';
  seq: number;
  /** null in the log: a later change took these words back. */
  text: string | null;
  lang: string | null;
  mentions: string[];
}

interface DraftPlace {
  id: string;
  messageId: string;
  by: string;
}
/** A command before it has its place in the log. `id` stays the same through every retry. */
export type Draft = DraftPlace &
  (
    | { kind: 'posted'; clientId: string; text: string; textHash: string; extras?: Extras }
    | { kind: 'removed'; seq: number; removedBy: RemovedBy; threadId?: string | null }
    | EditedWhat
    | ChangeWhat
  );

interface EntryPlace {
  id: string;
  roomId: string;
  rev: number;
  /** Posts of the room up to this entry. */
  posts: number;
  at: Date;
  by: string;
  messageId: string;
}
export interface PostedEntry extends EntryPlace {
  kind: 'posted';
  clientId: string;
  textHash: string;
  /** null: scrubbed, because the message was removed or moved. */
  text: string | null;
  /** Its message is kept from members. */
  hidden?: Hidden | null;
  removed: { rev: number; by: RemovedBy } | null;
  extras?: Extras;
}
/** The seq is that of the changed message. */
type RemovedEntry = EntryPlace & {
  kind: 'removed';
  seq: number;
  removedBy: RemovedBy;
  threadId?: string | null;
};
export type EditedEntry = EntryPlace & EditedWhat & { hidden?: Hidden | null };
type ChangeEntry = EntryPlace & ChangeWhat;
export type LogEntry = PostedEntry | RemovedEntry | EditedEntry | ChangeEntry;

/** What an entry takes away for good. */
export const purgedBy = (entry: LogEntry): Purged[] => (entry.kind === 'purged' ? entry.units.flat() : []);

/** Where a room's log stands. */
export interface LogHead {
  rev: number;
  posts: number;
}

export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What nothing has happened to. */
export const UNTOUCHED = {
  editedAt: null,
  versions: [] as Message['versions'],
  threadReplies: 0,
  threadLastAt: null,
  reactors: [] as string[],
  pinned: null,
  answerTo: null,
  verified: null,
  moved: null,
  hidden: null,
} satisfies Partial<Message>;

/** The message that a posting makes; a scrubbed entry makes the stone. */
export function messageOf(entry: PostedEntry): Message {
  const rev = entry.removed?.rev ?? entry.rev;
  const extras = entry.extras ?? NO_EXTRAS;
  return {
    ...UNTOUCHED,
    ...extras,
    id: entry.messageId,
    roomId: entry.roomId,
    seq: entry.rev,
    rev,
    textRev: rev,
    post: entry.posts,
    authorId: entry.by,
    clientId: entry.clientId,
    textHash: entry.textHash,
    text: entry.text,
    hidden: entry.hidden ?? null,
    removedBy: entry.removed?.by ?? null,
    at: extras.writtenAt ?? entry.at,
  };
}

/** Gives drafts their places after `head`, in their order. */
export function numbered(drafts: readonly Draft[], place: { roomId: string; head: LogHead; at: Date }): LogEntry[] {
  let { rev, posts } = place.head;
  return drafts.map((draft) => {
    rev += 1;
    if (draft.kind === 'posted') posts += 1;
    const at = { roomId: place.roomId, at: place.at, rev, posts };
    return draft.kind === 'posted' ? { ...draft, ...at, removed: null } : { ...draft, ...at };
  });
}

/** The thread that a posting goes on with, if it does. */
export const threadOf = (entry: LogEntry): string | null =>
  entry.kind === 'posted' ? (entry.extras?.threadId ?? null) : null;
