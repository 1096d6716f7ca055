// Who looks after cases, and who decides which: pure. The moderation service insists on it.
import type { CaseSubject, DecisionKind, ReportReason } from '#shared/moderation.ts';
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';
import { moderates } from '../rooms/rooms.policy.ts';

type Who = Pick<Actor, 'id' | 'role'>;

/** What of a case decides who may decide it. */
export interface CaseAtStake {
  state: 'open' | 'proposed' | 'decided';
  aboutId: string;
  /** Everybody who reported it. */
  reporterIds: readonly string[];
  /** Who decided or proposed what an appeal is against, or proposed what needs a second pair of eyes. */
  decidedBy: readonly string[];
}
/** What the community decided. */
export interface HouseRules {
  /** A ban needs two moderators. */
  fourEyes: boolean;
  /** Reasons for which a message is hidden until somebody has looked. */
  hideFor: readonly ReportReason[];
}
/** Moderators and coordinators, as long as nothing shuts them out. */
export const canSeeCases = (actor: Who): Verdict => (moderates(actor) ? allowed : refused());

/** Never about herself, never alone on what she reported, never on an appeal against what she decided or proposed. */
export function canDecide(actor: Who, stake: CaseAtStake): Verdict {
  if (!moderates(actor)) return refused();
  if (stake.state === 'decided') return refused('conflict');
  const alone = stake.reporterIds.length === 1 && stake.reporterIds[0] === actor.id;
  return stake.aboutId === actor.id || alone || stake.decidedBy.includes(actor.id) ? refused() : allowed;
}

/**
 * Undoing is for every moderator but the person herself; so a decision is never the last word of one. Not of an
 * appeal, which is decided once, nor of what a stranger wrote, which is forgotten with the answer. What is only proposed
 * takes back who proposed it; others decide.
 */
export function canUndo(
  actor: Who,
  stake: Pick<CaseAtStake, 'state' | 'aboutId'> & {
    subject: CaseSubject;
    decision: { by: string; undoneAt: Date | null } | null;
  },
): Verdict {
  if (!moderates(actor) || stake.aboutId === actor.id || ['join', 'appeal'].includes(stake.subject)) return refused();
  const { state, decision } = stake;
  if (state === 'proposed') return decision?.by === actor.id ? allowed : refused();
  return state === 'decided' && decision?.undoneAt === null ? allowed : refused('conflict');
}

/** Whether a report was false on purpose says a moderator whom it is neither about nor from. */
export const canJudge = (actor: Who, { aboutId }: Pick<CaseAtStake, 'aboutId'>, reporterId?: string): Verdict =>
  moderates(actor) && aboutId !== actor.id && reporterId !== actor.id ? allowed : refused();

/** A moderator is not sanctioned by one of her own rank alone: only a coordinator does that. */
export function canSanction(actor: Who, about: Pick<Actor, 'role'>): Verdict {
  if (about.role === 'coordinator') return refused();
  return moderates(about) && actor.role !== 'coordinator' ? refused() : allowed;
}

export const needsSecondEyes = (kind: DecisionKind, rules: HouseRules): boolean => kind === 'ban' && rules.fourEyes;

/** How many reports a day, and whether one of hers hides anything before somebody has looked. */
export function reporterWeight(
  /** Reports of hers that a moderator marked as false on purpose; what only came to nothing does not count. */
  falseOnes: number,
  limits: { falseReports: number; reportsADay: number; doubtfulReportsADay: number },
) {
  const doubtful = falseOnes >= limits.falseReports;
  return { hides: !doubtful, perDay: doubtful ? limits.doubtfulReportsADay : limits.reportsADay };
}
