// What happened to places in queues: sockets, talks, push and figures listen.
import type { Ticket } from './tickets.entities.ts';

export interface TicketEvents {
  /** One step of a ticket; `ticket` as it is after it. */
  'ticket.moved': { ticket: Ticket };
}
