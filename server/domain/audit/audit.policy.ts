// Who may look into the audit log. Pure; only this area's service asks it.
import { rankOf } from '#shared/accounts.ts';
import type { Actor } from '../kernel/actor.ts';
import type { AuditEntry } from './audit.entities.ts';
import { allowed, refused, type Verdict } from '../kernel/policy.ts';

/** Moderators and coordinators: those whose acts stand there watch each other. */
export const mayReadAudit = (actor: Pick<Actor, 'role'>): Verdict =>
  rankOf(actor.role) >= rankOf('moderator') ? allowed : refused();

/** An entry about a case of the viewer's own. Of a case that is gone nobody knows any more whose report was marked there. */
export function isOwnCase(
  viewerId: string,
  { action, target }: Pick<AuditEntry, 'action' | 'target'>,
  person: string | null,
  /** Whom each case is about. */
  cases: ReadonlyMap<string, string>,
): boolean {
  if (target?.kind !== 'case' || !target.id) return false;
  const about = cases.get(target.id);
  if (about !== undefined) return about === viewerId;
  return action === 'report.marked' || person === viewerId;
}
