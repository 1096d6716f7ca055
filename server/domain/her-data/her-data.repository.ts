// Reads everything that is kept about one woman, a page at a time, over all collections. Only this area's service imports it.
import mongoose, { type Connection } from 'mongoose';
import { retryIdempotent } from '../../database/errors.ts';
import type { Her, Row } from './her-data.entities.ts';
import { REACTIONS } from '#shared/reactions.ts';

const PAGE = 100;
const TALKS = 1000;

export type HerDataRepository = ReturnType<typeof createHerDataRepository>;

export function createHerDataRepository(connection: Connection) {
  return {
    /** Herself, and who she is in talks. */
    async her(id: string): Promise<Her> {
      const oid = new mongoose.Types.ObjectId(id);
      const find = () =>
        connection
          .collection<{ owners: { userId: unknown; ticketId: mongoose.Types.ObjectId }[] }>('talks')
          .find({ 'owners.userId': oid as never })
          .limit(TALKS)
          .toArray();
      const aliases = (await retryIdempotent(find)).flatMap(({ owners }) =>
        owners.filter(({ userId }) => String(userId) === id).map(({ ticketId }) => ticketId),
      );
      const authors = [oid, ...aliases];
      const authorNames = authors.flatMap((one) => REACTIONS.map((reaction) => `${reaction}:${String(one)}`));
      return { id, oid, authors, authorNames };
    },

    /** In the order they were made, never more than a page in memory. */
    async *rows(collection: string, filter: Record<string, unknown>): AsyncGenerator<Row> {
      for (let last: unknown = null; ;) {
        const after = last === null ? filter : { $and: [filter, { _id: { $gt: last } }] };
        const query = () =>
          connection
            .collection<Row>(collection)
            .find(after as never)
            .sort({ _id: 1 })
            .limit(PAGE)
            .toArray();
        const found = await retryIdempotent<Row[]>(query as never);
        yield* found;
        if (found.length < PAGE) return;
        last = found.at(-1)?._id;
      }
    },
  };
}
