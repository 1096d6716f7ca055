// Cases and reports in the database: plain entities out, every step atomic, driver errors as AppError. Only this area's services import it.
import type { QueryFilter, UpdateQuery } from 'mongoose';
import { LASTING } from '#shared/moderation.ts';
import { guardDatabase, isDuplicateKey, isNew, retryIdempotent } from '../../database/errors.ts';
import type { CaseRow, DecisionRow, ModerationModels } from './moderation.model.ts';
import { createReportsRepository, type Report } from './moderation.reports.repository.ts';
import { AFTER, caseOf, caseOrNull, DURABLE, type Case } from './moderation.rows.ts';

export type { Case, Report };
export type Decision = DecisionRow;

/** Where a page of the open list goes on: gravest first, oldest first. */
export interface CasePlace {
  gravity: number;
  id: string;
}
const behind = ({ gravity, id }: CasePlace) => ({
  $or: [{ gravity: { $lt: gravity } }, { gravity, _id: { $gt: id } }],
});

/** A case as a moderator saw it. */
type Seen = Pick<Case, 'id' | 'state' | 'version'>;

export type ModerationRepository = ReturnType<typeof createModerationRepository>;

export function createModerationRepository({ cases, reports }: ModerationModels) {
  const byId = (id: string): Promise<Case | null> =>
    retryIdempotent(async () => caseOrNull(await cases.findById(id).lean<CaseRow>()));
  /** Only from what she saw: null when somebody was faster. */
  const step = (seen: Seen, update: UpdateQuery<CaseRow>, where: QueryFilter<CaseRow> = {}): Promise<Case | null> => {
    const { id: _id, state, version } = seen;
    const next = { ...update, $inc: { version: 1 } };
    return guardDatabase(async () =>
      caseOrNull(await cases.findOneAndUpdate({ _id, state, version, ...where }, next, AFTER).lean<CaseRow>()),
    );
  };

  return {
    ...createReportsRepository({ reports }),
    byId,

    openByKey: (subjectKey: string): Promise<Case | null> =>
      retryIdempotent(async () => caseOrNull(await cases.findOne({ subjectKey, active: true }).lean<CaseRow>())),

    /** The open case of this thing: this one, or the one that was there. */
    async open(row: CaseRow): Promise<Case> {
      try {
        await guardDatabase(() => cases.insertOne(row));
        return caseOf(row);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const other = await this.openByKey(row.subjectKey);
        return other ?? this.open(row); // it was decided a moment ago: this is a new one
      }
    },

    /** A post that waits; false: it waits already, or has waited. */
    hold: (row: CaseRow): Promise<boolean> => isNew(() => cases.insertOne(row)),
    heldAs: (heldKey: string): Promise<Case | null> =>
      retryIdempotent(async () => caseOrNull(await cases.findOne({ heldKey }).lean<CaseRow>())),
    /** What waited is posted. */
    released: (caseId: string, messageId: string): Promise<unknown> =>
      retryIdempotent(() => cases.updateOne({ _id: caseId }, { $set: { messageId } }, DURABLE)),
    addHits: (caseId: string, hits: string[], gravity: number, hidden: boolean): Promise<unknown> =>
      retryIdempotent(() => {
        const set = hidden ? { $set: { hidden } } : {};
        const change = { $addToSet: { hits: { $each: hits } }, $max: { gravity }, $inc: { version: 1 }, ...set };
        return cases.updateOne({ _id: caseId }, change, DURABLE);
      }),

    /** Counted from the reports themselves, so that it may run twice. */
    async weigh(caseId: string, change: { gravity: number; reason: CaseRow['reasons'][number] }): Promise<Case | null> {
      const count = await retryIdempotent(() => reports.countDocuments({ caseId }));
      return retryIdempotent(async () =>
        caseOrNull(
          await cases
            .findOneAndUpdate(
              { _id: caseId },
              {
                $max: { gravity: change.gravity, reports: count },
                $addToSet: { reasons: change.reason },
                $inc: { version: 1 },
              },
              AFTER,
            )
            .lean<CaseRow>(),
        ),
      );
    },

    /** True once per case, and only before somebody has looked. */
    markHidden: (caseId: string): Promise<boolean> =>
      retryIdempotent(async () => {
        const filter = { _id: caseId, active: true, looked: false } as const;
        return (await cases.updateOne(filter, { $set: { hidden: true } }, DURABLE)).matchedCount === 1;
      }),

    /** What is new to her: notices, and outcomes of her reports; at most `most` of each. */
    countUnseen: async (userId: string, most: number): Promise<{ notices: number; outcomes: number }> => ({
      notices: await retryIdempotent(() => cases.countDocuments({ aboutId: userId, unseen: true }).limit(most)),
      outcomes: await retryIdempotent(() => reports.countDocuments({ reporterId: userId, unseen: true }).limit(most)),
    }),
    markUnseen: (caseId: string): Promise<unknown> =>
      retryIdempotent(() => cases.updateOne({ _id: caseId }, { $set: { unseen: true } })),
    seeNotices: (userId: string): Promise<unknown> =>
      retryIdempotent(() => cases.updateMany({ aboutId: userId, unseen: true }, { $unset: { unseen: 1 } })),
    /** `viewerId`: what is about her is not hers to see. */
    page: (viewerId: string, filter: { takenBy?: string }, after: CasePlace | null, limit: number): Promise<Case[]> =>
      retryIdempotent(async () => {
        const where = { active: true as const, aboutId: { $ne: viewerId }, ...filter, ...(after ? behind(after) : {}) };
        const rows = await cases.find(where).sort({ gravity: -1, _id: 1 }).limit(limit).lean<CaseRow[]>();
        return rows.map(caseOf);
      }),

    decidedPage: (viewerId: string, before: string | undefined, limit: number): Promise<Case[]> =>
      retryIdempotent(async () => {
        const others = { state: 'decided' as const, aboutId: { $ne: viewerId } };
        const where = { ...others, ...(before === undefined ? {} : { _id: { $lt: before } }) };
        return (await cases.find(where).sort({ _id: -1 }).limit(limit).lean<CaseRow[]>()).map(caseOf);
      }),

    /** Of the person, newest first. */
    about: (aboutId: string, before: string | undefined, limit: number): Promise<Case[]> =>
      retryIdempotent(async () => {
        const where = { aboutId, ...(before === undefined ? {} : { _id: { $lt: before } }) };
        return (await cases.find(where).sort({ aboutId: 1, _id: -1 }).limit(limit).lean<CaseRow[]>()).map(caseOf);
      }),

    /** Mutes, suspensions and bans of hers that hold now, newest first. */
    holding: (aboutId: string, now: Date, limit: number): Promise<Case[]> =>
      retryIdempotent(async () => {
        const where = {
          ...{ aboutId, state: 'decided' as const, 'decision.undoneAt': null },
          'decision.kind': { $in: LASTING },
          $or: [{ 'decision.until': null }, { 'decision.until': { $gt: now } }],
        };
        return (await cases.find(where).sort({ aboutId: 1, _id: -1 }).limit(limit).lean<CaseRow[]>()).map(caseOf);
      }),

    /** At most `most`: a number for a badge. */
    countOpen: (viewerId: string, most: number): Promise<number> =>
      retryIdempotent(() => cases.countDocuments({ active: true, aboutId: { $ne: viewerId } }).limit(most)),

    byIds: (ids: string[]): Promise<Case[]> =>
      retryIdempotent(async () => (await cases.find({ _id: { $in: ids } }).lean<CaseRow[]>()).map(caseOf)),

    /** Says that she looks at it now; the one who looked before keeps her place until it runs out. */
    look: (caseId: string, userId: string, now: Date, until: Date): Promise<Case | null> =>
      retryIdempotent(async () => {
        const free = { $or: [{ looking: null }, { 'looking.until': { $lte: now } }, { 'looking.userId': userId }] };
        await cases.updateOne({ _id: caseId, ...free }, { $set: { looking: { userId, until }, looked: true } });
        return byId(caseId);
      }),

    /** Open cases that are marked as looked at by her. */
    lookedAtBy: (userId: string, limit: number): Promise<Case[]> =>
      retryIdempotent(async () =>
        (await cases.find({ 'looking.userId': userId, active: true }).limit(limit).lean<CaseRow[]>()).map(caseOf),
      ),
    lookAway: (caseId: string, userId: string): Promise<unknown> =>
      retryIdempotent(() => cases.updateOne({ _id: caseId, 'looking.userId': userId }, { $set: { looking: null } })),

    take: (caseId: string, userId: string | null): Promise<Case | null> =>
      retryIdempotent(async () =>
        caseOrNull(
          await cases
            .findOneAndUpdate({ _id: caseId, state: { $ne: 'decided' } }, { $set: { takenBy: userId } }, AFTER)
            .lean<CaseRow>(),
        ),
      ),

    decide: (seen: Seen, decision: DecisionRow, state: 'proposed' | 'decided'): Promise<Case | null> =>
      step(seen, {
        $set: { state, decision, applied: state === 'proposed' },
        ...(state === 'decided' ? { $unset: { active: 1, ...(decision.kind === 'none' ? { evidence: 1 } : {}) } } : {}),
      }),
    undo: (seen: Seen, at: Date): Promise<Case | null> =>
      step(
        seen,
        { $set: { 'decision.undoneAt': at, applied: false } },
        { state: 'decided', 'decision.undoneAt': null },
      ),
    /** The proposal is gone, the case is open again. */
    withdraw: (seen: Seen): Promise<Case | null> =>
      step(seen, { $set: { state: 'open', decision: null, applied: true } }, { state: 'proposed' }),

    /** One appeal per case, for ever: false when there is one. */
    linkAppeal: (caseId: string, appealId: string): Promise<boolean> =>
      retryIdempotent(async () => {
        const filter = { _id: caseId, appealId: { $in: [null, appealId] } };
        return (await cases.updateOne(filter, { $set: { appealId } }, DURABLE)).matchedCount === 1;
      }),

    /** The work of this decision is done. */
    applied: (caseId: string, version: number): Promise<unknown> =>
      retryIdempotent(() => cases.updateOne({ _id: caseId, version }, { $set: { applied: true, hidden: false } })),

    /** What a crash left. */
    unapplied: (limit: number): Promise<Case[]> =>
      retryIdempotent(async () =>
        (
          await cases
            .find({ applied: false, subject: { $ne: 'join' } })
            .sort({ _id: 1 })
            .limit(limit)
            .lean<CaseRow[]>()
        ).map(caseOf),
      ),
  };
}
