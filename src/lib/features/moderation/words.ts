// Words for reasons, rules, decisions and what they are about. For the pages of moderation.
import { m } from '#lib/i18n/generated/messages.js';
import type { DeclineReason } from '#shared/asking.ts';
import type { CaseSubject, CaseView, DecisionKind, NoticeView, ReportReason, Rule } from '#shared/moderation.ts';

export const REASON_NAMES: Record<ReportReason, () => string> = {
  danger: m.report_danger,
  pressure: m.report_pressure,
  harassment: m.report_harassment,
  insult: m.report_insult,
  scam: m.report_scam,
  'private-data': m.report_private,
  'wrong-advice': m.report_advice,
  other: m.report_other,
};
export const RULE_NAMES: Record<Rule, () => string> = {
  respect: m.rule_respect,
  'no-pressure': m.rule_pressure,
  'no-harassment': m.rule_harassment,
  'no-scam': m.rule_scam,
  privacy: m.rule_privacy,
  'inform-not-advise': m.rule_advice,
  safety: m.rule_safety,
};
export const DECISION_NAMES: Record<DecisionKind, () => string> = {
  none: m.case_do_none,
  remove: m.case_do_remove,
  warn: m.case_do_warn,
  mute: m.case_do_mute,
  suspend: m.case_do_suspend,
  ban: m.case_do_ban,
  uphold: m.case_do_uphold,
  overturn: m.case_do_overturn,
  accept: m.case_do_accept,
  decline: m.case_do_decline,
};
/** What a stranger reads who is not let in. */
export const DECLINE_WORDS: Record<DeclineReason, () => string> = {
  unclear: m.ask_declined_unclear,
  full: m.ask_declined_full,
  'not-for-you': m.ask_declined_not_for_you,
  elsewhere: m.ask_declined_elsewhere,
};
/** The form that the buttons of the bar belong to. */
export const FORM_ID = 'decide';
/** What may be decided about it: what is usual, in thumb's reach, and what is graver, the gravest last. */
export function kindsFor({ subject, state }: Pick<CaseView, 'subject' | 'state'>): Kinds {
  if (subject === 'appeal') return { usual: ['uphold', 'overturn'], graver: [] };
  if (state === 'proposed') return { usual: ['none', 'ban'], graver: ['warn', 'mute', 'suspend'] };
  const kinds: Kinds = { usual: ['none', 'warn'], graver: ['mute', 'suspend', 'ban'] };
  if (subject !== 'message') return kinds;
  return { usual: ['none', 'remove'], graver: ['warn', 'mute', 'suspend', 'ban'] };
}
interface Kinds {
  usual: DecisionKind[];
  graver: DecisionKind[];
}
/** Of what waits, "nothing" means that it is posted. */
export const decisionName = (kind: DecisionKind, held: boolean): string =>
  held && kind === 'none'
    ? m.case_do_release()
    : held && kind === 'remove'
      ? m.case_do_refuse()
      : DECISION_NAMES[kind]();
const HELD_FOR: Record<string, () => string> = { link: m.case_hit_link, phone: m.case_hit_phone };
export const hitName = (hit: string): string => HELD_FOR[hit]?.() ?? hit;
export const SUBJECT_NAMES: Record<CaseSubject, () => string> = {
  message: m.report_message,
  person: m.report_person,
  ticket: m.case_ticket,
  talk: m.case_talk,
  appeal: m.case_appeal,
  join: m.asked_subject,
};
/** Whom a case is about; empty for a stranger whose name is forgotten. */
export function aboutName({ about, asked }: Pick<CaseView, 'about' | 'asked'>): string {
  if (asked) return asked.who?.name ?? '';
  return about === null ? m.case_anonymous() : about.displayName || m.message_someone();
}
const NOTICE_TITLES: Partial<Record<DecisionKind, () => string>> = {
  remove: m.notice_remove,
  warn: m.notice_warn,
  mute: m.notice_mute,
  suspend: m.notice_suspend,
  ban: m.notice_ban,
};
const APPEALS: Partial<Record<NoticeView['appeal'], () => string>> = {
  sent: m.notice_appeal_sent,
  upheld: m.notice_upheld,
  overturned: m.notice_overturned,
  late: m.notice_late,
};

export const noticeTitle = (kind: DecisionKind): string => NOTICE_TITLES[kind]?.() ?? '';
/** What became of her objection; empty while she may still make one. */
export const appealText = (state: NoticeView['appeal']): string => APPEALS[state]?.() ?? '';

/** Where a mute, suspension or ban holds; empty for what does not last. */
export function scopeText(scope: NoticeView['scope'], room: string | undefined): string {
  if (scope === null) return '';
  return scope === 'everywhere' ? m.scope_everywhere() : room ? m.scope_room({ room }) : m.scope_here();
}

/** The pages of one person about decisions. */
export const ownWays = (here: '/notices' | '/reports') => [
  { href: '/notices', label: m.notice_title(), current: here === '/notices' },
  { href: '/reports', label: m.report_mine(), current: here === '/reports' },
];
