// THE socket contract between browser and hub.
import type { AnswersPage, AnswerText } from './answers.ts';
import type { ErrorView } from './errors.ts';
import type {
  HistoryPage,
  LooksView,
  MentionsPage,
  MessagePlaceView,
  MessagesOfRooms,
  MessageHeldView,
  MessageReviewView,
  MessageVersionsView,
  MessageView,
  PostedView,
  QuestionsPage,
  RoomChanges,
  RoomJoinView,
  ThreadView,
} from './messages.ts';
import type { NotesView } from './notes.ts';
import type { Reaction } from './reactions.ts';
import type { PersonView } from './accounts.ts';
import type { TicketCommands, TicketPackets } from './tickets.realtime.ts';
import type { RoomActivityView, RoomPresenceView, RoomSummaryView } from './rooms.ts';

export type Result<T> = { ok: true; data: T } | { ok: false; error: ErrorView };
export type Ack<T> = (result: Result<T>) => void;

export interface PostInput {
  roomId: string;
  clientId: string;
  text: string;
  /** A message of the same room (and thread). */
  replyTo?: string | null;
  /** The root of the thread it is written in. */
  threadId?: string | null;
  anonymous?: boolean;
  cover?: string | null;
  attachments?: string[];
  question?: boolean;
  /** Left out: the hub guesses. */
  lang?: string | null;
  mentions?: string[];
}
/** The seq of a message: at most one of them; none for the newest page. */
export interface HistoryPlace {
  before?: number | null;
  after?: number | null;
  around?: number | null;
}
interface OneMessage {
  roomId: string;
  messageId: string;
}

/** Inputs are `unknown` on the wire; the types here say what a well-behaved client sends. */
export interface ClientToServer extends TicketCommands {
  /** Subscribes to `rooms:activity` and answers the list. */
  'rooms:watch': (input: Record<string, never>, ack: Ack<RoomSummaryView[]>) => void;
  'rooms:unwatch': (input: Record<string, never>, ack: Ack<null>) => void;
  'room:join': (input: { roomId: string; since?: number | null }, ack: Ack<RoomJoinView>) => void;
  'room:leave': (input: { roomId: string }, ack: Ack<null>) => void;
  'room:read': (input: { roomId: string; posts: number }, ack: Ack<{ readPosts: number }>) => void;
  'room:history': (input: { roomId: string } & HistoryPlace, ack: Ack<HistoryPage>) => void;
  /** Volatile: no answer, dropped under load, at most once a second. */
  'room:typing': (input: { roomId: string }) => void;
  'message:post': (input: PostInput, ack: Ack<PostedView>) => void;
  'message:remove': (input: OneMessage, ack: Ack<{ rev: number }>) => void;
  /** The author, within the community's time. `mentions` left out: as they were. */
  'message:edit': (input: OneMessage & { text: string; mentions?: string[] }, ack: Ack<{ rev: number }>) => void;
  'message:react': (input: OneMessage & { reaction: Reaction; on: boolean }, ack: Ack<{ rev: number }>) => void;
  /** `position`: its place among the pinned ones, 0 is the first; left out: behind them. */
  'message:pin': (input: OneMessage & { on: boolean; position?: number }, ack: Ack<{ rev: number }>) => void;
  /** 'answer' needs the question it `answers`. */
  'message:mark': (
    input: OneMessage & { as: 'question' | 'answer' | 'none'; answers?: string },
    ack: Ack<{ rev: number }>,
  ) => void;
  /** `until` (ISO 8601) null: no longer verified. */
  'message:verify': (
    input: OneMessage & { until: string | null; source?: string | null },
    ack: Ack<{ rev: number }>,
  ) => void;
  'message:language': (input: OneMessage & { lang: string }, ack: Ack<{ rev: number }>) => void;
  'message:save': (input: OneMessage & { on: boolean }, ack: Ack<null>) => void;
  /** Moderators: who asked anonymously. It is recorded before it is answered. */
  'message:reveal': (input: OneMessage, ack: Ack<PersonView>) => void;
  /** Who did so: for her who asked, and for moderators. */
  'message:looks': (input: OneMessage, ack: Ack<LooksView>) => void;
  /** Her own message that is kept from members until a moderator has looked. */
  'message:review': (input: OneMessage, ack: Ack<MessageReviewView>) => void;
  /** Her own post that waited for a moderator: what became of it. */
  'message:held': (input: { clientId: string }, ack: Ack<MessageHeldView>) => void;
  'message:versions': (input: OneMessage, ack: Ack<MessageVersionsView>) => void;
  /** Moderators: a root goes with its thread. Answers where it is now. */
  'message:move': (input: OneMessage & { toRoomId: string }, ack: Ack<MessagePlaceView>) => void;
  /** For links: where it is now, also when it was moved. */
  'message:locate': (input: OneMessage, ack: Ack<MessagePlaceView>) => void;
  'thread:open': (input: { roomId: string; rootId: string; before?: number | null }, ack: Ack<ThreadView>) => void;
  /** Whom she may mean; `known`: ids of at most LIMITS.listPage people whom her page shows. */
  'room:people-suggest': (input: { roomId: string; query: string; known?: string[] }, ack: Ack<PersonView[]>) => void;
  /** The pinned messages in their order. */
  'room:pins': (input: { roomId: string }, ack: Ack<MessageView[]>) => void;
  /** Newest first; `before` is the `next` of the page before. */
  'room:questions': (
    input: { roomId: string; state: 'open' | 'answered'; before?: string },
    ack: Ack<QuestionsPage>,
  ) => void;
  /** The unread part begins with this post again, also on her other devices. */
  'room:unread': (input: { roomId: string; post: number }, ack: Ack<{ readPosts: number }>) => void;
  /** Mentors: verified answers of all rooms that ask to be checked again. */
  'answers:expired': (input: { before?: string }, ack: Ack<MessagesOfRooms>) => void;
  /** Mentors: her own saved answers, the last used first. */
  'answers:mine': (input: { before?: string }, ack: Ack<AnswersPage>) => void;
  'answers:take': (input: { answerId: string; lang: string }, ack: Ack<AnswerText>) => void;
  'saved:list': (input: { before?: string }, ack: Ack<MessagesOfRooms>) => void;
  'mentions:list': (input: { before?: string }, ack: Ack<MentionsPage>) => void;
  /** Unread mentions and replies to her by room id; rooms without any are left out. */
  'mentions:counts': (input: Record<string, never>, ack: Ack<Record<string, number>>) => void;
  /** Subscribes to 'drop-in:changed'. */
  'drop-ins:watch': (input: Record<string, never>, ack: Ack<null>) => void;
  'drop-ins:unwatch': (input: Record<string, never>, ack: Ack<null>) => void;
  /** Moderators: subscribes to 'cases:changed' and answers how many wait. */
  'cases:watch': (input: Record<string, never>, ack: Ack<{ open: number }>) => void;
  /** Moderators: she still looks at this case, and at no other; without it that ends by itself. `left`: at once. Answers who else does. */
  'cases:look': (input: { caseId: string; left?: boolean }, ack: Ack<{ lookedAtBy: PersonView | null }>) => void;
  /** What waits for her in the notification centre, by room. */
  'notes:look': (input: Record<string, never>, ack: Ack<NotesView>) => void;
}

