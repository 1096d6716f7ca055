// Words for the acts of the audit log and for who did them. For its page.
import { m } from '#lib/i18n/generated/messages.js';
import type { AuditAction, AuditActorKind, AuditTargetKind } from '#shared/audit.ts';

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
