// The database work of figures, in domain words. Imported by the figures service and the hub's wiring.
import { isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { Rise } from './figures.count.ts';
import type { FiguresDocument, FiguresModel } from './figures.model.ts';

export type DayFigures = Omit<FiguresDocument, '_id' | 'who' | 'seen' | 'expireAt'>;
export type FiguresRepository = ReturnType<typeof createFiguresRepository>;

const DURABLE = { writeConcern: { w: 'majority' as const } };
/** The most days of one person that are read at once. */
const MOST = 100;

/** Every function raises 'unavailable' when the database is away. */
export function createFiguresRepository(model: FiguresModel) {
  const { collection } = model;
  return {
    /** Once per ticket, however often it is called. */
    async add(day: string, who: string, ticketId: string, rise: Rise, expireAt: Date): Promise<void> {
      const _id = `${day}:${who}` as never;
      const zero = { talks: 0, notFound: 0, left: 0, unserved: 0, languages: {}, topics: {}, waits: {} };
      const make = () =>
        collection.updateOne(
          { _id },
          { $setOnInsert: { day, who, ...zero, seen: [], expireAt } as never },
          { upsert: true },
        );
      await retryIdempotent(make).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      });
      const filter = { _id, seen: { $ne: ticketId } };
      const count = () => collection.updateOne(filter, { $inc: rise, $push: { seen: ticketId } } as never, DURABLE);
      await retryIdempotent(count);
    },
    /** From then on nothing says which tickets were counted before this day. */
    async forgetBefore(day: string): Promise<void> {
      const filter = { 'seen.0': { $exists: true }, day: { $lt: day } };
      await retryIdempotent(() => collection.updateMany(filter, { $set: { seen: [] } }));
    },
    /** From `from` up to, not including, `before`. */
    async days(who: string, from: string, before: string): Promise<DayFigures[]> {
      const query = () =>
        collection
          .find<FiguresDocument>({ who, day: { $gte: from, $lt: before } })
          .sort({ day: 1 })
          .limit(MOST)
          .toArray();
      return retryIdempotent(query);
    },
    async firstDay(who: string): Promise<string | null> {
      const query = () => collection.find<FiguresDocument>({ who }).sort({ day: 1 }).limit(1).toArray();
      return (await retryIdempotent(query))[0]?.day ?? null;
    },
  };
}
