// Requests to join in the database: cases of strangers, every step atomic. Only the asking service imports it.
import { guardDatabase, isNew, retryIdempotent } from '../../database/errors.ts';
import type { CaseRow, DecisionRow, ModerationModels } from './moderation.model.ts';
import { AFTER, caseOf, caseOrNull, DURABLE, type Case } from './moderation.rows.ts';

/** What goes when it is decided: her name and her words. */
const FORGET = { asked: 1 } as const;

export type AskingRepository = ReturnType<typeof createAskingRepository>;

export function createAskingRepository({ cases }: ModerationModels) {
  type Seen = Pick<Case, 'id' | 'version'>;
  const open = ({ id, version }: Seen) => ({ _id: id, subject: 'join' as const, state: 'open' as const, version });

  return {
    byId: (id: string): Promise<Case | null> =>
      retryIdempotent(async () => caseOrNull(await cases.findOne({ _id: id, subject: 'join' }).lean<CaseRow>())),

    byCode: (codeHash: string): Promise<Case | null> =>
      retryIdempotent(async () => caseOrNull(await cases.findOne({ codeHash }).lean<CaseRow>())),

    /** At most `most`. */
    countOpen: (most: number): Promise<number> =>
      retryIdempotent(() => cases.countDocuments({ subject: 'join', active: true }).limit(most)),

    /** False: there is one with this code. */
    insert: (row: CaseRow): Promise<boolean> => isNew(() => cases.insertOne(row)),

    /** As if she had not asked. */
    remove: (id: string): Promise<unknown> => retryIdempotent(() => cases.deleteOne({ _id: id, subject: 'join' })),

    /** Only from the state that she saw: null when somebody was faster. The rest is `settle`, after she was let in. */
    accept: (seen: Seen, decision: DecisionRow): Promise<Case | null> =>
      guardDatabase(async () => {
        const set = { state: 'decided' as const, decision, looking: null, applied: false };
        const change = { $set: set, $inc: { version: 1 }, $unset: { active: 1 as const } };
        return caseOrNull(await cases.findOneAndUpdate(open(seen), change, AFTER).lean<CaseRow>());
      }),

    /** The same; her name and her words go in the same change. */
    decline: (seen: Seen, decision: DecisionRow, why: NonNullable<CaseRow['declined']>): Promise<Case | null> =>
      guardDatabase(async () => {
        const set = { state: 'decided' as const, decision, declined: why, looking: null, excerpt: null, applied: true };
        const change = { $set: set, $inc: { version: 1 }, $unset: { active: 1 as const, ...FORGET } };
        return caseOrNull(await cases.findOneAndUpdate(open(seen), change, AFTER).lean<CaseRow>());
      }),

    /** She is let in: what she wrote is not needed any more. May run twice. */
    settle: (id: string): Promise<unknown> =>
      retryIdempotent(() =>
        cases.updateOne(
          { _id: id, state: 'decided' },
          { $set: { applied: true, excerpt: null }, $unset: FORGET },
          DURABLE,
        ),
      ),

    /** Letting her in did not come off: it waits as before. */
    reopen: (id: string): Promise<unknown> =>
      retryIdempotent(() =>
        cases.updateOne(
          { _id: id, state: 'decided', applied: false },
          { $set: { state: 'open', active: true, decision: null, applied: true }, $inc: { version: 1 } },
          DURABLE,
        ),
      ),

    /** What a crash left between an answer and its invitation. */
    unsettled: (limit: number): Promise<Case[]> =>
      retryIdempotent(async () =>
        (await cases.find({ applied: false, subject: 'join' }).sort({ _id: 1 }).limit(limit).lean<CaseRow[]>()).map(
          caseOf,
        ),
      ),
  };
}
