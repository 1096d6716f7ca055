// A case as it is stored and as the area knows it, and how its writes are made durable. Only the area's repositories import it.
import type { CaseRow } from './moderation.model.ts';

export type Case = Omit<CaseRow, '_id'> & { id: string };
export const caseOf = ({ _id: id, ...rest }: CaseRow): Case => ({ id, ...rest });
export const caseOrNull = (row: CaseRow | null): Case | null => (row ? caseOf(row) : null);

export const DURABLE = { writeConcern: { w: 'majority' as const, journal: true } };
export const AFTER = { returnDocument: 'after' as const, ...DURABLE };
