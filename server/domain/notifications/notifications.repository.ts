// The database work of notices. Imported by the notifications service and the hub's wiring.
import mongoose from 'mongoose';
import type { NewNotice, NoticeKind, NoticeParams } from '#shared/notifications.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { NoticeDocument, NotificationModels } from './notifications.model.ts';

/** A notice on its way to devices. */
export interface Outgoing {
  id: string;
  userId: string;
  kind: NoticeKind;
  params: NoticeParams;
  read: boolean;
  until: Date;
  /** Ids of the devices that are done with it. */
  done: string[];
}
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
    /** Stores it for each who does not have it yet, due for her devices at once; answers the new ones. */
    async add(userIds: string[], notice: NewNotice & { until: Date }, at: Date): Promise<Notice[]> {
      const { key, kind, params, until } = notice;
      const rows = userIds.map((userId): NoticeDocument => {
        const her = { _id: new mongoose.Types.ObjectId(), userId: objectId(userId) };
        return { ...her, key, kind, params, at, readAt: null, pushAt: at, pushUntil: until, pushedTo: [] };
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
    /** All that are about this place; true when one of them was unread until now. */
    async readAbout(userId: string, ticketId: string, now: Date): Promise<boolean> {
      const filter = { userId: objectId(userId), readAt: null, 'params.ticketId': ticketId };
      const run = () => notices.collection.updateMany(filter, { $set: { readAt: now } });
      return (await retryIdempotent(run)).modifiedCount > 0;
    },

    /** Those that wait for devices, longest first. */
    async due(now: Date, limit: number): Promise<{ id: string; pushAt: Date }[]> {
      const query = () =>
        notices
          .find({ pushAt: { $lte: now } }, { pushAt: 1 })
          .sort({ pushAt: 1 })
          .limit(limit)
          .lean()
          .exec();
      return (await retryIdempotent(query)).flatMap(({ _id, pushAt }) =>
        pushAt ? [{ id: _id.toHexString(), pushAt }] : [],
      );
    },
    /** Takes it until `lease`, when another process may; null: somebody else was first. */
    async claim({ id, pushAt }: { id: string; pushAt: Date }, lease: Date): Promise<Outgoing | null> {
      const run = () =>
        notices
          .findOneAndUpdate({ _id: objectId(id), pushAt }, { $set: { pushAt: lease } }, { returnDocument: 'after' })
          .lean()
          .exec();
      const found = await guardDatabase(run);
      if (!found) return null;
      const { pushUntil: until, pushedTo: done = [] } = found;
      return { ...noticeOf(found), until, done };
    },
    /** This device is done with it. */
    pushed: (id: string, deviceId: string): Promise<unknown> =>
      retryIdempotent(() => notices.updateOne({ _id: objectId(id) }, { $addToSet: { pushedTo: deviceId } }).exec()),
    /** Looked at again then; null: no device waits for it any more. */
    pushLater: (id: string, at: Date | null): Promise<unknown> => {
      const change = at ? { $set: { pushAt: at } } : { $unset: { pushAt: 1 as const } };
      return retryIdempotent(() => notices.updateOne({ _id: objectId(id) }, change).exec());
    },
  };
}
