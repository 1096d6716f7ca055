// The database work of tickets: each step is one atomic change, then its event. Imported by the tickets service and the hub's wiring.
import type { QueryFilter, UpdateQuery } from 'mongoose';
import type { TicketState } from '#shared/tickets.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { AppError } from '../kernel/app-error.ts';
import { createTogether } from '../kernel/together.ts';
import {
  objectId,
  stored,
  ticketOf,
  type NewTicket,
  type Step,
  type Ticket,
  type TicketChange,
} from './tickets.entities.ts';
import type { TicketDocument, TicketModels } from './tickets.model.ts';
import { createTicketSteps } from './tickets.steps.ts';

/** The most places that a drop-in's board shows; a drop-in takes fewer. */
const BOARD = 1_000;
const DURABLE = { writeConcern: { w: 'majority' as const } };
export type TicketsRepository = ReturnType<typeof createTicketsRepository>;

/** Every function raises 'unavailable' when the database is away. */
export function createTicketsRepository(models: TicketModels) {
  const { tickets } = models;
  const find = async (
    filter: QueryFilter<TicketDocument>,
    limit: number,
    sort?: Record<string, 1 | -1>,
  ): Promise<Ticket[]> => {
    const query = () =>
      tickets.collection.find<TicketDocument>(filter as never, { limit, ...(sort ? { sort } : {}) }).toArray();
    return (await retryIdempotent(query)).map(ticketOf);
  };

  const steps = createTicketSteps(models);
  const known = createTogether(async (ids) => {
    const found = await find({ _id: { $in: ids.map(objectId) } }, ids.length);
    return new Map(found.map((ticket) => [ticket.id, ticket]));
  });

  return {
    byId: async (id: string): Promise<Ticket | null> => (await known(id)) ?? null,
    byNumber: async (dropInId: string, number: number): Promise<Ticket | null> =>
      (await find({ dropInId, number }, 1, { number: 1 }))[0] ?? null,
    /** Raises 'queue.joined' when she has a place there already. */
    async insert(ticket: NewTicket, step: Omit<Step, 'rev'>): Promise<Ticket> {
      const { id, officeHoursId, ownerId, ...rest } = ticket;
      const { by, ...how } = step;
      const document = {
        _id: objectId(id),
        ...rest,
        officeHoursId: objectId(officeHoursId),
        ownerId: objectId(ownerId),
        rev: 1,
        priority: false,
        joinedAt: step.at,
        changedAt: step.at,
        active: true as const,
        hostId: null,
        calledAt: null,
        talkId: null,
        grouped: false,
        invite: null,
        handOver: null,
        toldSoon: false,
        endedAt: null,
        expireAt: null,
        last: { ...how, rev: 1, by: by ? objectId(by) : null },
      };
      try {
        await guardDatabase(() => tickets.collection.insertOne(document, DURABLE));
      } catch (error) {
        if (isDuplicateKey(error)) throw new AppError('queue.joined');
        throw error;
      }
      const made = ticketOf(document);
      await steps.record(made);
      return made;
    },
    remove: (id: string): Promise<unknown> =>
      retryIdempotent(() => tickets.collection.deleteOne({ _id: objectId(id) }, DURABLE)),

    /**
     * One step of a ticket that is still at `rev`; null when somebody else was first. Raises 'host.busy' when the host
     * has her hands full. The event of the step before is written first, this one's afterwards.
     */
    async step(ticket: Ticket, step: Omit<Step, 'rev'>, active: boolean, change: TicketChange): Promise<Ticket | null> {
      await steps.record(ticket);
      const rev = ticket.rev + 1;
      const { by, ...how } = step;
      const drop = { ...(active ? {} : { active: '' }), ...(change.heldBy ? {} : { heldBy: '' }) };
      const update = {
        $set: {
          ...stored(change),
          state: step.to,
          rev,
          changedAt: step.at,
          last: { ...how, rev, by: by ? objectId(by) : null },
        },
        ...(Object.keys(drop).length > 0 ? { $unset: drop } : {}),
      } as unknown as UpdateQuery<TicketDocument>;
      const filter = { _id: objectId(ticket.id), rev: ticket.rev };
      const run = () =>
        tickets.collection.findOneAndUpdate(filter, update as never, { returnDocument: 'after', ...DURABLE });
      try {
        const found = (await guardDatabase(run)) as unknown as TicketDocument | null;
        if (!found) return null;
        const after = ticketOf(found);
        await steps.record(after);
        return after;
      } catch (error) {
        if (isDuplicateKey(error)) throw new AppError('host.busy');
        throw error;
      }
    },

    /** All that hold a place in this drop-in, by number. */
    board: async (dropInId: string): Promise<Ticket[]> =>
      // so few are sorted here for less than by the database, which would have to open each of them for it
      (await find({ dropInId, active: true }, BOARD)).sort((a, b) => a.number - b.number),
    activeOf: async (dropInId: string, ownerId: string): Promise<Ticket | null> =>
      (await find({ dropInId, ownerId: objectId(ownerId), active: true }, 1, { joinedAt: -1 }))[0] ?? null,
    /** Her places, newest first. */
    ofOwner: (ownerId: string, limit: number): Promise<Ticket[]> =>
      find({ ownerId: objectId(ownerId) }, limit, { joinedAt: -1 }),
    /** The newest talks of these office hours that are over. */
    doneOf: (officeHoursId: string, limit: number): Promise<Ticket[]> =>
      find({ officeHoursId: objectId(officeHoursId), state: 'done' }, limit, { endedAt: -1 }),
    doneBy: async (officeHoursId: string, ownerId: string): Promise<Ticket | null> => {
      const filter = {
        ownerId: objectId(ownerId),
        officeHoursId: objectId(officeHoursId),
        state: 'done' as TicketState,
      };
      return (await find(filter, 1, { joinedAt: -1 }))[0] ?? null;
    },
    askedIn: (officeHoursId: string, limit: number): Promise<Ticket[]> =>
      find({ officeHoursId: objectId(officeHoursId), state: 'asked' }, limit, { endedAt: -1 }),
    /** Drop-ins in which somebody waits or is served; at most 200 at a time. */
    async liveDropIns(): Promise<string[]> {
      const query = () => tickets.collection.distinct('dropInId', { active: true, state: { $ne: 'asked' } });
      return ((await retryIdempotent(query)) as string[]).slice(0, 200);
    },
    ofTalk: (talkId: string, limit: number): Promise<Ticket[]> =>
      find({ talkId: objectId(talkId) }, limit, { number: 1 }),
    /** The talk is gone: no place leads there any more. */
    forgetTalk: (talkId: string): Promise<unknown> =>
      retryIdempotent(() => tickets.collection.updateMany({ talkId: objectId(talkId) }, { $set: { talkId: null } })),
    /** Of one state, their deadline passed. */
    due: (state: TicketState, now: Date, limit: number): Promise<Ticket[]> =>
      find({ state, dueAt: { $lte: now } }, limit, { dueAt: 1 }),
    inState: (state: TicketState, limit: number): Promise<Ticket[]> => find({ state }, limit, { dueAt: 1 }),
    heldBy: async (hostId: string): Promise<Ticket | null> =>
      (await find({ heldBy: objectId(hostId) }, 1, { heldBy: 1 }))[0] ?? null,

    /** Those she calls, talks with or asked into a group. */
    hostedBy: (userId: string): Promise<Ticket[]> => {
      const hers = [{ hostId: objectId(userId) }, { 'invite.by': objectId(userId) }];
      return find({ active: true, $or: hers }, BOARD, { dropInId: 1 });
    },
    /** Those whose mentor proposed her as the next one. */
    offeredTo: (userId: string): Promise<Ticket[]> =>
      find({ active: true, handOver: objectId(userId) }, BOARD, { dropInId: 1 }),

    /** Places that count against what the drop-in can take, up to this number. */
    count: (dropInId: string, upTo: number): Promise<number> =>
      retryIdempotent(() =>
        tickets.collection.countDocuments({
          dropInId,
          number: { $lte: upTo },
          state: { $nin: ['left', 'expired', 'asked'] },
        }),
      ),
    async toldSoon(id: string): Promise<boolean> {
      const run = () =>
        tickets.collection.updateOne({ _id: objectId(id), toldSoon: { $ne: true } }, { $set: { toldSoon: true } });
      return (await retryIdempotent(run)).modifiedCount > 0;
    },
    /** Those that are over and not in the figures yet, oldest first. */
    uncounted: (limit: number): Promise<Ticket[]> => find({ toCount: true }, limit, { endedAt: 1 }),
    counted: (id: string): Promise<unknown> =>
      retryIdempotent(() => tickets.collection.updateOne({ _id: objectId(id) }, { $unset: { toCount: '' } }, DURABLE)),
    ...steps,
  };
}
