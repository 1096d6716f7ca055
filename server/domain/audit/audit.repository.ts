// The database work of the audit log: adds, reads, prunes and erases, never changes an entry. Imported by the audit service only.
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { Anchor, AuditEntry, AuditFilter, AuditSide, Part } from './audit.entities.ts';
import type { AnchorRow, AuditModels, EntryRow, SideRow } from './audit.model.ts';

export type AuditRepository = ReturnType<typeof createAuditRepository>;

const MAJORITY = { readConcern: { level: 'majority' as const } };
const DURABLE = { writeConcern: { w: 'majority' as const, journal: true } };

const withoutKey = <Row extends { _id: string }>({ _id, ...rest }: Row) => ({ id: _id, ...rest });

function condition({ action, from, until }: AuditFilter) {
  const at = { ...(from ? { $gte: from } : {}), ...(until ? { $lt: until } : {}) };
  return { ...(action ? { action } : {}), ...(from || until ? { at } : {}) };
}

export function createAuditRepository({ auditEntries, auditSides, auditAnchors }: AuditModels) {
  const entries = auditEntries.collection;
  const sides = auditSides.collection;
  const anchors = auditAnchors.collection;
  const anchor = async (id: AnchorRow['_id']): Promise<Anchor | null> => {
    const row = await retryIdempotent(() => anchors.findOne<AnchorRow>({ _id: id } as never, MAJORITY));
    return row && { seq: row.seq, hash: row.hash };
  };
  /** Only forwards: a slower process takes nothing back. */
  const raise = async (id: AnchorRow['_id'], { seq, hash }: Anchor): Promise<void> => {
    const filter = { _id: id, seq: { $lt: seq } };
    await retryIdempotent(() =>
      anchors.updateOne(filter as never, { $set: { seq, hash } }, { upsert: true, ...DURABLE }),
    ).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error; // it stands further on
    });
  };
  async function sidesOf(ids: readonly string[]): Promise<Map<string, AuditSide>> {
    const query = () => sides.find<SideRow>({ _id: { $in: ids } } as never, MAJORITY).toArray();
    return new Map((await retryIdempotent(query)).map((row) => [row._id, withoutKey(row)]));
  }
  async function entriesWhere(filter: object, order: 1 | -1, limit: number): Promise<AuditEntry[]> {
    const query = () => entries.find<EntryRow>(filter, MAJORITY).sort({ seq: order }).limit(limit).toArray();
    return (await retryIdempotent(query)).map(withoutKey);
  }

  return {
    /** The last entry's place, also when no majority has it yet: for numbering. */
    async last(): Promise<Anchor | null> {
      const query = () => entries.find<EntryRow>({}).sort({ seq: -1 }).limit(1).toArray();
      const [last] = await retryIdempotent(query);
      return last ? { seq: last.seq, hash: last.hash } : null;
    },

    /** What names the people goes first: an entry is never without it. May run again with another number. */
    async putSide({ id, ...side }: AuditSide): Promise<void> {
      const filter = { _id: id } as never;
      await retryIdempotent(() => sides.updateOne(filter, { $set: side }, { upsert: true, ...DURABLE }));
    },

    /** False: the number is taken. Storing the same entry twice is no error. */
    async append({ id, ...entry }: AuditEntry): Promise<boolean> {
      try {
        await retryIdempotent(() => entries.insertOne({ _id: id, ...entry } as never, DURABLE));
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const stored = await guardDatabase(() => entries.findOne<EntryRow>({ _id: id } as never));
        return stored !== null;
      }
    },

    anchor,
    raise,
    sidesOf,

    /** Newest first; `before` is a number, not included. */
    async page(filter: AuditFilter, before: number | null, limit: number): Promise<AuditEntry[]> {
      const { actor, about } = filter;
      const below = before === null ? {} : { seq: { $lt: before } };
      const same = { ...condition(filter), ...below };
      if (!actor && !about) return entriesWhere(same, -1, limit);
      const concerning = about ? { $or: [{ person: about }, { thing: about }] } : {};
      const named = { ...same, ...(actor ? { actor } : {}), ...concerning };
      const query = () => sides.find<SideRow>(named, MAJORITY).sort({ seq: -1 }).limit(limit).toArray();
      const ids = (await retryIdempotent(query)).map(({ _id }) => _id);
      return entriesWhere({ _id: { $in: ids } }, -1, limit);
    },

    /** In the order of the chain, above `seq`. */
    after: (seq: number, limit: number): Promise<AuditEntry[]> => entriesWhere({ seq: { $gt: seq } }, 1, limit),

    /** The oldest entry from `date` on. */
    async firstSince(date: Date): Promise<AuditEntry | null> {
      return (await entriesWhere({ at: { $gte: date } }, 1, 1))[0] ?? null;
    },

    /** The newest sides, which a crash may have left without an entry. */
    async newestSides(limit: number): Promise<{ id: string; at: Date }[]> {
      const query = () => sides.find<SideRow>({}, MAJORITY).sort({ seq: -1 }).limit(limit).toArray();
      return (await retryIdempotent(query)).map(({ _id, at }) => ({ id: _id, at }));
    },

    /** Which of these ids are entries. */
    async known(ids: readonly string[]): Promise<Set<string>> {
      return new Set((await entriesWhere({ _id: { $in: ids } }, -1, ids.length || 1)).map(({ id }) => id));
    },

    async dropSide(id: string): Promise<void> {
      await retryIdempotent(() => sides.deleteOne({ _id: id } as never, DURABLE));
    },

    /** Everything up to this number goes; may run twice. Answers how many entries went. */
    async drop(upTo: number): Promise<number> {
      const old = { seq: { $lte: upTo } };
      const { deletedCount } = await retryIdempotent(() => entries.deleteMany(old, DURABLE));
      await retryIdempotent(() => sides.deleteMany(old, DURABLE));
      return deletedCount;
    },

    /** Takes these parts away from all acts that fit; may run twice. Answers from how many. */
    async erase(who: { actor?: string; person?: string | null }, parts: readonly Part[]): Promise<number> {
      const gone = Object.fromEntries(parts.map((part) => [part, null]));
      const change = { $set: gone, $addToSet: { erased: { $each: [...parts] } } };
      return (await retryIdempotent(() => sides.updateMany(who, change as never, DURABLE))).modifiedCount;
    },
  };
}
