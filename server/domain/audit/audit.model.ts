// How the audit log is stored: the chain, what names people beside it, and two remembered places. Only its repository imports it.
import mongoose, { type Connection } from 'mongoose';
import type { Anchor, AuditEntry, AuditSide } from './audit.entities.ts';

/** Ids are strings of 24 hex digits, here and in references. */
export type EntryRow = Omit<AuditEntry, 'id'> & { _id: string };
export type SideRow = Omit<AuditSide, 'id'> & { _id: string };
/** 'pruned': up to where older entries are gone. 'head': how far the log had come. */
export interface AnchorRow extends Anchor {
  _id: 'pruned' | 'head';
}

const options = (collection: string) => ({ collection, versionKey: false as const, minimize: false });
const text = { type: String, required: true } as const;
const maybe = { type: String, default: null } as const;
const number = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

const entrySchema = new mongoose.Schema<EntryRow>(
  {
    _id: text,
    seq: number,
    at: date,
    action: text,
    by: text,
    target: { type: Object, default: null },
    sealed: { type: Object, required: true },
    prev: text,
    hash: text,
  },
  options('auditEntries'),
);
entrySchema.index({ seq: 1 }, { unique: true });
entrySchema.index({ action: 1, seq: -1 });
entrySchema.index({ at: 1 });

const sideSchema = new mongoose.Schema<SideRow>(
  {
    _id: text,
    seq: number,
    at: date,
    action: text,
    thing: maybe,
    salt: text,
    actor: maybe,
    person: maybe,
    reason: maybe,
    erased: { type: [String], required: true },
  },
  options('auditSides'),
);
sideSchema.index({ actor: 1, seq: -1 });
sideSchema.index({ person: 1, seq: -1 });
sideSchema.index({ thing: 1, seq: -1 });
sideSchema.index({ seq: 1 });

const anchorSchema = new mongoose.Schema<AnchorRow>({ _id: text, seq: number, hash: text }, options('auditAnchors'));

export type AuditModels = ReturnType<typeof createAuditModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. Once per connection. */
export function createAuditModels(connection: Connection) {
  return {
    auditEntries: connection.model<EntryRow>('AuditEntry', entrySchema),
    auditSides: connection.model<SideRow>('AuditSide', sideSchema),
    auditAnchors: connection.model<AnchorRow>('AuditAnchor', anchorSchema),
  };
}
