// The database work of notices. Imported by the notifications service and the hub's wiring.
import mongoose from 'mongoose';
import type { NewNotice, NoticeKind, NoticeParams } from '#shared/notifications.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { NoticeDocument, NotificationModels } from './notifications.model.ts';

export interface Notice {
  id: string;
  userId: string;
  kind: NoticeKind;
  params: NoticeParams;
  at: Date;
  read: boolean;
}

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const noticeOf = ({ _id, userId, kind, params, at, readAt }: NoticeDocument): Notice => ({
  id: _id.toHexString(),
  userId: userId.toHexString(),
  kind,
  params,
  at,
  read: readAt !== null,
});

export type NotificationsRepository = ReturnType<typeof createNotificationsRepository>;

/** Every function raises 'unavailable' when the database is away. */
export function createNotificationsRepository({ notices }: NotificationModels) {
  return {
    /** Stores it for each who does not have it yet; answers the new ones. */
    async add(userIds: string[], { key, kind, params }: NewNotice, at: Date): Promise<Notice[]> {
      const rows = userIds.map((userId): NoticeDocument => {
        return { _id: new mongoose.Types.ObjectId(), userId: objectId(userId), key, kind, params, at, readAt: null };
      });
      const operations = rows.map(({ userId, ...row }) => ({
        updateOne: { filter: { userId, key }, update: { $setOnInsert: row }, upsert: true },
      }));
      const write = () => notices.collection.bulkWrite(operations, { ordered: false, writeConcern: { w: 'majority' } });
      await guardDatabase(write).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // another process told some of them
      });
      const ids = rows.map(({ _id }) => _id);
      const stored = () =>
        notices
          .find({ _id: { $in: ids } })
          .readConcern('majority')
          .lean()
          .exec();
      return (await retryIdempotent(stored)).map(noticeOf);
    },

    /** Newest first, at most `limit`, those before the notice `before`. */
    async page(userId: string, before: string | null, limit: number): Promise<Notice[]> {
      const filter = { userId: objectId(userId), ...(before === null ? {} : { _id: { $lt: objectId(before) } }) };
      const query = () => notices.find(filter).sort({ _id: -1 }).limit(limit).readConcern('majority').lean().exec();
      return (await retryIdempotent(query)).map(noticeOf);
    },

    unread: (userId: string): Promise<number> =>
      retryIdempotent(() => notices.countDocuments({ userId: objectId(userId), readAt: null }).exec()),

    /** True when one of them was unread until now. */
    async read(userId: string, ids: string[], now: Date): Promise<boolean> {
      const filter = { _id: { $in: ids.map(objectId) }, userId: objectId(userId), readAt: null };
      const run = () => notices.updateMany(filter, { $set: { readAt: now } }).exec();
      return (await retryIdempotent(run)).modifiedCount > 0;
    },
  };
}
