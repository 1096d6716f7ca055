// What happened to tickets, a row for each step. Part of the tickets repository.
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { newId } from '../kernel/ids.ts';
import { createTogether } from '../kernel/together.ts';
import { hex, objectId, type Ticket } from './tickets.entities.ts';
import type { TicketEventDocument, TicketModels } from './tickets.model.ts';

/** Steps that this process wrote a moment ago need not be asked for again. */
const REMEMBERED = 5_000;
const KEPT_DAYS = 60;
const LOOKS_DAYS = 365;
const DAY = 86_400_000;
const DURABLE = { writeConcern: { w: 'majority' as const } };

type Recorded = Pick<Ticket, 'id' | 'dropInId' | 'last'>;

/** Every function raises 'unavailable' when the database is away. */
export function createTicketSteps({ ticketEvents }: Pick<TicketModels, 'ticketEvents'>) {
  const rows = new Map<string, Omit<TicketEventDocument, '_id'>>();
  const written = new Set<string>();
  // many steps happen in the same moment: they are written as one
  const write = createTogether(async (keys) => {
    const operations = keys.map((_id) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: rows.get(_id) }, upsert: true },
    }));
    const run = () => ticketEvents.collection.bulkWrite(operations as never, { ordered: false, ...DURABLE });
    await retryIdempotent(run).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      return retryIdempotent(run); // another process wrote the same: now it is there
    });
    return new Map(keys.map((key) => [key, true]));
  });

  return {
    /** Writes the newest step of a ticket where it is missing; may run any number of times. */
    async record({ id, dropInId, last }: Recorded): Promise<void> {
      const { rev, by, ...step } = last;
      const key = `${id}:${rev}`;
      if (written.has(key)) return;
      const expireAt = new Date(last.at.getTime() + KEPT_DAYS * DAY);
      rows.set(key, { ...step, by: by ? objectId(by) : null, ticketId: objectId(id), dropInId, expireAt });
      try {
        await write(key);
      } finally {
        rows.delete(key);
      }
      if (written.size >= REMEMBERED) written.clear();
      written.add(key);
    },
    /** What happened to a ticket, oldest first. */
    async events(
      ticketId: string,
      limit: number,
    ): Promise<(Omit<TicketEventDocument, 'by'> & { by: string | null })[]> {
      const query = () =>
        ticketEvents.collection
          .find<TicketEventDocument>({ ticketId: objectId(ticketId) })
          .sort({ at: 1, _id: 1 })
          .limit(limit)
          .toArray();
      return (await retryIdempotent(query)).map((event) => ({ ...event, by: hex(event.by) }));
    },
    /** A moderator found out who it is. Before the answer. */
    async recordLook({ id, dropInId, state }: Ticket, by: string, at: Date): Promise<void> {
      const row = {
        ...{ _id: `${id}:look:${newId()}`, at, action: 'look', role: 'system', from: state, to: state },
        ...{ by: objectId(by), ticketId: objectId(id), dropInId },
        expireAt: new Date(at.getTime() + LOOKS_DAYS * DAY),
      };
      await guardDatabase(() => ticketEvents.collection.insertOne(row as never, DURABLE));
    },
  };
}
