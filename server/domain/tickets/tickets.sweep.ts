// What time does to tickets: calls that were not answered, hosts who vanished, drop-ins that closed. May run twice and in several processes. Part of the tickets service.
import { isAppError } from '#shared/errors.ts';
import { isOver } from '#shared/office-hours.states.ts';
import type { DropIn } from '../office-hours/drop-ins.repository.ts';
import type { TicketAction } from '../office-hours/office-hours.machine.ts';
import type { Boards } from './tickets.board.ts';
import type { Moves } from './tickets.moves.ts';
import { isSoon } from './tickets.order.ts';
import type { TicketsServiceParts } from './tickets.parts.ts';
import { soonOf, type Telling } from './tickets.telling.ts';
import type { Ticket } from './tickets.entities.ts';

const BATCH = 200;
const MINUTE = 60_000;
/** A talk that nobody ended ends by itself. */
const TALK_HOURS = 12;

export function createSweep(parts: TicketsServiceParts, { move }: Moves, boards: Boards, telling: Telling) {
  const { tickets, dropIns, notify, clock, log } = parts;

  async function system(ticket: Ticket, action: TicketAction): Promise<void> {
    try {
      await move(ticket, { role: 'system', action, by: null });
    } catch (error) {
      if (!isAppError(error)) throw error; // somebody was first; the next round looks again
      log.warn({ code: error.code, action }, 'deadline of a ticket not kept');
    }
  }

  function hostIsGone(hostId: string | null, { duty, queue }: DropIn, now: Date): boolean {
    const host = duty.find(({ userId }) => userId === hostId);
    return !host || host.seenAt.getTime() < now.getTime() - queue.graceMinutes * MINUTE;
  }

  /** Deadlines, each with its own condition in the step: what somebody did meanwhile holds. */
  async function deadlines(now: Date): Promise<void> {
    for (const ticket of await tickets.due('called', now, BATCH)) {
      const dropIn = await dropIns.byId(ticket.dropInId);
      // a host who is not there herself cannot say that somebody else did not come
      const release = !dropIn || hostIsGone(ticket.hostId, dropIn, now);
      await system(ticket, release ? 'release' : 'time-out');
    }
    for (const ticket of await tickets.due('handed-over', now, BATCH)) await system(ticket, 'release');
    for (const ticket of await tickets.due('asked', now, BATCH)) await system(ticket, 'expire');
  }

  async function oneDropIn(dropInId: string, now: Date): Promise<void> {
    const { dropIn, tickets: all, ordered, before } = await boards.line(dropInId);
    for (const ticket of all) {
      const { state } = ticket;
      // what a crash between the step and the telling swallowed
      await telling.again(ticket);
      if (state === 'asked') continue;
      if (state === 'talking') {
        const since = ticket.last.at.getTime();
        if (now.getTime() - since > TALK_HOURS * 60 * MINUTE) await system(ticket, 'end');
      } else if (isOver(dropIn)) await system(ticket, 'expire');
      else if (state === 'called' && hostIsGone(ticket.hostId, dropIn, now)) await system(ticket, 'release');
    }
    if (isOver(dropIn)) return;
    for (const ticket of ordered.filter(({ toldSoon }) => !toldSoon)) {
      if (!isSoon(ticket, before.get(ticket.id), dropIn.duty, now)) continue;
      // whoever came a moment ago to a short queue has just read it on her screen
      const reads = now.getTime() - ticket.joinedAt.getTime() <= MINUTE;
      // told before it is marked, by a key: whatever comes between, she is told once
      if (!reads) await notify([ticket.ownerId], soonOf(ticket, now));
      await tickets.toldSoon(ticket.id);
    }
  }

  return async (): Promise<void> => {
    const now = clock.now();
    await deadlines(now);
    for (const dropInId of await tickets.liveDropIns()) {
      try {
        await oneDropIn(dropInId, now);
      } catch (error) {
        if (!isAppError(error)) throw error;
        log.warn({ code: error.code }, 'queue of a drop-in not looked after');
      }
    }
  };
}
