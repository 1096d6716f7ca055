// Moderation as both sides know it: reasons, rules, decisions, sanctions, views. Browser code imports types and lists only.
import * as v from 'valibot';
import type { Page, PersonView } from './accounts.ts';
import { LIMITS } from './limits.ts';
import type { LocalizedText } from './locales.ts';
import type { AskedCaseView } from './asking.ts';
import { roomIdSchema } from './rooms.ts';

/** Why somebody reports something, gravest first where it matters: see GRAVITY. */
export const REPORT_REASONS = [
  'danger',
  'pressure',
  'harassment',
  'insult',
  'scam',
  'private-data',
  'wrong-advice',
  'other',
] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** 3: looked at first, and hidden until then where the community wants so. */
export const GRAVITY: Record<ReportReason, number> = {
  danger: 3,
  pressure: 3,
  harassment: 2,
  'private-data': 2,
  scam: 2,
  insult: 1,
  'wrong-advice': 1,
  other: 0,
};

/** A ticket and a talk are reported by who is in them; who asks to join is a stranger. */
export const CASE_SUBJECTS = ['message', 'person', 'ticket', 'talk', 'appeal', 'join'] as const;
export type CaseSubject = (typeof CASE_SUBJECTS)[number];

export const DECISIONS = [
  ...(['none', 'remove', 'warn', 'mute', 'suspend', 'ban', 'uphold', 'overturn'] as const),
  ...(['accept', 'decline'] as const),
] as const;
export type DecisionKind = (typeof DECISIONS)[number];
/** Those that hold for a while, or for ever; the gravest first. */
export const LASTING = ['ban', 'suspend', 'mute'] as const satisfies readonly DecisionKind[];

/** Which rule of the house was broken: a notice names it. */
export const RULES = [
  'respect',
  'no-pressure',
  'no-harassment',
  'no-scam',
  'privacy',
  'inform-not-advise',
  'safety',
] as const;
export type Rule = (typeof RULES)[number];

export const SANCTIONS = ['mute', 'suspension', 'ban'] as const;
export type SanctionKind = (typeof SANCTIONS)[number];

/** Hours of the offered mutes; any other number up to LIMITS.sanctionHours is possible. */
export const MUTE_HOURS = [1, 24, 168] as const;

const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
const note = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(LIMITS.caseNote, 'too-long')), '');
const words = v.pipe(v.string(), v.trim(), v.minLength(1, 'empty'), v.maxLength(LIMITS.caseNote, 'too-long'));
const hours = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.minLength(1, 'empty'), v.toNumber())]),
  v.integer(),
  v.minValue(1),
  v.maxValue(LIMITS.sanctionHours),
);

/** `picks`: the messages of a talk that she hands over, ids of at most LIMITS.reportPicks. */
export const reportSchema = v.object({
  subject: v.picklist(['message', 'person', 'ticket', 'talk']),
  id,
  roomId: v.optional(roomIdSchema),
  reason: v.picklist(REPORT_REASONS),
  note,
  picks: v.optional(v.pipe(v.array(id), v.maxLength(LIMITS.reportPicks, 'too-long')), []),
});
/** What a report would be about, before it is sent. */
export const pointSchema = v.pick(reportSchema, ['subject', 'id', 'roomId']);
export const caseIdSchema = v.object({ caseId: id });
/** `left`: she does not look any more. */
export const lookAtSchema = v.object({ caseId: id, left: v.optional(v.boolean(), false) });
/** `on`: her report was false on purpose, or was not after all. */
export const markReportSchema = v.object({ caseId: id, reporterId: id, on: v.boolean() });
export const casesSchema = v.object({
  state: v.optional(v.picklist(['open', 'mine', 'decided']), 'open'),
  before: v.optional(v.pipe(v.string(), v.maxLength(60))),
});
/** `version`: the state of the case that she saw; another one since then is 'conflict'. `hours`: for mute and suspend. */
export const decideSchema = v.object({
  caseId: id,
  version: v.pipe(v.union([v.number(), v.pipe(v.string(), v.toNumber())]), v.integer(), v.minValue(0)),
  decision: v.picklist(DECISIONS),
  rule: v.optional(v.picklist(RULES)),
  hours: v.optional(hours),
  /** Mutes: only in the room of the case. */
  roomOnly: v.optional(v.boolean(), false),
  note,
});
export const appealSchema = v.object({ caseId: id, text: words });

