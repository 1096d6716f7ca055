// Asking to join without an invitation, as both sides know it: schemas, reasons of a refusal, views. Browser code imports types and lists only.
import * as v from 'valibot';
import { profileSchema, readsSchema } from './accounts.ts';
import { ASKING } from './asking.limits.ts';
import type { CommunityLanguage } from './text/languages.ts';

/** Why somebody is not let in, as she is told: her words do not say enough, no room now, not for her, others help better. */
export const DECLINE_REASONS = ['unclear', 'full', 'not-for-you', 'elsewhere'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** `code` comes from the form itself, so that the same form sent twice is one request. */
export const askSchema = v.object({
  code: v.pipe(v.string(), v.maxLength(100, 'too-long')),
  ...profileSchema.entries,
  words: v.pipe(v.string(), v.trim(), v.minLength(1, 'empty'), v.maxLength(ASKING.words, 'too-long')),
  ...readsSchema.entries,
});
const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
const version = v.pipe(v.union([v.number(), v.pipe(v.string(), v.toNumber())]), v.integer(), v.minValue(0));
/** `version`: the state of the case that she saw; another one since then is 'conflict'. */
export const acceptSchema = v.object({ caseId: id, version });
export const declineSchema = v.object({ caseId: id, version, why: v.picklist(DECLINE_REASONS) });

/** Whether strangers may ask now: yes; not while the door is closed; not here at all. */
export type AskingOffer = 'open' | 'closed' | 'off';

/** What the stranger herself gets to know; `until`: when the hub forgets it. */
export interface AskedView {
  state: 'waiting' | 'accepted' | 'declined';
  why: DeclineReason | null;
  until: string;
}
/** What moderators see of her; `who` is null once it is decided: it was forgotten with the decision. */
export interface AskedCaseView {
  who: { name: string; words: string; languages: CommunityLanguage[] } | null;
  why: DeclineReason | null;
}
