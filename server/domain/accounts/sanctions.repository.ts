// What holds against an account, on the account itself: one atomic change each, and each may run twice. Only this area's services import it.
import { retryIdempotent } from '../../database/errors.ts';
import { AppError } from '../kernel/app-error.ts';
import type { ActiveSanction } from '../kernel/sanctions.ts';
import type { AccountModels, UserRow } from './accounts.model.ts';

type Row = Pick<UserRow, '_id' | 'sanctions' | 'sanctionsAt'>;
const PART = { sanctions: 1, sanctionsAt: 1 } as const;

export type SanctionsRepository = ReturnType<typeof createSanctionsRepository>;

export function createSanctionsRepository({ users }: Pick<AccountModels, 'users'>) {
  async function of(userId: string): Promise<ActiveSanction[]> {
    const row = await users.findById(userId, PART).lean<Row>();
    if (!row) throw new AppError('not-found');
    return row.sanctions ?? [];
  }

  return {
    /** Answers all that the account has then; those that ended are cleared away. Raises not-found. */
    add: (userId: string, sanction: ActiveSanction, now: Date): Promise<ActiveSanction[]> =>
      retryIdempotent(async () => {
        await users.updateOne({ _id: userId }, { $pull: { sanctions: { until: { $ne: null, $lte: now } } } });
        const without = { _id: userId, 'sanctions.id': { $ne: sanction.id } };
        await users.updateOne(without, { $push: { sanctions: sanction }, $set: { sanctionsAt: now } });
        return of(userId);
      }),

    drop: (userId: string, sanctionId: string, now: Date): Promise<ActiveSanction[]> =>
      retryIdempotent(async () => {
        await users.updateOne(
          { _id: userId },
          { $pull: { sanctions: { id: sanctionId } }, $set: { sanctionsAt: now } },
        );
        return of(userId);
      }),

    /** Of these accounts, those whose sanctions changed at or after `since`. */
    changedSince: (userIds: string[], since: Date): Promise<Map<string, ActiveSanction[]>> =>
      retryIdempotent(async () => {
        const rows = await users.find({ _id: { $in: userIds }, sanctionsAt: { $gte: since } }, PART).lean<Row[]>();
        return new Map(rows.map(({ _id, sanctions = [] }) => [_id, sanctions]));
      }),
  };
}
