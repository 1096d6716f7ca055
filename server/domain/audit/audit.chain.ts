// The hash chain: how an entry is hashed, and what is wrong with a stretch of it. Pure but for node:crypto; only this area imports it.
import { createHash } from 'node:crypto';
import { PARTS, type Anchor, type AuditEntry, type AuditSide, type Part } from './audit.entities.ts';

/** What stands before the first entry. */
export const START: Anchor = { seq: 0, hash: '0'.repeat(64) };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Without the salt, which goes with the part, nobody can try which id or text it was. */
const seal = (salt: string, part: Part, value: string): string => sha256(JSON.stringify([salt, part, value]));

export const sealAll = (side: Pick<AuditSide, 'salt' | Part>): AuditEntry['sealed'] => ({
  actor: side.actor === null ? null : seal(side.salt, 'actor', side.actor),
  person: side.person === null ? null : seal(side.salt, 'person', side.person),
  reason: side.reason === null ? null : seal(side.salt, 'reason', side.reason),
});

/** Over everything the entry says, in one fixed order, and the hash before it. */
export function hashOf({ id, seq, at, action, by, target, sealed, prev }: Omit<AuditEntry, 'hash'>): string {
  const said = [1, id, seq, at.toISOString(), action, by, target?.kind ?? null, target?.id ?? null];
  return sha256(JSON.stringify([...said, ...PARTS.map((part) => sealed[part]), prev]));
}

type Fault =
  | 'gap' // numbers are missing before this one
  | 'changed' // its content is not what was hashed
  | 'torn' // it does not follow the entry before it
  | 'side-missing' // what names the people is gone without a mark
  | 'side-changed' // what names the people is not what was sealed
  | 'end-missing' // the log ends before a place that was written down
  | 'anchor-changed'; // where pruning ended is not what the log says of it

export interface Found {
  seq: number;
  fault: Fault;
}

function sideFaults({ seq, sealed }: AuditEntry, side: AuditSide | undefined): Found[] {
  if (!side) return PARTS.some((part) => sealed[part] !== null) ? [{ seq, fault: 'side-missing' }] : [];
  const faults = PARTS.flatMap((part): Fault[] => {
    const value = side[part];
    if (value === null) return sealed[part] === null || side.erased.includes(part) ? [] : ['side-missing'];
    return sealed[part] === seal(side.salt, part, value) ? [] : ['side-changed'];
  });
  return [...new Set(faults)].map((fault) => ({ seq, fault }));
}

/** What is wrong with these entries, which should follow `last`. */
export function faultsOf(last: Anchor, entries: readonly AuditEntry[], sides: ReadonlyMap<string, AuditSide>): Found[] {
  const found: Found[] = [];
  let before = last;
  for (const entry of entries) {
    const { seq, prev, hash } = entry;
    if (seq !== before.seq + 1) found.push({ seq, fault: 'gap' });
    else if (prev !== before.hash) found.push({ seq, fault: 'torn' });
    if (hash !== hashOf(entry)) found.push({ seq, fault: 'changed' });
    found.push(...sideFaults(entry, sides.get(entry.id)));
    before = { seq, hash };
  }
  return found;
}
