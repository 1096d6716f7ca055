// What happened to tickets, a row for each step. Part of the tickets repository.
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { newId } from '../kernel/ids.ts';
import { createGathered } from '../kernel/together.ts';
import { hex, objectId, type Ticket } from './tickets.entities.ts';
import type { TicketEventDocument, TicketModels } from './tickets.model.ts';

/** Steps that this process wrote a moment ago need not be asked for again. */
const REMEMBERED = 5_000;
const KEPT_DAYS = 60;
const LOOKS_DAYS = 365;
const DAY = 86_400_000;
const DURABLE = { writeConcern: { w: 'majority' as const } };

type Recorded = Pick<Ticket, 'id' | 'dropInId' | 'last'>;

const keyOf = ({ id, last }: Recorded): string => `${id}:${last.rev}`;
function rowOf({ id, dropInId, last }: Recorded): Omit<TicketEventDocument, '_id'> {
  const { rev: _rev, by, ...step } = last;
  const expireAt = new Date(last.at.getTime() + KEPT_DAYS * DAY);
  return { ...step, by: by ? objectId(by) : null, ticketId: objectId(id), dropInId, expireAt };
}

/** Every function raises 'unavailable' when the database is away. */
export function createTicketSteps({ ticketEvents }: Pick<TicketModels, 'ticketEvents'>) {
  const written = new Set<string>();
  // many steps happen in the same moment: they are written as one
  const write = createGathered(keyOf, async (steps: Recorded[]) => {
    const operations = steps.map((one) => ({
      updateOne: { filter: { _id: keyOf(one) }, update: { $setOnInsert: rowOf(one) }, upsert: true },
    }));
    const run = () => ticketEvents.collection.bulkWrite(operations as never, { ordered: false, ...DURABLE });
    await retryIdempotent(run).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      return retryIdempotent(run); // another process wrote the same: now it is there
    });
    return new Map<string, never>();
  });

  return {
    /** Writes the newest step of a ticket where it is missing; may run any number of times. */
    async record(ticket: Recorded): Promise<void> {
      const key = keyOf(ticket);
      if (written.has(key)) return;
      await write(ticket);
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
