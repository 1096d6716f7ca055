// Counters of failures that survive restarts and hold for all processes. Only accounts.limiter.ts imports it.
import { newToken } from '../kernel/ids.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { AccountModels, LimitRow } from './accounts.model.ts';

export type LimitsRepository = ReturnType<typeof createLimitsRepository>;

/** Keys are keyed hashes: names and addresses never come here. */
export function createLimitsRepository({ limits }: Pick<AccountModels, 'limits'>) {
  /** An upsert that lost the race for the first insert finds the document when it tries again. */
  async function upsert(id: string, change: object): Promise<LimitRow> {
    const write = () =>
      limits.findOneAndUpdate({ _id: id }, change, { upsert: true, returnDocument: 'after' }).lean<LimitRow>();
    const row = await guardDatabase(async () => {
      try {
        return await write();
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return write();
      }
    });
    if (!row) throw new Error('an upsert answered nothing');
    return row;
  }

  return {
    /** Counts one more and answers the new count. */
    hit: async (id: string, expiresAt: Date): Promise<number> =>
      (await upsert(id, { $inc: { count: 1 }, $setOnInsert: { expiresAt } })).count,

    count: (id: string): Promise<number> =>
      retryIdempotent(async () => (await limits.findById(id).lean<LimitRow>())?.count ?? 0),

    giveBack: (id: string): Promise<unknown> =>
      guardDatabase(() => limits.updateOne({ _id: id, count: { $gt: 0 } }, { $inc: { count: -1 } })),

    /** True for the one caller that removed it. */
    remove: (id: string): Promise<boolean> =>
      guardDatabase(async () => (await limits.deleteOne({ _id: id })).deletedCount === 1),

    mark: (id: string, expiresAt: Date): Promise<unknown> => upsert(id, { $set: { count: 1, expiresAt } }),

    isMarked: (id: string, now: Date): Promise<boolean> =>
      retryIdempotent(async () => (await limits.findOne({ _id: id, expiresAt: { $gt: now } }).lean()) !== null),

    /** The key of all keyed hashes: made once for the database, the same in every process. */
    async secret(): Promise<string> {
      const fresh = { count: 0, secret: newToken(), expiresAt: null };
      const { secret } = await upsert('secret', { $setOnInsert: fresh });
      if (!secret) throw new Error('the key of the limits is missing');
      return secret;
    },
  };
}
