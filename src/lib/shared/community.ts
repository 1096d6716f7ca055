// What a community decides for itself, as both sides know it: schema and view.
import * as v from 'valibot';
import type { PersonView } from './accounts.ts';
import type { ReportReason } from './moderation.ts';
import { EDIT_MINUTES, REPORT_DAYS, TALK_DAYS } from './community.limits.ts';

const oneOf = <const Choices extends readonly number[]>(choices: Choices) =>
  v.pipe(v.string(), v.regex(/^\d{1,5}$/, 'invalid'), v.transform(Number), v.picklist(choices, 'invalid'));
const ticked = v.pipe(
  v.picklist(['on', ''], 'invalid'),
  v.transform((value) => value === 'on'),
);
/** What waits for a moderator, as a form sends it: what is not ticked is empty. */
export const holdsSchema = v.object({ holdLinks: ticked, holdPhones: ticked });
/** Whether a ban needs two moderators. */
export const bansSchema = v.object({ fourEyes: ticked });
/** For which reasons a reported message is hidden until somebody has looked: one field each. */
export const hidingSchema = v.object({
  danger: ticked,
  pressure: ticked,
  harassment: ticked,
  insult: ticked,
  scam: ticked,
  'private-data': ticked,
  'wrong-advice': ticked,
  other: ticked,
} satisfies Record<ReportReason, typeof ticked>);
/** Whether strangers may ask to join. */
export const askingSchema = v.object({ askToJoin: ticked });
export const doorSchema = v.object({ open: v.boolean() });
/** Why nobody joins: moderators wanted so; many newcomers, or many mentions by newcomers, in a short time. */
export type DoorWhy = 'moderators' | 'newcomers' | 'mentions';
export interface DoorView {
  /** `by` null: it closed by itself. */
  closed: { at: string; why: DoorWhy; by: PersonView | null } | null;
}

/** As a form sends it: what it does not name stays as it is. */
export const communitySchema = v.pipe(
  v.object({
    editMinutes: v.optional(oneOf(EDIT_MINUTES)),
    talkDays: v.optional(oneOf(TALK_DAYS)),
    reportDays: v.optional(oneOf(REPORT_DAYS)),
  }),
  v.check((decided) => Object.values(decided).some((one) => one !== undefined), 'invalid'),
);

export interface CommunityView {
  editMinutes: number;
  /** Days after its end that a talk is kept. */
  talkDays: number;
  /** Days after a decision that a report is kept. */
  reportDays: number;
  /** Links of newcomers wait for a moderator. */
  holdLinks: boolean;
  /** Telephone numbers wait in rooms that are open to everyone. */
  holdPhones: boolean;
  /** A ban needs two moderators. */
  fourEyes: boolean;
  /** Reasons of a report for which a message is hidden until a moderator has looked. */
  hideFor: ReportReason[];
  /** Strangers without an invitation may ask to join. */
  askToJoin: boolean;
}
