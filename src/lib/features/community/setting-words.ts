// What the community decided, in words where the audit log keeps a code. For the page of the log.
import { REASON_NAMES } from '#lib/features/moderation/words.ts';
import { m } from '#lib/i18n/generated/messages.js';
import type { CommunityView } from '#shared/community.ts';
import type { ReportReason } from '#shared/moderation.ts';
import { editingOptions, reportDaysOptions, talkDaysOptions } from './words.ts';

const WEEK = 'week for everybody';
const YES_OR_NO: Partial<Record<keyof CommunityView | typeof WEEK, () => string>> = {
  holdLinks: m.audit_why_hold_links,
  holdPhones: m.audit_why_hold_phones,
  fourEyes: m.community_four_eyes,
  askToJoin: m.community_ask_to_join,
  [WEEK]: m.audit_why_week,
};
const CHOICES: Partial<
  Record<keyof CommunityView, [what: () => string, options: () => { value: number; label: string }[]]>
> = {
  editMinutes: [m.community_editing_title, editingOptions],
  talkDays: [m.community_talks_title, talkDaysOptions],
  reportDays: [m.community_reports_title, reportDaysOptions],
};
const CHOSEN: Record<string, () => string> = { true: m.audit_why_yes, false: m.audit_why_no };

function hiddenFor(value: string): string {
  const names = value.split(',').map((reason) => REASON_NAMES[reason as ReportReason]?.() ?? reason);
  return [m.community_hiding_for(), names.filter(Boolean).join(' · ') || m.audit_why_nothing()].join(' ');
}

function settingText(setting: string): string {
  const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(setting) ?? [];
  if (name === 'hideFor') return hiddenFor(value);
  const what = YES_OR_NO[name as keyof CommunityView];
  const chosen = CHOSEN[value];
  if (what && chosen) return `${what()}: ${chosen()}`;
  const [title, options] = CHOICES[name as keyof CommunityView] ?? [];
  const option = options?.().find((one) => String(one.value) === value);
  return title && option ? `${title()}: ${option.label}` : setting;
}

/** "fourEyes: false", as a decision of the community is written down; what is not known stays as it is. */
export const settingsText = (reason: string): string => reason.split(', ').map(settingText).join(' · ');
