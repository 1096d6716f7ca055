// The database work of private calendar addresses and of what the community decided about the week. Services of this area only.
import mongoose from 'mongoose';
import type { Locale } from '#shared/locales.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { OfficeHoursModels } from './office-hours.model.ts';

const objectId = (id: string) => new mongoose.Types.ObjectId(id);

export type FeedsRepository = ReturnType<typeof createFeedsRepository>;

/** Every function raises 'unavailable' when the database is away. */
export function createFeedsRepository({ feeds, settings }: Pick<OfficeHoursModels, 'feeds' | 'settings'>) {
  return {
    /** Her only address from now on; an older one is nothing any more. */
    async renew(userId: string, hash: string, locale: Locale, now: Date): Promise<void> {
      const run = () =>
        feeds
          .updateOne({ userId: objectId(userId) }, { $set: { hash, locale, createdAt: now } }, { upsert: true })
          .exec();
      await guardDatabase(run).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
        return guardDatabase(run); // her other device was first: now there is a row
      });
    },
    drop: (userId: string): Promise<unknown> =>
      retryIdempotent(() => feeds.deleteOne({ userId: objectId(userId) }).exec()),
    /** Since when she has one; null: she has none. */
    async since(userId: string): Promise<Date | null> {
      const query = () =>
        feeds
          .findOne({ userId: objectId(userId) })
          .readConcern('majority')
          .lean()
          .exec();
      return (await retryIdempotent(query))?.createdAt ?? null;
    },
    async byHash(hash: string): Promise<{ userId: string; locale: Locale } | null> {
      const found = await retryIdempotent(() => feeds.findOne({ hash }).readConcern('majority').lean().exec());
      return found && { userId: found.userId.toHexString(), locale: found.locale };
    },

    async published(): Promise<boolean> {
      const found = await retryIdempotent(() => settings.findById('week').readConcern('majority').lean().exec());
      return found?.published ?? false;
    },
    async publish(published: boolean): Promise<void> {
      const run = () => settings.updateOne({ _id: 'week' }, { $set: { published } }, { upsert: true }).exec();
      await guardDatabase(run).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
        return guardDatabase(run);
      });
    },
  };
}
