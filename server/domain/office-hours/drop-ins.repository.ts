// The database work of drop-ins: every step of one is a single atomic change with its condition in the filter. Services of this area only.
import mongoose, { type QueryFilter, type UpdateQuery } from 'mongoose';
import type { DropInState } from '#shared/office-hours.states.ts';
import type { CommunityLanguage } from '#shared/text/languages.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { createTogether } from '../kernel/together.ts';
import { dropInOf, type DropIn, type Occurrence } from './drop-ins.entities.ts';
import type { DropInDocument, OfficeHoursModels } from './office-hours.model.ts';

/** What was said to those who wait goes with it. */
const CLOSED = { $set: { state: 'closed', duty: [], askedAt: null, announcement: '' } } as const;

export type { DropIn } from './drop-ins.entities.ts';

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const RUNNING: DropInState[] = ['open', 'closing'];

export type DropInsRepository = ReturnType<typeof createDropInsRepository>;

/** Steps answer the drop-in after them, or null when their condition did not hold. All raise 'unavailable' when the database is away. */
export function createDropInsRepository({ dropIns }: Pick<OfficeHoursModels, 'dropIns'>) {
  const list = async (
    filter: QueryFilter<DropInDocument>,
    limit: number,
    sort: Record<string, 1 | -1> = { startsAt: 1, _id: 1 },
  ): Promise<DropIn[]> => {
    const query = () => dropIns.find(filter).sort(sort).limit(limit).readConcern('majority').lean().exec();
    return (await retryIdempotent(query)).map(dropInOf);
  };
  const step = async (
    id: string,
    where: QueryFilter<DropInDocument>,
    update: UpdateQuery<DropInDocument>,
    now: Date,
  ): Promise<DropIn | null> => {
    const { $set, $inc, ...rest } = update;
    const whole = { ...rest, $set: { ...$set, changedAt: now }, $inc: { ...$inc, version: 1 } };
    const run = () =>
      dropIns
        .findOneAndUpdate({ ...where, _id: id }, whole as UpdateQuery<DropInDocument>, {
          returnDocument: 'after',
          writeConcern: { w: 'majority' },
        })
        .lean()
        .exec();
    const found = await guardDatabase(run);
    return found && dropInOf(found);
  };
  const known = createTogether(async (ids) => {
    const found = await list({ _id: { $in: ids } }, ids.length);
    return new Map(found.map((dropIn) => [dropIn.id, dropIn]));
  });
  const stored = ({ id: _id, officeHoursId, hostIds, endsAt, ...rest }: Occurrence) => ({
    ...rest,
    officeHoursId: objectId(officeHoursId),
    hostIds: hostIds.map(objectId),
    endsAt,
    plannedEnd: endsAt,
  });

  return {
    byId: async (id: string): Promise<DropIn | null> => (await known(id)) ?? null,
    /** In order of their start; those that begin in [from, to). */
    between: (from: Date, to: Date, limit: number): Promise<DropIn[]> =>
      list({ startsAt: { $gte: from, $lt: to } }, limit),
    running: (limit: number): Promise<DropIn[]> => list({ state: { $in: RUNNING } }, limit),
    /** Planned, and begun before `before`. */
    overdue: (before: Date, limit: number): Promise<DropIn[]> =>
      list({ state: 'planned', startsAt: { $lt: before } }, limit),
    /** Of one state, beginning in [from, to], of which the jobs have not told `what` yet. */
    untold: (state: DropInState, what: string, from: Date, to: Date, limit: number): Promise<DropIn[]> =>
      list({ state, startsAt: { $gte: from, $lte: to }, told: { $ne: what } }, limit),
    ofOfficeHours: (officeHoursIds: string[], from: Date, limit: number): Promise<DropIn[]> =>
      list({ officeHoursId: { $in: officeHoursIds.map(objectId) }, startsAt: { $gte: from } }, limit),
    /** Where she is on duty now. */
    onDuty: (userId: string): Promise<DropIn[]> =>
      list({ 'duty.userId': objectId(userId), state: { $in: RUNNING } }, 10),
    /** What any process changed since then. */
    changedSince: (since: Date, limit: number): Promise<DropIn[]> =>
      list({ changedAt: { $gte: since } }, limit, { changedAt: 1 }),

    /** Makes the drop-in of an occurrence, or brings one that has not begun up to a newer revision. Null: nothing to do. */
    async makeSure(occurrence: Occurrence, now: Date): Promise<DropIn | null> {
      const fresh = {
        ...stored(occurrence),
        duty: [],
        announcement: '',
        version: 1,
        nextNumber: 1,
        askedAt: null,
        told: [],
        changedAt: now,
      };
      const insert = () =>
        dropIns.collection.updateOne({ _id: occurrence.id as never }, { $setOnInsert: fresh }, { upsert: true });
      const done = await guardDatabase(insert).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
        return null; // another process was first
      });
      if (done?.upsertedCount) return dropInOf({ ...fresh, _id: occurrence.id });
      // what the queue promised at creation stays
      const { queue: _kept, ...rest } = stored(occurrence);
      const set = { ...rest, told: [] };
      const where = { state: { $in: ['planned', 'cancelled'] }, revision: { $lt: occurrence.revision } };
      return step(occurrence.id, where as QueryFilter<DropInDocument>, { $set: set }, now);
    },
    /** Cancels what an older revision planned and this one does not have any more. */
    staleOf: (officeHoursId: string, revision: number, from: Date, limit: number): Promise<DropIn[]> =>
      list(
        {
          officeHoursId: objectId(officeHoursId),
          startsAt: { $gte: from },
          state: 'planned',
          revision: { $lt: revision },
        },
        limit,
      ),
    cancel: (id: string, now: Date): Promise<DropIn | null> =>
      step(id, { state: { $in: ['planned', 'missed'] } }, { $set: { state: 'cancelled' } }, now),

    /** Puts her on duty, and opens it when she is the first. */
    async checkIn(id: string, userId: string, languages: CommunityLanguage[], now: Date): Promise<DropIn | null> {
      const who = objectId(userId);
      const duty = { userId: who, languages, since: now, seenAt: now };
      const may = { hostIds: who, 'duty.userId': { $ne: who }, endsAt: { $gt: now } } as QueryFilter<DropInDocument>;
      const first = { $set: { state: 'open', duty: [duty], askedAt: null } } as UpdateQuery<DropInDocument>;
      const next = { $push: { duty }, $set: { askedAt: null } } as UpdateQuery<DropInDocument>;
      return (
        (await step(id, { ...may, state: { $in: ['planned', 'missed'] } }, first, now)) ??
        (await step(id, { ...may, state: { $in: RUNNING } }, next, now))
      );
    },
    /** Takes her off duty while others stay. `unseenSince`: only if nothing was seen of her since then. */
    checkOut(id: string, userId: string, now: Date, unseenSince?: Date): Promise<DropIn | null> {
      const who = objectId(userId);
      const mine = { userId: who, ...(unseenSince ? { seenAt: { $lt: unseenSince } } : {}) };
      const where = { state: { $in: RUNNING }, duty: { $elemMatch: mine }, 'duty.1': { $exists: true } };
      return step(id, where as QueryFilter<DropInDocument>, { $pull: { duty: { userId: who } } }, now);
    },
    /** She is the only one on duty and leaves: it closes. */
    leaveLast(id: string, userId: string, now: Date): Promise<DropIn | null> {
      const where = { state: { $in: RUNNING }, 'duty.userId': objectId(userId), duty: { $size: 1 } };
      return step(id, where as QueryFilter<DropInDocument>, CLOSED, now);
    },
    /** The only one on duty may not be there any more: nobody is, and no new places are taken; another host has time to come. */
    leaveAlone(id: string, userId: string, now: Date): Promise<DropIn | null> {
      const where = { state: { $in: RUNNING }, 'duty.userId': objectId(userId), duty: { $size: 1 } };
      return step(
        id,
        where as QueryFilter<DropInDocument>,
        { $set: { state: 'closing', duty: [], askedAt: now } },
        now,
      );
    },
    /** A mentor who joins the schedule may come to what is running already. */
    addHost: (officeHoursId: string, userId: string, now: Date): Promise<unknown> =>
      guardDatabase(() =>
        dropIns
          .updateMany(
            { officeHoursId: objectId(officeHoursId), state: { $in: ['missed', ...RUNNING] } },
            { $addToSet: { hostIds: objectId(userId) }, $set: { changedAt: now }, $inc: { version: 1 } },
          )
          .exec(),
      ),
    stopTaking: (id: string, now: Date): Promise<DropIn | null> =>
      step(id, { state: 'open' }, { $set: { state: 'closing' } }, now),
    takeAgain: (id: string, now: Date): Promise<DropIn | null> =>
      step(id, { state: 'closing', 'duty.0': { $exists: true } }, { $set: { state: 'open' } }, now),
    close: (id: string, now: Date): Promise<DropIn | null> => step(id, { state: { $in: RUNNING } }, CLOSED, now),
    /** By itself: long after its end, or the last host was asked before `before` and it is over or nothing was seen of her, or nobody came, since. */
    closeUnanswered: (id: string, overrun: Date, before: Date, now: Date): Promise<DropIn | null> =>
      step(
        id,
        {
          state: { $in: RUNNING },
          $or: [
            { endsAt: { $lte: overrun } },
            { askedAt: { $ne: null, $lte: before }, endsAt: { $lte: now } },
            { askedAt: { $ne: null, $lte: before }, 'duty.0.seenAt': { $lt: before } },
            { askedAt: { $ne: null, $lte: before }, duty: { $size: 0 } },
          ],
        },
        CLOSED,
        now,
      ),
    /** The host who was asked is seen again. */
    unask: (id: string, seenSince: Date, now: Date): Promise<DropIn | null> =>
      step(
        id,
        { state: { $in: RUNNING }, askedAt: { $ne: null }, endsAt: { $gt: now }, 'duty.0.seenAt': { $gte: seenSince } },
        { $set: { askedAt: null } },
        now,
      ),
    /** Asks the last host, who was not seen since `unseenSince`, or whose time is over, whether to close. */
    ask: (id: string, now: Date, unseenSince: Date): Promise<DropIn | null> =>
      step(
        id,
        {
          state: { $in: RUNNING },
          askedAt: null,
          duty: { $size: 1 },
          $or: [{ endsAt: { $lte: now } }, { 'duty.0.seenAt': { $lt: unseenSince } }],
        },
        { $set: { askedAt: now } },
        now,
      ),
    /** A host says that she is still there. */
    stay: (id: string, userId: string, now: Date): Promise<DropIn | null> =>
      step(
        id,
        { state: { $in: RUNNING }, 'duty.userId': objectId(userId) },
        { $set: { askedAt: null, 'duty.$.seenAt': now } },
        now,
      ),
    extend: (id: string, from: Date, to: Date, now: Date): Promise<DropIn | null> =>
      step(id, { state: { $in: RUNNING }, endsAt: from }, { $set: { endsAt: to, askedAt: null } }, now),
    announce: (id: string, announcement: string, now: Date): Promise<DropIn | null> =>
      step(id, { state: { $in: ['planned', 'missed', ...RUNNING] } }, { $set: { announcement } }, now),
    miss: (id: string, now: Date): Promise<DropIn | null> =>
      step(id, { state: 'planned', duty: { $size: 0 } }, { $set: { state: 'missed' } }, now),

    /** The number of the next ticket, given out once. Null: it is in none of `states`. */
    async takeNumber(id: string, states: readonly DropInState[], now: Date): Promise<number | null> {
      const after = await step(id, { state: { $in: [...states] } }, { $inc: { nextNumber: 1 } }, now);
      return after && after.nextNumber - 1;
    },

    /** Somebody saw these hosts: no version, since nobody else sees it. */
    seen: (userIds: string[], now: Date): Promise<unknown> =>
      retryIdempotent(() =>
        dropIns
          .updateMany(
            { 'duty.userId': { $in: userIds.map(objectId) }, state: { $in: RUNNING } },
            { $max: { 'duty.$[host].seenAt': now } },
            { arrayFilters: [{ 'host.userId': { $in: userIds.map(objectId) } }] },
          )
          .exec(),
      ),
    /** Remembers what was told about this revision of it, so that the jobs need not look again. */
    told: ({ id, revision }: Pick<DropIn, 'id' | 'revision'>, what: string): Promise<unknown> =>
      retryIdempotent(() => dropIns.updateOne({ _id: id, revision }, { $addToSet: { told: what } }).exec()),
  };
}
