// How cases, reports and looks at them are stored. Only this area's repositories import it.
import mongoose, { type Connection } from 'mongoose';
import { DECLINE_REASONS, type DeclineReason } from '#shared/asking.ts';
import type { PostInput } from '#shared/messages.commands.ts';
import {
  CASE_SUBJECTS,
  DECISIONS,
  REPORT_REASONS,
  RULES,
  type CaseSubject,
  type DecisionKind,
  type ReportReason,
  type Rule,
} from '#shared/moderation.ts';
import { COMMUNITY_LANGUAGES, type CommunityLanguage } from '#shared/text/languages.ts';

export interface DecisionRow {
  kind: DecisionKind;
  rule: Rule | null;
  until: Date | null;
  roomOnly: boolean;
  note: string;
  at: Date;
  by: string;
  /** A ban that waits for a second pair of eyes. */
  proposed: boolean;
  /** Who proposed a ban, once a second one has decided. Missing: nobody had to. */
  proposedBy?: string;
  undoneAt: Date | null;
}

export interface Evidence {
  text: string;
  /** Oldest first. */
  versions: { text: string; at: Date }[];
}

/** One thing that needs a decision. Everything that concerns the same thing is one case while it is open. */
export interface CaseRow {
  _id: string;
  subject: CaseSubject;
  /** `message:<id>` and so on; unique among cases that are not decided. */
  subjectKey: string;
  /** Whom it is about. */
  aboutId: string;
  /** She asked anonymously: her name is shown to nobody before that was recorded. */
  anonymous: boolean;
  roomId: string | null;
  messageId: string | null;
  /** Her own first words at that time, for the notice. */
  excerpt: string | null;
  /** All of them, and what stood there before, as it was when it was reported; until the case is gone or came to nothing. */
  evidence?: Evidence;
  state: 'open' | 'proposed' | 'decided';
  /** Until it is decided. */
  active?: true;
  version: number;
  gravity: number;
  reasons: ReportReason[];
  reports: number;
  openedAt: Date;
  takenBy: string | null;
  looking: { userId: string; until: Date } | null;
  /** The message is hidden until somebody has looked. */
  hidden: boolean;
  /** Somebody has looked already: a report hides nothing any more. */
  looked: boolean;
  decision: DecisionRow | null;
  /** False between a decision and the end of its work: whoever finds it does the work again. */
  applied: boolean;
  /** Appeals: the case it is against; on that case: its appeal. */
  againstId: string | null;
  appealId: string | null;
  text: string | null;
  /** She has not read the notice of it yet. */
  unseen?: true;
  /** What of the word lists it hits, 'link' and 'phone'. Missing: somebody reported it. */
  hits?: string[];
  /** A post that waits for a moderator: as it was sent, and its author and clientId, so that it waits once. */
  heldKey?: string;
  held?: { post: PostInput };
  /** Of a stranger who asks to join: the hash of her code, her name and words until it is decided, why not. */
  codeHash?: string;
  asked?: { name: string; words: string; languages: CommunityLanguage[] };
  declined?: DeclineReason;
}

/** Unique by case and reporter: twice counts once. */
export interface ReportRow {
  _id: string;
  caseId: string;
  reporterId: string;
  reason: ReportReason;
  note: string;
  at: Date;
  picked: { text: string; at: Date; byOwner: boolean }[];
  /** What became of it; null while it waits. `false`: it came to nothing. */
  founded: boolean | null;
  /** A moderator said that it was false on purpose. */
  deliberate?: boolean;
  /** She has not read yet what became of it. */
  unseen?: true;
}

const options = { versionKey: false, minimize: false } as const;
const id = { type: String, required: true } as const;
const maybeId = { type: String, default: null } as const;
const date = { type: Date, required: true } as const;
const maybeDate = { type: Date, default: null } as const;
const flag = { type: Boolean, required: true, default: false } as const;
const count = { type: Number, required: true } as const;
const part = { _id: false, id: false } as const;

const decisionSchema = new mongoose.Schema<DecisionRow>(
  {
    kind: { type: String, enum: DECISIONS, required: true },
    rule: { type: String, enum: [...RULES, null], default: null },
    until: maybeDate,
    roomOnly: flag,
    note: { type: String, default: '' },
    at: date,
    by: id,
    proposed: flag,
    proposedBy: { type: String },
    undoneAt: maybeDate,
  },
  part,
);

