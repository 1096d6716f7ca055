// The audit log as a file: lines of CSV (for spreadsheets) and JSON. Pure; only the audit service imports it.
import type { AuditView } from '#shared/audit.ts';

const COLUMNS = [
  'number',
  'time',
  'action',
  'by',
  'actor',
  'actorId',
  'target',
  'targetId',
  'person',
  'personId',
  'reason',
];

/** Quoted always; what a spreadsheet would take for a formula gets an apostrophe. */
function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** With a byte order mark: else some spreadsheets read Arabic as something else. */
export const csvHead = (): string => `\ufeff${COLUMNS.map(cell).join(',')}\r\n`;

export function csvLine({ seq, at, action, by, actor, target, person, reason }: AuditView): string {
  const people = [actor?.displayName ?? '', actor?.id ?? '', target?.kind ?? '', target?.id ?? ''];
  const whom = [person?.displayName ?? '', person?.id ?? '', reason ?? ''];
  return `${[seq, at, action, by, ...people, ...whom].map(cell).join(',')}\r\n`;
}

export const jsonLine = (view: AuditView, first: boolean): string => `${first ? '' : ','}\n${JSON.stringify(view)}`;
