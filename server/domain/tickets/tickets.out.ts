// Whoever is shut out, or deletes her account, holds no place and nobody's. Part of the tickets service; the hub calls it.
import { isAppError } from '#shared/errors.ts';
import { isOver } from '#shared/office-hours.states.ts';
import { isActive, type TicketAction, type TicketRole } from '../office-hours/office-hours.machine.ts';
import type { Lineups } from './tickets.lineup.ts';
import type { Moves } from './tickets.moves.ts';
import { OWN, type TicketsServiceParts } from './tickets.parts.ts';
import type { Ticket, TicketChange } from './tickets.entities.ts';

/** So often it is tried to move what others move at the same moment. */
const TRIES = 8;

export function createOut({ tickets, dropIns }: TicketsServiceParts, { move }: Moves, lineups: Lineups) {
  /** One step, whatever others do meanwhile; where it is not possible any more there is nothing to do. */
  async function step(
    ticket: Ticket,
    role: TicketRole,
    actionOf: (ticket: Ticket) => TicketAction | null,
    change: TicketChange = {},
  ): Promise<void> {
    let now: Ticket | null = ticket;
    for (let tried = 0; now && tried < TRIES; tried++) {
      const action = actionOf(now);
      if (action === null) return;
      try {
        if (await move(now, { role, action, by: role === 'owner' ? now.ownerId : null }, change)) return;
      } catch (error) {
        if (!isAppError(error) || error.code === 'unavailable') throw error;
      }
      now = await tickets.byId(ticket.id);
    }
  }

  return {
    /**
     * Whom she had called or talks with stands in the queue again, before all others; what she proposed is void; her own
     * places end. May run twice. Raises 'unavailable'.
     */
    async letGo(userId: string): Promise<void> {
      for (const ticket of await tickets.hostedBy(userId)) {
        const dropIn = await dropIns.byId(ticket.dropInId);
        // where nobody comes any more, a talk is over
        const ends = !dropIn || isOver(dropIn);
        const back = ({ state, hostId, invite }: Ticket): TicketAction | null => {
          if (hostId !== userId) return state === 'waiting' && invite?.by === userId ? 'release' : null;
          return state === 'talking' && ends ? 'end' : 'release';
        };
        await step(ticket, 'system', back, ends ? { invite: null } : { grouped: false, invite: null });
      }
      for (const ticket of await tickets.offeredTo(userId)) {
        const { heldBy } = ticket;
        const refuse = ({ state, handOver }: Ticket) =>
          state === 'talking' && handOver === userId ? ('refuse' as const) : null;
        await step(ticket, 'owner', refuse, { heldBy, handOver: null });
      }
      for (const ticket of await tickets.ofOwner(userId, OWN)) {
        const leave = ({ state }: Ticket) => (!isActive(state) ? null : state === 'talking' ? 'end' : 'leave');
        await step(ticket, 'owner', leave);
      }
    },

    /** Everybody who holds a place, calls or talks now; for the hub's look at who is shut out. */
    async inQueues(): Promise<string[]> {
      const boards = await Promise.all((await tickets.liveDropIns()).map(lineups.places));
      return boards.flat().flatMap(({ ownerId, hostId }) => (hostId ? [ownerId, hostId] : [ownerId]));
    },
  };
}
