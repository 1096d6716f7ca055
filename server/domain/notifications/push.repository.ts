// The database work of devices that are told. Imported by the push service and sender, and the hub's wiring.
import mongoose from 'mongoose';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { DeviceDocument, KeysDocument, PushModels } from './push.model.ts';

export interface Device extends Omit<DeviceDocument, '_id' | 'userId'> {
  id: string;
  userId: string;
}
export type NewDevice = Pick<Device, 'userId' | 'sessionId' | 'endpoint' | 'p256dh' | 'auth'>;
export type Keys = Omit<KeysDocument, '_id'>;

const KEYS = 'vapid';
const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const deviceOf = ({ _id, userId, ...rest }: DeviceDocument): Device => ({
  ...rest,
  id: _id.toHexString(),
  userId: userId.toHexString(),
});

export type PushRepository = ReturnType<typeof createPushRepository>;

/** Every function raises 'unavailable' when the database is away. */
export function createPushRepository({ devices, keys, quiet }: PushModels) {
  const ofUser = async (userId: string, limit: number, skip = 0): Promise<Device[]> => {
    const query = () =>
      devices
        .find({ userId: objectId(userId) })
        .sort({ at: -1 })
        .skip(skip)
        .limit(limit)
        .lean();
    return (await retryIdempotent(() => query().exec())).map(deviceOf);
  };
  const remove = (ids: string[]): Promise<unknown> =>
    retryIdempotent(() => devices.deleteMany({ _id: { $in: ids.map(objectId) } }).exec());

  return {
    /** The hub's keys: those that are there, else `fresh`. One insert decides, however many processes begin at once. */
    async keys(fresh: () => Keys): Promise<Keys> {
      const read = () => retryIdempotent(() => keys.findById(KEYS).readConcern('majority').lean().exec());
      const kept = await read();
      if (kept) return kept;
      const made = fresh();
      const write = () =>
        keys.updateOne({ _id: KEYS }, { $setOnInsert: made }, { upsert: true, writeConcern: { w: 'majority' } }).exec();
      await guardDatabase(write).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // another process was first: its keys are the hub's
      });
      return (await read()) ?? made;
    },

    /** This browser is told for her from now on, and for nobody else; the oldest beyond `most` are forgotten. */
    async put({ endpoint, userId, ...rest }: NewDevice, at: Date, most: number): Promise<void> {
      const fresh = { _id: new mongoose.Types.ObjectId(), restUntil: null, failures: 0 };
      const write = () =>
        devices
          .updateOne(
            { endpoint },
            { $set: { ...rest, userId: objectId(userId), at }, $setOnInsert: fresh },
            { upsert: true },
          )
          .exec();
      await guardDatabase(write).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // the same tap twice at once
        return guardDatabase(write);
      });
      const surplus = await ofUser(userId, 50, most);
      if (surplus.length > 0) await remove(surplus.map(({ id }) => id));
    },
    /** Hers, newest first. */
    ofUser,
    /** Which of these people have a device at all. */
    async haveSome(userIds: string[]): Promise<Set<string>> {
      const query = () => devices.distinct('userId', { userId: { $in: userIds.map(objectId) } }).exec();
      return new Set((await retryIdempotent(query)).map((id) => id.toHexString()));
    },
    remove,
    removeOf: (userId: string, sessionIds: string[] | 'all'): Promise<unknown> => {
      const filter = sessionIds === 'all' ? {} : { sessionId: { $in: sessionIds } };
      return retryIdempotent(() => devices.deleteMany({ userId: objectId(userId), ...filter }).exec());
    },
    /** It was reached. */
    reached: (id: string): Promise<unknown> =>
      retryIdempotent(() =>
        devices.updateOne({ _id: objectId(id) }, { $set: { restUntil: null, failures: 0 } }).exec(),
      ),
    /** It was not; nothing is sent before `until`. */
    rest: (id: string, until: Date, failures: number): Promise<unknown> =>
      retryIdempotent(() => devices.updateOne({ _id: objectId(id) }, { $set: { restUntil: until, failures } }).exec()),

    async quiet(userId: string): Promise<{ quietFrom: string; quietTo: string }> {
      const found = await retryIdempotent(() => quiet.findById(objectId(userId)).lean().exec());
      return { quietFrom: found?.quietFrom ?? '', quietTo: found?.quietTo ?? '' };
    },
    setQuiet: (userId: string, hours: { quietFrom: string; quietTo: string }): Promise<unknown> => {
      const hers = { _id: objectId(userId) };
      const set = () => quiet.updateOne(hers, { $set: hours }, { upsert: true }).exec();
      const clear = () => quiet.deleteOne(hers).exec();
      return retryIdempotent<unknown>(hours.quietFrom === '' ? clear : set);
    },
  };
}
