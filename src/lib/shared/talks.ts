// A talk as both sides know it: a private conversation that a ticket led to, her next steps, her feedback.
import * as v from 'valibot';
import type { PersonView } from './accounts.ts';
import { LIMITS } from './limits.ts';
import type { LocalizedText } from './locales.ts';
import type { RoomJoinView } from './messages.ts';
import type { TicketState } from './tickets.ts';

export const FACES = ['good', 'fair', 'poor'] as const;
export type Face = (typeof FACES)[number];

const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
const text = (max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(max, 'too-long'),
    v.check((words) => words.isWellFormed(), 'invalid'),
  );
export const byTalkSchema = v.object({ talkId: id });
export const nextStepsSchema = v.object({
  ticketId: id,
  text: v.pipe(text(LIMITS.nextSteps), v.minLength(1, 'empty')),
});
export const noteSchema = v.object({ noteId: id });
export const shareNoteSchema = v.object({ noteId: id, with: v.nullable(id) });
export const offerPhoneSchema = v.object({
  talkId: id,
  /** Empty takes it back. */
  phone: v.pipe(v.string(), v.trim(), v.maxLength(30, 'too-long'), v.regex(/^[+\d][\d /()-]{4,}$|^$/, 'invalid')),
});
export const feedbackSchema = v.object({ ticketId: id, face: v.picklist(FACES), words: text(LIMITS.feedbackWords) });

/** Anything else than a day in an address counts as not chosen. */
export const feedbackPageSchema = v.object({ before: v.fallback(v.nullish(v.pipe(v.string(), v.isoDate())), null) });
/** `text` is as a message of the room has it. */
export const lessonSchema = v.object({ talkId: id, clientId: v.unknown(), text: v.string() });

/** Her next steps: the note is hers. */
export interface NoteView {
  id: string;
  ticketId: string;
  text: string;
  at: string;
  by: PersonView | null;
  /** The mentor to whom she shows it besides the one who wrote it. */
  sharedWith: PersonView | null;
}
/** One talk as its page opens with it. */
export interface TalkView {
  id: string;
  ticketId: string;
  /** 'owner': she appears under her alias, `viewerId` is that of the alias. */
  side: 'owner' | 'host';
  /** The mentor's account, for the owner. A mentor never learns whose account an alias is. */
  hostId: string | null;
  viewerId: string;
  /** How she is called here; null for the mentor, who has her name. */
  alias: string | null;
  /** Whom she talks with: her mentor, or the alias. */
  title: string;
  state: TicketState;
  startedAt: string;
  endedAt: string | null;
  /** When all of it is deleted; null while it goes on. */
  deletedAt: string | null;
  minutesPerTalk: number;
  /** What she offered; empty: nothing. */
  phone: string;
  handOver: PersonView | null;
  note: NoteView | null;
  /** Mentors of the drop-in, and of those that come soon, to whom she can show her note. */
  mentors: PersonView[];
  feedbackGiven: boolean;
  /** Where the mentor may post what others can learn from it, after its end. */
  lesson: { slug: string; name: LocalizedText } | null;
  /** So many days after its end it is deleted. */
  keptDays: number;
  join: RoomJoinView;
}
export interface TalkSummaryView {
  id: string;
  title: string;
  side: 'owner' | 'host';
  startedAt: string;
  endedAt: string | null;
}
/** Anonymous: no ticket, no person, no mentor; five or more together, of weeks that are over. */
export interface FeedbackGroupView {
  /** First and last day, yyyy-mm-dd. */
  from: string;
  to: string;
  faces: Record<Face, number>;
  /** In no order of time. */
  words: string[];
}
/** Newest first; `next` goes into `before` of the next call. */
export interface FeedbackPageView {
  groups: FeedbackGroupView[];
  next: string | null;
}
