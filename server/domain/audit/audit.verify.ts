// Reads the whole audit log and says what is wrong with it. For `npm run audit:verify` and the audit service.
import { faultsOf, hashOf, START, type Found } from './audit.chain.ts';
import type { Anchor, AuditEntry } from './audit.entities.ts';
import type { AuditRepository } from './audit.repository.ts';

export interface AuditReport {
  entries: number;
  /** Older ones were pruned up to this number; 0: none. */
  prunedUpTo: number;
  /** Parts that name a person and were erased. */
  erased: number;
  /** The end of the chain: who writes it down elsewhere can tell later that nothing before it was changed. */
  last: Anchor;
  found: Found[];
}

/** Entries read at once. */
const CHUNK = 500;
/** More is not listed: the first ones say where to look. */
const LISTED = 100;

/** The id of the target of 'audit.pruned': which place became the beginning. */
export const placeOf = ({ seq, hash }: Anchor): string => `${seq}:${hash}`;

export async function verifyAudit(repository: AuditRepository): Promise<AuditReport> {
  // read first: what is added meanwhile is above it
  const head = await repository.anchor('head');
  const pruned = await repository.anchor('pruned');
  const begin = pruned ?? START;
  const report: AuditReport = { entries: 0, prunedUpTo: begin.seq, erased: 0, last: begin, found: [] };
  let said: AuditEntry | null = null;
  for (;;) {
    const entries = await repository.after(report.last.seq, CHUNK);
    const end = entries.at(-1);
    if (!end) break;
    const sides = await repository.sidesOf(entries.map(({ id }) => id));
    report.found.push(...faultsOf(report.last, entries, sides));
    for (const entry of entries) {
      const side = sides.get(entry.id);
      report.erased += side ? side.erased.filter((part) => entry.sealed[part] !== null).length : 0;
      if (entry.action === 'audit.pruned') said = entry;
      if (head?.seq === entry.seq && head.hash !== hashOf(entry)) report.found.push({ seq: entry.seq, fault: 'torn' });
    }
    report.entries += entries.length;
    report.last = { seq: end.seq, hash: end.hash };
  }
  if (head && report.last.seq < head.seq) report.found.push({ seq: head.seq, fault: 'end-missing' });
  if (pruned && said?.target?.id !== placeOf(pruned)) report.found.push({ seq: pruned.seq, fault: 'anchor-changed' });
  return { ...report, found: report.found.slice(0, LISTED) };
}
