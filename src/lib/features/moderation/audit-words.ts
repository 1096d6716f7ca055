// Words for the acts of the audit log and for who did them. For its page.
import { formatDays, formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/generated/messages.js';
import type { DeclineReason } from '#shared/asking.ts';
import type { AuditAction, AuditActorKind, AuditTargetKind, AuditView } from '#shared/audit.ts';
import type { DecisionKind, Rule } from '#shared/moderation.ts';
import { settingsText } from '../community/setting-words.ts';
import { DECISION_NAMES, DECLINE_WORDS, RULE_NAMES } from './words.ts';

export const AUDIT_ACTION_NAMES: Record<AuditAction, () => string> = {
  'invitation.created': m.audit_act_invitation_created,
  'invitation.revoked': m.audit_act_invitation_revoked,
  'reset-code.created': m.audit_act_reset_code,
  'password.reset': m.audit_act_password_reset,
  'message.revealed': m.audit_act_revealed,
  'ticket.looked': m.audit_act_looked,
  'room.created': m.audit_act_room_created,
  'room.changed': m.audit_act_room_changed,
  'room.archived': m.audit_act_room_archived,
  'room.reopened': m.audit_act_room_reopened,
  'room.paced': m.audit_act_room_paced,
  'room.kept': m.audit_act_room_kept,
  'room.host': m.audit_act_room_host,
  'room.answered': m.audit_act_room_answered,
  'room.removed': m.audit_act_room_removed,
  'message.removed': m.audit_act_message_removed,
  'message.moved': m.audit_act_message_moved,
  'message.versions': m.audit_act_message_versions,
  'hours.changed': m.audit_act_hours_changed,
  'drop-in.steered': m.audit_act_drop_in_steered,
  'community.changed': m.audit_act_community_changed,
  'case.opened': m.audit_act_case_opened,
  'case.proposed': m.audit_act_case_proposed,
  'case.decided': m.audit_act_case_decided,
  'case.undone': m.audit_act_case_undone,
  'report.marked': m.audit_act_report_marked,
  'asking.accepted': m.audit_act_asking_accepted,
  'asking.declined': m.audit_act_asking_declined,
  'door.closed': m.audit_act_door_closed,
  'door.opened': m.audit_act_door_opened,
  'word-list.added': m.audit_act_word_added,
  'word-list.changed': m.audit_act_word_changed,
  'word-list.removed': m.audit_act_word_removed,
  'word-list.reviewed': m.audit_act_words_reviewed,
  'audit.exported': m.audit_act_exported,
  'audit.pruned': m.audit_act_pruned,
  'audit.erased': m.audit_act_erased,
};
/** Who acts when it is no person. */
export const AUDIT_ACTOR_NAMES: Record<Exclude<AuditActorKind, 'user'>, () => string> = {
  command: m.audit_by_command,
  code: m.audit_by_code,
  hub: m.audit_by_hub,
};
/** Only things that somebody may want to look for. */
export const AUDIT_TARGET_NAMES: Partial<Record<AuditTargetKind, () => string>> = {
  message: m.audit_target_message,
  room: m.audit_target_room,
  invitation: m.audit_target_invitation,
  word: m.audit_target_word,
  case: m.audit_target_case,
  ticket: m.audit_target_ticket,
  hours: m.audit_target_hours,
  'drop-in': m.audit_target_drop_in,
};

const WRITING: Record<string, () => string> = {
  everyone: m.tools_everyone,
  staff: m.tools_staff,
  moderators: m.tools_locked,
};
const DOORS: Record<string, () => string> = {
  mentions: m.audit_why_mentions,
  newcomers: m.audit_why_newcomers,
};
/** "mute safety: her note", as a decision is written down. */
function decisionText(reason: string): string {
  const [, kind = '', rule = '', note = ''] = /^([a-z]+)(?: ([a-z-]+))?(?:: ([^]*))?$/.exec(reason) ?? [];
  const name = (DECISION_NAMES as Partial<Record<string, () => string>>)[kind as DecisionKind];
  if (!name) return reason;
  const broken = (RULE_NAMES as Partial<Record<string, () => string>>)[rule as Rule];
  return [name(), broken?.(), note].filter(Boolean).join(' · ');
}
function paceText(reason: string): string {
  const [, writing = '', slow = '', hours = ''] = /^([a-z]+), slow (\d+) s, newcomers (\d+) h$/.exec(reason) ?? [];
  const who = WRITING[writing];
  if (!who) return reason;
  const pace = slow === '0' ? m.tools_slow_none() : m.tools_slow_seconds({ seconds: formatNumber(Number(slow)) });
  return [who(), pace, m.audit_why_newcomer_hours({ hours: formatNumber(Number(hours)) })].join(' · ');
}
const REASONS: Partial<Record<AuditAction, (reason: string) => string | undefined>> = {
  'community.changed': settingsText,
  'case.proposed': decisionText,
  'case.decided': decisionText,
  'report.marked': (reason) => (reason === 'false on purpose' ? m.case_false() : m.case_false_not()),
  'asking.declined': (reason) => DECLINE_WORDS[reason as DeclineReason]?.(),
  'door.closed': (reason) => DOORS[reason]?.(),
  'room.paced': paceText,
  'room.kept': (reason) => (/^\d+$/.test(reason) ? formatDays(Number(reason)) : undefined),
};
/** Why it was done, in words where the log keeps a code; what somebody wrote as she wrote it. */
export const reasonText = ({ action, reason }: Pick<AuditView, 'action' | 'reason'>): string =>
  reason === null ? '' : (REASONS[action]?.(reason) ?? reason);
