// What the audit log holds, as the area's own files see it. Only this area imports it.
import type { AuditAction, AuditActorKind, AuditTargetKind } from '#shared/audit.ts';

/** The parts that name a person: outside of the chain, which holds a salted hash of each. */
export const PARTS = ['actor', 'person', 'reason'] as const;
export type Part = (typeof PARTS)[number];

/** A link of the chain. Nothing in it names a person, and nothing ever changes it. */
export interface AuditEntry {
  id: string;
  /** Dense, from 1. */
  seq: number;
  at: Date;
  action: AuditAction;
  by: AuditActorKind;
  target: { kind: AuditTargetKind; id: string | null } | null;
  /** Salted hash of each part; null: the act has no such part. */
  sealed: Record<Part, string | null>;
  /** The hash of the entry before; of the first one: START. */
  prev: string;
  hash: string;
}

/** Beside an entry, under the same id. Erasing takes a part away and leaves a mark. */
export interface AuditSide {
  id: string;
  seq: number;
  at: Date;
  action: AuditAction;
  /** The target's id when that is no person: for the filter. */
  thing: string | null;
  salt: string;
  actor: string | null;
  person: string | null;
  reason: string | null;
  erased: Part[];
}

/** A place of the chain that is remembered elsewhere. */
export interface Anchor {
  seq: number;
  hash: string;
}

export interface AuditFilter {
  action?: AuditAction | undefined;
  /** Ids. */
  actor?: string | undefined;
  about?: string | undefined;
  from?: Date | undefined;
  /** Not included. */
  until?: Date | undefined;
}
