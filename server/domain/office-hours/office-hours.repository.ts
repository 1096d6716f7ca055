// The database work of schedules and of who follows them, in domain words. Imported by the services of this area and the hub's wiring.
import mongoose, { type QueryFilter } from 'mongoose';
import { guardDatabase, isDuplicateKey, isNew, retryIdempotent } from '../../database/errors.ts';
import type { ExceptionDocument, OfficeHoursDocument, OfficeHoursModels } from './office-hours.model.ts';

export type Exception = ExceptionDocument;
export interface OfficeHours extends Omit<OfficeHoursDocument, '_id' | 'hostIds' | 'createdBy'> {
  id: string;
  hostIds: string[];
  createdBy: string;
}
export type NewOfficeHours = Omit<OfficeHours, 'revision' | 'exceptions' | 'holidays' | 'plannedUntil' | 'endedAt'>;
/** What a change of the schedule may touch. */
export type OfficeHoursChange = Partial<
  Omit<OfficeHours, 'id' | 'createdBy' | 'clientId' | 'createdAt' | 'revision' | 'queue'>
>;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const officeHoursOf = ({ _id, hostIds, createdBy, ...rest }: OfficeHoursDocument): OfficeHours => ({
  ...rest,
  id: _id.toHexString(),
  hostIds: hostIds.map((id) => id.toHexString()),
  createdBy: createdBy.toHexString(),
});

export type OfficeHoursRepository = ReturnType<typeof createOfficeHoursRepository>;

/** Every function raises 'unavailable' when the database is away. */
export function createOfficeHoursRepository({ officeHours, follows }: OfficeHoursModels) {
  const list = async (filter: QueryFilter<OfficeHoursDocument>, limit: number): Promise<OfficeHours[]> => {
    const query = () => officeHours.find(filter).sort({ _id: 1 }).limit(limit).readConcern('majority').lean().exec();
    return (await retryIdempotent(query)).map(officeHoursOf);
  };

  return {
    async byId(id: string): Promise<OfficeHours | null> {
      const query = () => officeHours.findById(objectId(id)).readConcern('majority').lean().exec();
      const found = await retryIdempotent(query);
      return found && officeHoursOf(found);
    },

    /** The one that this form made already. */
    async byClientId(createdBy: string, clientId: string): Promise<OfficeHours | null> {
      const [found] = await list({ createdBy: objectId(createdBy), clientId }, 1);
      return found ?? null;
    },

    /** Those that are not over, in the order in which they were made. */
    ofHost: (userId: string, limit: number): Promise<OfficeHours[]> =>
      list({ hostIds: objectId(userId), endedAt: null }, limit),

    /** False: her other request with this clientId was first. */
    async create({ id, hostIds, createdBy, ...rest }: NewOfficeHours): Promise<boolean> {
      const document = {
        ...rest,
        _id: objectId(id),
        hostIds: hostIds.map(objectId),
        createdBy: objectId(createdBy),
        exceptions: [],
        holidays: [],
        revision: 1,
        plannedUntil: new Date(0),
        endedAt: null,
      };
      return isNew(() => officeHours.collection.insertOne(document));
    },

    /** Changes it if it still is at `revision`; the planning begins anew. Null: somebody else was first, or it is over. */
    async change(id: string, revision: number, set: OfficeHoursChange): Promise<OfficeHours | null> {
      const { hostIds, ...rest } = set;
      const update = {
        $set: { plannedUntil: new Date(0), ...rest, ...(hostIds ? { hostIds: hostIds.map(objectId) } : {}) },
        $inc: { revision: 1 },
      };
      const run = () =>
        officeHours
          .findOneAndUpdate({ _id: objectId(id), revision, endedAt: null }, update as never, {
            returnDocument: 'after',
            writeConcern: { w: 'majority' },
          })
          .lean()
          .exec();
      const found = await guardDatabase(run);
      return found && officeHoursOf(found);
    },

    /** It is over; the planning sees to what follows. Null: it was already. */
    async end(id: string, now: Date): Promise<OfficeHours | null> {
      const run = () =>
        officeHours
          .findOneAndUpdate(
            { _id: objectId(id), endedAt: null },
            { $set: { endedAt: now, plannedUntil: new Date(0) }, $inc: { revision: 1 } },
            { returnDocument: 'after', writeConcern: { w: 'majority' } },
          )
          .lean()
          .exec();
      const found = await guardDatabase(run);
      return found && officeHoursOf(found);
    },

    /** Schedules whose drop-ins are not made up to `until` yet. */
    async toPlan(until: Date, limit: number): Promise<OfficeHours[]> {
      const query = () =>
        officeHours
          .find({ plannedUntil: { $lt: until } })
          .sort({ plannedUntil: 1 })
          .limit(limit)
          .readConcern('majority')
          .lean()
          .exec();
      return (await retryIdempotent(query)).map(officeHoursOf);
    },

    /** Drop-ins of this revision are made up to `until` (null: it is over and done with). */
    planned: (id: string, revision: number, until: Date | null): Promise<unknown> =>
      retryIdempotent(() =>
        officeHours.updateOne({ _id: objectId(id), revision }, { $set: { plannedUntil: until } }).exec(),
      ),

    async follow(officeHoursId: string, userId: string, now: Date): Promise<void> {
      const key = { officeHoursId: objectId(officeHoursId), userId: objectId(userId) };
      const run = () => follows.updateOne(key, { $setOnInsert: { since: now } }, { upsert: true }).exec();
      await guardDatabase(run).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      });
    },
    unfollow: (officeHoursId: string, userId: string): Promise<unknown> =>
      retryIdempotent(() =>
        follows.deleteOne({ officeHoursId: objectId(officeHoursId), userId: objectId(userId) }).exec(),
      ),
    /** Nobody follows what is over. */
    dropFollows: (officeHoursId: string): Promise<unknown> =>
      retryIdempotent(() => follows.deleteMany({ officeHoursId: objectId(officeHoursId) }).exec()),

    /** Ids of the schedules she follows. */
    async followedBy(userId: string, limit: number): Promise<string[]> {
      const query = () =>
        follows
          .find({ userId: objectId(userId) }, { officeHoursId: 1 })
          .sort({ officeHoursId: -1 })
          .limit(limit)
          .readConcern('majority')
          .lean()
          .exec();
      return (await retryIdempotent(query)).map((row) => row.officeHoursId.toHexString());
    },

    /** Who follows, by user id, those after `after`. */
    async followers(officeHoursId: string, after: string | null, limit: number): Promise<string[]> {
      const more = after === null ? {} : { userId: { $gt: objectId(after) } };
      const query = () =>
        follows
          .find({ officeHoursId: objectId(officeHoursId), ...more }, { userId: 1 })
          .sort({ userId: 1 })
          .limit(limit)
          .readConcern('majority')
          .lean()
          .exec();
      return (await retryIdempotent(query)).map((row) => row.userId.toHexString());
    },
  };
}
