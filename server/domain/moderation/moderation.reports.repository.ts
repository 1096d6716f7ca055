// Reports in the database, each unique by case and reporter: every step atomic, driver errors as AppError. Only the area's repository imports it.
import { isNew, retryIdempotent } from '../../database/errors.ts';
import type { ModerationModels, ReportRow } from './moderation.model.ts';
import { DURABLE } from './moderation.rows.ts';

export type Report = Omit<ReportRow, '_id'> & { id: string };
const reportOf = ({ _id: id, ...rest }: ReportRow): Report => ({ id, ...rest });

export function createReportsRepository({ reports }: Pick<ModerationModels, 'reports'>) {
  return {
    /** False: she has reported this case before. */
    addReport: (row: ReportRow): Promise<boolean> => isNew(() => reports.insertOne(row), ['caseId', 'reporterId']),

    reportOf: (caseId: string, reporterId: string): Promise<Report | null> =>
      retryIdempotent(async () => {
        const row = await reports.findOne({ caseId, reporterId }).lean<ReportRow>();
        return row ? reportOf(row) : null;
      }),

    reportsOf: (caseId: string, limit: number): Promise<Report[]> =>
      retryIdempotent(async () =>
        (await reports.find({ caseId }).sort({ _id: 1 }).limit(limit).lean<ReportRow[]>()).map(reportOf),
      ),

    reportsBy: (reporterId: string, before: string | undefined, limit: number): Promise<Report[]> =>
      retryIdempotent(async () => {
        const filter = { reporterId, ...(before === undefined ? {} : { _id: { $lt: before } }) };
        return (await reports.find(filter).sort({ _id: -1 }).limit(limit).lean<ReportRow[]>()).map(reportOf);
      }),

    countReports: (reporterId: string, since: Date): Promise<number> =>
      retryIdempotent(() => reports.countDocuments({ reporterId, at: { $gte: since } })),
    countFalse: (reporterId: string, since: Date): Promise<number> =>
      retryIdempotent(() => reports.countDocuments({ reporterId, deliberate: true, at: { $gte: since } })),
    /** False on purpose, or not after all; answers whether there is such a report. */
    markReport: (caseId: string, reporterId: string, deliberate: boolean): Promise<boolean> =>
      retryIdempotent(async () => {
        const change = deliberate ? { $set: { deliberate } } : { $unset: { deliberate: 1 as const } };
        return (await reports.updateOne({ caseId, reporterId }, change, DURABLE)).matchedCount === 1;
      }),
    settleReports: (caseId: string, founded: boolean | null): Promise<unknown> =>
      retryIdempotent(() => reports.updateMany({ caseId }, { $set: { founded, unseen: true } })),

    seeOutcomes: (userId: string): Promise<unknown> =>
      retryIdempotent(() => reports.updateMany({ reporterId: userId, unseen: true }, { $unset: { unseen: 1 } })),
  };
}
