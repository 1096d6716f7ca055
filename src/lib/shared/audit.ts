// The audit log as both sides know it: acts, filter, views. Browser code imports types and ACTIONS only.
import * as v from 'valibot';
import type { Page, PersonView } from './accounts.ts';

/** Every use of power has a name here; a new one gets words in src/lib/features/moderation/audit-words.ts. */
const AUDIT_ACTIONS = [
  'invitation.created',
  'invitation.revoked',
  'reset-code.created',
  'password.reset',
  'message.revealed',
  'ticket.looked',
  'room.created',
  'room.changed',
  'room.archived',
  'room.reopened',
  'room.paced',
  'room.kept',
  'room.host',
  'room.answered',
  'room.removed',
  'message.removed',
  'message.moved',
  'message.versions',
  'hours.changed',
  'drop-in.steered',
  'community.changed',
  'case.opened',
  'case.proposed',
  'case.decided',
  'case.undone',
  'report.marked',
  'asking.accepted',
  'asking.declined',
  'door.closed',
  'door.opened',
  'word-list.added',
  'word-list.changed',
  'word-list.removed',
  'word-list.reviewed',
  'audit.exported',
  'audit.pruned',
  'audit.erased',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** `hub`: by itself; `command`: on the server's machine; `code`: a stranger who had a one-time code. */
export type AuditActorKind = 'user' | 'command' | 'code' | 'hub';

/** Stable: the names are inside the chain. */
export type AuditTargetKind =
  'user' | 'message' | 'room' | 'invitation' | 'word' | 'log' | 'case' | 'ticket' | 'hours' | 'drop-in';

const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'invalid'));
const emptyIsNone = <T extends v.GenericSchema>(schema: T) =>
  v.optional(
    v.union([
      v.pipe(
        v.literal(''),
        v.transform(() => undefined),
      ),
      schema,
    ]),
  );

/** `by` and `about`: a user name or an id; `from` and `to`: days, both included. */
const auditFilterSchema = v.object({
  action: emptyIsNone(v.picklist(AUDIT_ACTIONS)),
  by: emptyIsNone(v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(100, 'too-long'))),
  about: emptyIsNone(v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(100, 'too-long'))),
  from: emptyIsNone(day),
  to: emptyIsNone(day),
});
export const auditPageSchema = v.object({
  ...auditFilterSchema.entries,
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'invalid'))),
});
export const auditExportSchema = v.object({ ...auditFilterSchema.entries, format: v.picklist(['csv', 'json']) });

export interface AuditView {
  /** Its number in the log, from 1, without gaps; a moderator does not see those about cases of her own. */
  seq: number;
  at: string;
  action: AuditAction;
  by: AuditActorKind;
  /** null: erased, or no person. */
  actor: PersonView | null;
  target: { kind: AuditTargetKind; id: string | null } | null;
  /** Whom it was about; null: nobody, or erased. */
  person: PersonView | null;
  reason: string | null;
  /** Something personal was erased from it. */
  erased: boolean;
}
export type AuditPage = Page<AuditView>;