/** What was reported, as a case keeps it. */
export interface CaseView {
  id: string;
  version: number;
  subject: CaseSubject;
  /** The person it is about; null for an author who asked anonymously until somebody looks (and that is recorded). */
  about: PersonView | null;
  roomId: string | null;
  roomSlug: string | null;
  roomName: LocalizedText | null;
  /** Its first words, as they were when it was reported. */
  excerpt: string | null;
  messageId: string | null;
  state: 'open' | 'proposed' | 'decided';
  gravity: number;
  reasons: ReportReason[];
  reports: number;
  /** What of the word lists it hits, 'link' and 'phone'. */
  hits: string[];
  /** It is not posted: it waits for a decision. */
  held: boolean;
  openedAt: string;
  /** Who looks at it right now, other than the viewer. */
  lookedAtBy: PersonView | null;
  takenBy: PersonView | null;
  /** The reported message is hidden from members until somebody has decided. */
  hidden: boolean;
  decision: DecisionView | null;
  /** Of a stranger who asks to join; null for all others. */
  asked: AskedCaseView | null;
  /** What the viewer may do; why not, where she may not. */
  abilities: { decide: boolean; undo: boolean; confirm: boolean; judge: boolean };
}
export interface DecisionView {
  kind: DecisionKind;
  /** Where a mute, suspension or ban holds: in the room of the case, or in all. null: it is none of these. */
  scope: 'room' | 'everywhere' | null;
  rule: Rule | null;
  until: string | null;
  note: string;
  at: string;
  by: PersonView;
  /** Who had proposed a ban before a second one decided. */
  proposedBy: PersonView | null;
  undone: boolean;
}
/** What a decision would do. `proposed`: a second moderator has to decide the same. */
export interface ConsideredView {
  kind: DecisionKind;
  until: string | null;
  state: 'proposed' | 'decided';
}
export interface ReportView {
  reason: ReportReason;
  note: string;
  at: string;
  by: PersonView;
  /** A moderator said that it was false on purpose. */
  deliberate: boolean;
  /** What the reporter of a talk handed over. */
  picked: { text: string; at: string; byOwner: boolean }[];
}
/** A sanction in the history of a person: never her life, only what was decided. */
export interface SanctionView {
  caseId: string;
  kind: DecisionKind;
  rule: Rule | null;
  at: string;
  until: string | null;
  undone: boolean;
}
/** A message near the reported one. */
export interface ContextView {
  id: string;
  text: string | null;
  at: string;
  author: PersonView | null;
  reported: boolean;
  /** What the reported one said before, oldest first. */
  earlier: { text: string; at: string }[];
}
export interface SaidView {
  text: string;
  /** Oldest first. */
  earlier: { text: string; at: string }[];
  /** What stands there now. */
  now: 'same' | 'changed' | 'gone';
}
export interface CaseDetailView {
  case: CaseView;
  reports: ReportView[];
  history: SanctionView[];
  context: ContextView[];
  /** What it is about, as it was when it was reported or held. */
  said: SaidView | null;
  /** The words of the appeal, for cases of that kind; with the decision it is against. */
  appeal: { text: string; against: CaseView } | null;
}
export type CasesPage = Page<CaseView>;

/** What the person herself gets to know: what, which rule, until when, how to appeal. */
export interface NoticeView {
  caseId: string;
  kind: DecisionKind;
  rule: Rule | null;
  at: string;
  until: string | null;
  /** Where a mute, suspension or ban holds: in the room of `roomName`, or in all. null: it is none of these. */
  scope: 'room' | 'everywhere' | null;
  /** Where the message stood, and where a mute of one room holds. */
  roomName: LocalizedText | null;
  /** The first words of the message it was about, her own. */
  excerpt: string | null;
  /** What a mute, suspension or ban does to that message as well, until it is taken back; null: nothing. */
  message: 'hidden' | 'not-posted' | null;
  note: string;
  appeal: 'open' | 'sent' | 'upheld' | 'overturned' | 'late';
  /** Until when she may appeal. */
  appealUntil: string;
  undone: boolean;
}
/** What she is about to report, as she may read it anyway. */
export interface PointedView {
  /** Who wrote it, or whom it is about; null: she is not told. */
  name: string | null;
  /** The first words; null: there are none. */
  text: string | null;
}
/** What became of a report: for who sent it. */
export interface MyReportView {
  caseId: string;
  subject: CaseSubject;
  /** Whom, of a person; the first words, of what somebody wrote. null: she may not read it any more. */
  what: string | null;
  reason: ReportReason;
  at: string;
  outcome: 'waiting' | 'acted' | 'not-acted';
}
