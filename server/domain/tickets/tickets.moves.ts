// The only way in which a ticket changes: ask the machine, one atomic step, event. Part of the tickets service.
import { AppError } from '../kernel/app-error.ts';
import {
  isActive,
  refusalOf,
  stepOf,
  type TicketAction,
  type TicketRole,
} from '../office-hours/office-hours.machine.ts';
import { KEEP_DAYS, type TicketsServiceParts } from './tickets.parts.ts';
import type { Ticket, TicketChange } from './tickets.entities.ts';

const DAY = 86_400_000;
/** So often a command looks again when somebody else was first. */
const TRIES = 8;

export interface Act {
  role: TicketRole;
  action: TicketAction;
  /** Who acts; null: the hub itself. */
  by: string | null;
}
export type Moves = ReturnType<typeof createMoves>;

export function createMoves({ tickets, bus, clock, openTalk }: TicketsServiceParts) {
  /** One step; null when somebody else was first. Raises what the machine refuses, and 'host.busy'. */
  async function move(ticket: Ticket, { role, action, by }: Act, change: TicketChange = {}): Promise<Ticket | null> {
    const step = stepOf(role, ticket.state, action);
    if (!step) throw new AppError(refusalOf(ticket.state));
    const now = clock.now();
    const active = isActive(step.to);
    const ending: TicketChange = active
      ? { dueAt: null }
      : { dueAt: null, endedAt: now, toCount: true, expireAt: new Date(now.getTime() + KEEP_DAYS * DAY) };
    const first: TicketChange = step.priority ? { priority: true } : {};
    // what she was asked while she waited is void as soon as she does not
    const asked: TicketChange = step.to === 'waiting' ? {} : { invite: null };
    const back = ['waiting', 'paused', 'not-found'].includes(step.to);
    const nobodys: TicketChange = back ? { hostId: null, calledAt: null, talkId: null, handOver: null } : {};
    const rest = { ...nobodys, ...first, ...asked, ...ending, ...change };
    const after = await tickets.step(
      ticket,
      { at: now, action, role, by, from: ticket.state, to: step.to },
      active,
      rest,
    );
    if (!after) return null;
    if (after.state === 'talking') await openTalk(after);
    bus.emit('ticket.moved', { ticket: after });
    return after;
  }

  return {
    move,

    /**
     * Loads the ticket, lets `check` refuse, moves it, and looks again while others are first. A command that comes twice
     * is answered with what it did.
     */
    async act(
      ticketId: string,
      act: Act,
      check: (ticket: Ticket) => Promise<TicketChange> | TicketChange,
    ): Promise<Ticket> {
      for (let tried = 0; tried < TRIES; tried++) {
        const ticket = await tickets.byId(ticketId);
        if (!ticket) throw new AppError('not-found');
        const change = await check(ticket);
        const { last } = ticket;
        const again = last.action === act.action && last.by === act.by && last.to === ticket.state;
        // another offer may be to somebody else
        if (again && act.action !== 'offer') {
          if (ticket.state === 'talking') await openTalk(ticket);
          return ticket;
        }
        const after = await move(ticket, act, change);
        if (after) return after;
      }
      throw new AppError('conflict');
    },
  };
}
