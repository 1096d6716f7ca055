// The database work of notices. Imported by the notifications service and the hub's wiring.
import mongoose from 'mongoose';
import type { NewNotice, NoticeKind, NoticeParams } from '#shared/notifications.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { createGathered } from '../kernel/together.ts';
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
/** A notice whose time for devices has come. */
export interface Due {
  id: string;
  userId: string;
  pushAt: Date;
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

interface About {
  userId: string;
  ticketId: string;
  now: Date;
}
const aboutKey = ({ userId, ticketId }: Omit<About, 'now'>): string => `${userId} ${ticketId}`;

export type NotificationsRepository = ReturnType<typeof createNotificationsRepository>;

/** Every function raises 'unavailable' when the database is away. */
export function createNotificationsRepository({ notices }: NotificationModels) {
  /** Which of these rows are new. Many people are told in the same moment: that is one write. */
  const put = createGathered(
    ({ _id }) => _id.toHexString(),
    async (all: NoticeDocument[]) => {
      const operations = all.map(({ userId, key, ...row }) => ({
        updateOne: { filter: { userId, key }, update: { $setOnInsert: row }, upsert: true },
      }));
      const run = () => notices.collection.bulkWrite(operations, { ordered: false, writeConcern: { w: 'majority' } });
      const done = await guardDatabase(run).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // another process told some of them: which are ours is asked
        const ids = all.map(({ _id }) => _id);
        const ours = () =>
          notices
            .find({ _id: { $in: ids } }, { _id: 1 })
            .readConcern('majority')
            .lean()
            .exec();
        return retryIdempotent(ours);
      });
      const ids = Array.isArray(done) ? done.map(({ _id }) => _id) : Object.values(done.upsertedIds);
      const fresh = new Set(ids.map(String));
      return new Map(all.flatMap((row) => (fresh.has(String(row._id)) ? [[String(row._id), row]] : [])));
    },
  );
  /** Reads what these people were told about these places; which of them had something unread. */
  const settle = createGathered(aboutKey, async (all: About[]) => {
    const keys = new Set(all.map(aboutKey));
    const filter = {
      userId: { $in: all.map(({ userId }) => objectId(userId)) },
      readAt: null,
      'params.ticketId': { $in: all.map(({ ticketId }) => ticketId) },
    };
    const query = () => notices.find(filter, { userId: 1, params: 1 }).readConcern('majority').lean().exec();
    const keyOf = ({ userId, params }: Pick<NoticeDocument, 'userId' | 'params'>) =>
      aboutKey({ userId: userId.toHexString(), ticketId: params.ticketId ?? '' });
    const unread = (await retryIdempotent(query)).filter((row) => keys.has(keyOf(row)));
    const theirs = { _id: { $in: unread.map(({ _id }) => _id) }, readAt: null };
    const run = () => notices.updateMany(theirs, { $set: { readAt: all.at(-1)?.now } }).exec();
    if (unread.length > 0) await retryIdempotent(run);
    return new Map(unread.map((row) => [keyOf(row), true]));
  });

  return {
    /** Stores it for each who does not have it yet, due for her devices at once; answers the new ones. */
    async add(userIds: string[], notice: NewNotice & { until: Date }, at: Date): Promise<Notice[]> {
      const { key, kind, params, until } = notice;
      const made = await Promise.all(
        userIds.map((userId) => {
          const _id = new mongoose.Types.ObjectId();
          const rest = { key, kind, params, at, readAt: null, pushAt: at, pushUntil: until, pushedTo: [] };
          return put({ _id, userId: objectId(userId), ...rest });
        }),
      );
      return made.flatMap((row) => (row ? [noticeOf(row)] : []));
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
      return (await settle({ userId, ticketId, now })) ?? false;
    },

    /** Those that wait for devices, longest first. */
    async due(now: Date, limit: number): Promise<Due[]> {
      const query = () =>
        notices
          .find({ pushAt: { $lte: now } }, { pushAt: 1, userId: 1 })
          .sort({ pushAt: 1 })
          .limit(limit)
          .lean()
          .exec();
      return (await retryIdempotent(query)).flatMap(({ _id, pushAt, userId }) =>
        pushAt ? [{ id: _id.toHexString(), pushAt, userId: userId.toHexString() }] : [],
      );
    },
    /** Of those that are due: no device waits for them. One that another process took meanwhile is left alone. */
    nobodys: (ids: string[], now: Date): Promise<unknown> => {
      const filter = { _id: { $in: ids.map(objectId) }, pushAt: { $lte: now } };
      return retryIdempotent(() => notices.updateMany(filter, { $unset: { pushAt: 1 } }).exec());
    },
    /** Takes it until `lease`, when another process may; null: somebody else was first. */
    async claim({ id, pushAt }: Due, lease: Date): Promise<Outgoing | null> {
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
