// THE socket contract between browser and hub.
import type { ErrorView } from './errors.ts';
import type { HistoryPage, PostedView, RoomChanges, RoomJoinView } from './messages.ts';
import type { RoomActivityView, RoomPresenceView, RoomSummaryView } from './rooms.ts';

export type Result<T> = { ok: true; data: T } | { ok: false; error: ErrorView };
export type Ack<T> = (result: Result<T>) => void;

/** Inputs are `unknown` on the wire; the types here say what a well-behaved client sends. */
export interface ClientToServer {
  /** Subscribes to `rooms:activity` and answers the list. */
  'rooms:watch': (input: Record<string, never>, ack: Ack<RoomSummaryView[]>) => void;
  'rooms:unwatch': (input: Record<string, never>, ack: Ack<null>) => void;
  'room:join': (input: { roomId: string; since?: number | null }, ack: Ack<RoomJoinView>) => void;
  'room:leave': (input: { roomId: string }, ack: Ack<null>) => void;
  'room:read': (input: { roomId: string; posts: number }, ack: Ack<{ readPosts: number }>) => void;
  'room:history': (input: { roomId: string; before?: number | null }, ack: Ack<HistoryPage>) => void;
  /** Volatile: no answer, dropped under load, at most once a second. */
  'room:typing': (input: { roomId: string }) => void;
  'message:post': (input: { roomId: string; clientId: string; text: string }, ack: Ack<PostedView>) => void;
  'message:remove': (input: { roomId: string; messageId: string }, ack: Ack<{ rev: number }>) => void;
}

export interface ServerToClient {
  'room:changes': (changes: RoomChanges) => void;
  /** Every 20 s, volatile: reveals a lost last envelope. */
  'room:at': (at: { roomId: string; rev: number }) => void;
  /** The socket was too slow and bodies were left out: join again. */
  'room:resync': (input: { roomId: string }) => void;
  'room:presence': (presence: RoomPresenceView) => void;
  /** Her read position moved on another device. */
  'room:read-at': (input: { roomId: string; readPosts: number }) => void;
  'rooms:activity': (activity: RoomActivityView) => void;
  /** This login is over: the page wipes what is hers on the device and goes to the sign-in page. */
  'session:ended': (input: Record<string, never>) => void;
  /** The hub restarts: come back after this many milliseconds. */
  'hub:restarting': (input: { retryInMs: number }) => void;
}

export const SOCKET_PATH = '/live';