const evidenceSchema = new mongoose.Schema<Evidence>(
  { text: id, versions: [new mongoose.Schema({ text: id, at: date }, part)] },
  part,
);

const caseSchema = new mongoose.Schema<CaseRow>(
  {
    _id: id,
    subject: { type: String, enum: CASE_SUBJECTS, required: true },
    subjectKey: id,
    aboutId: id,
    anonymous: flag,
    roomId: maybeId,
    messageId: maybeId,
    excerpt: maybeId,
    evidence: { type: evidenceSchema },
    state: { type: String, enum: ['open', 'proposed', 'decided'], required: true },
    active: { type: Boolean },
    version: count,
    gravity: count,
    reasons: [{ type: String, enum: REPORT_REASONS }],
    reports: count,
    openedAt: date,
    takenBy: maybeId,
    looking: { type: new mongoose.Schema({ userId: id, until: date }, part), default: null },
    hidden: flag,
    looked: flag,
    decision: { type: decisionSchema, default: null },
    applied: { type: Boolean, required: true, default: true },
    againstId: maybeId,
    appealId: maybeId,
    text: maybeId,
    unseen: { type: Boolean },
    hits: { type: [String], default: undefined },
    heldKey: { type: String },
    held: { type: mongoose.Schema.Types.Mixed },
    codeHash: { type: String },
    asked: {
      type: new mongoose.Schema(
        { name: id, words: id, languages: [{ type: String, enum: COMMUNITY_LANGUAGES }] },
        part,
      ),
    },
    declined: { type: String, enum: DECLINE_REASONS },
  },
  options,
);
caseSchema.index({ heldKey: 1 }, { unique: true, partialFilterExpression: { heldKey: { $exists: true } } });
caseSchema.index({ codeHash: 1 }, { unique: true, partialFilterExpression: { codeHash: { $exists: true } } });
// who asks to join, oldest first
caseSchema.index({ subject: 1, active: 1, openedAt: 1 }, { partialFilterExpression: { subject: 'join' } });
caseSchema.index({ subjectKey: 1 }, { unique: true, partialFilterExpression: { active: true } });
// gravest and oldest first
caseSchema.index({ active: 1, gravity: -1, _id: 1 });
caseSchema.index({ state: 1, _id: -1 });
// decided long ago
caseSchema.index({ state: 1, 'decision.at': 1 });
caseSchema.index({ takenBy: 1, active: 1, gravity: -1, _id: 1 });
caseSchema.index({ aboutId: 1, _id: -1 });
caseSchema.index({ aboutId: 1, unseen: 1 }, { partialFilterExpression: { unseen: true } });
// who looks at what
caseSchema.index({ 'looking.userId': 1 });
caseSchema.index({ againstId: 1 }, { unique: true, partialFilterExpression: { subject: 'appeal' } });
caseSchema.index({ applied: 1 }, { partialFilterExpression: { applied: false } });

const reportSchema = new mongoose.Schema<ReportRow>(
  {
    _id: id,
    caseId: id,
    reporterId: id,
    reason: { type: String, enum: REPORT_REASONS, required: true },
    note: { type: String, default: '' },
    at: date,
    picked: [new mongoose.Schema({ text: id, at: date, byOwner: flag }, part)],
    founded: { type: Boolean, default: null },
    deliberate: { type: Boolean },
    unseen: { type: Boolean },
  },
  options,
);
reportSchema.index({ caseId: 1, reporterId: 1 }, { unique: true });
reportSchema.index({ reporterId: 1, _id: -1 });
reportSchema.index({ reporterId: 1, unseen: 1 }, { partialFilterExpression: { unseen: true } });
reportSchema.index({ reporterId: 1, at: -1 });
reportSchema.index({ reporterId: 1, deliberate: 1, at: -1 }, { partialFilterExpression: { deliberate: true } });

/** Compiles this area's models on the connection. Once per connection. */
export function createModerationModels(connection: Connection) {
  return {
    cases: connection.model('ModerationCase', caseSchema, 'moderationCases'),
    reports: connection.model('ModerationReport', reportSchema, 'moderationReports'),
  };
}
export type ModerationModels = ReturnType<typeof createModerationModels>;