export interface ServerToClient extends TicketPackets {
  'room:changes': (changes: RoomChanges) => void;
  /** Every 20 s, volatile: reveals a lost last envelope. */
  'room:at': (at: { roomId: string; rev: number }) => void;
  /** The socket was too slow and bodies were left out: join again. */
  'room:resync': (input: { roomId: string }) => void;
  'room:presence': (presence: RoomPresenceView) => void;
  /** The unread mentions and replies of one room changed; sent whole. */
  'mentions:count': (input: { roomId: string; count: number }) => void;
  /** Something else waits for her than before, or no more: ask for it again. */
  'notes:changed': (input: Record<string, never>) => void;
  /** Her read position moved on another device; `back`: she marked the rest as unread. */
  'room:read-at': (input: { roomId: string; readPosts: number; back?: boolean }) => void;
  /** Rooms, or what she is to them, changed: ask for the list again. */
  'rooms:changed': (input: Record<string, never>) => void;
  /** Pages that show it load it again; a version that is not higher is no news. */
  'drop-in:changed': (input: { dropInId: string; version: number }) => void;
  /** A hint without content; null: something else in the list of what needs a decision. Load it again. */
  'cases:changed': (input: { caseId: string | null }) => void;
  'rooms:activity': (activity: RoomActivityView) => void;
  /** This login is over: the page wipes what is hers on the device and goes to the sign-in page. */
  'session:ended': (input: Record<string, never>) => void;
  /** The hub restarts: come back after this many milliseconds. */
  'hub:restarting': (input: { retryInMs: number }) => void;
}

export const SOCKET_PATH = '/live';
