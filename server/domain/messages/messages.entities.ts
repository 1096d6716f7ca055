// The plain shapes of the messages area: log entries, drafts of them, messages. Imported by the area's other files.
import { createHash } from 'node:crypto';

export type RemovedBy = 'author' | 'moderator';

/** A message as the projection keeps it. Ids are 24 hex digits. */
export interface Message {
  id: string;
  roomId: string;
  /** The rev of its posting: its place in the room. */
  seq: number;
  /** The rev of the last change to it. */
  rev: number;
  /** How many posts the room had with this one. */
  post: number;
  authorId: string;
  clientId: string;
  textHash: string;
  text: string | null;
  removedBy: RemovedBy | null;
  at: Date;
}

/** A command before it has its place in the log. `id` stays the same through every retry. */
export type Draft =
  | { kind: 'posted'; id: string; messageId: string; by: string; clientId: string; text: string; textHash: string }
  | { kind: 'removed'; id: string; messageId: string; by: string; seq: number; removedBy: RemovedBy };

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
  /** null: scrubbed, because the message was removed. */
  text: string | null;
  removed: { rev: number; by: RemovedBy } | null;
}
interface RemovedEntry extends EntryPlace {
  kind: 'removed';
  /** The seq of the removed message. */
  seq: number;
  removedBy: RemovedBy;
}
export type LogEntry = PostedEntry | RemovedEntry;

/** Where a room's log stands. */
export interface LogHead {
  rev: number;
  posts: number;
}

export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The message that a posting makes; a scrubbed entry makes the stone. */
export function messageOf(entry: PostedEntry): Message {
  return {
    id: entry.messageId,
    roomId: entry.roomId,
    seq: entry.rev,
    rev: entry.removed?.rev ?? entry.rev,
    post: entry.posts,
    authorId: entry.by,
    clientId: entry.clientId,
    textHash: entry.textHash,
    text: entry.text,
    removedBy: entry.removed?.by ?? null,
    at: entry.at,
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
