// Her place, in step with the hub: the newest view wins, whether a page, an answer or a packet brought it. One per page.
import type { Connection } from '#lib/realtime/connection.svelte.ts';
import type { OwnerAct, TicketView } from '#shared/tickets.ts';
import { createLine, type LineState } from './line.svelte.ts';

export interface TicketLive extends LineState {
  readonly ticket: TicketView;
  /** The server rendered it anew. */
  refresh(ticket: TicketView): void;
  /** Over the open line; false when there is none: then the form goes its own way. */
  act(action: OwnerAct): boolean;
  answerInvite(yes: boolean): boolean;
  /** Begins in the browser; the returned function ends it. */
  start(): () => void;
}

/** `again`: asks the server for the page anew, such as for a place that is over. */
export function createTicketLive(initial: TicketView, again: () => Promise<void>): TicketLive {
  let ticket = $state.raw(initial);

  function take(next: TicketView): void {
    if (next.id === ticket.id && next.version >= ticket.version) ticket = next;
  }
  async function ask(link: Connection): Promise<void> {
    const answer = await link.ask('ticket:mine', {});
    if (!answer?.ok) return;
    const found = answer.data.find(({ id }) => id === ticket.id);
    if (found) take(found);
    else await again();
  }
  const line = createLine(ask);

  return {
    get ticket() {
      return ticket;
    },
    get link() {
      return line.link;
    },
    get error() {
      return line.error;
    },
    get busy() {
      return line.busy;
    },
    refresh: (next) => (next.id === ticket.id ? take(next) : (ticket = next)),
    act: (action) => line.send((link) => link.ask('ticket:act', { ticketId: ticket.id, action })),
    answerInvite: (yes) => line.send((link) => link.ask('ticket:invited', { ticketId: ticket.id, yes })),
    start: () => line.start((link) => [link.on('ticket:changed', take)]),
  };
}
