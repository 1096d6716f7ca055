// Her place, in step with the hub: the newest view wins, whether a page, an answer or a packet brought it. One per page.
import type { Connection, LinkState } from '#lib/realtime/connection.svelte.ts';
import type { ErrorView } from '#shared/errors.ts';
import type { OwnerAct, TicketView } from '#shared/tickets.ts';
import { openLink } from './queue-link.svelte.ts';

export interface TicketLive {
  readonly ticket: TicketView;
  readonly link: LinkState;
  readonly error: ErrorView | null;
  readonly busy: boolean;
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
  let connection = $state.raw<Connection | null>(null);
  let error = $state.raw<ErrorView | null>(null);
  let busy = $state(false);

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
  function send(
    command: (link: Connection) => Promise<{ ok: true } | { ok: false; error: ErrorView } | null>,
  ): boolean {
    const link = connection;
    if (link?.state !== 'online') return false;
    if (busy) return true;
    busy = true;
    error = null;
    command(link)
      .then((answer) => {
        if (!answer) error = { code: 'unavailable' };
        else if (!answer.ok) error = answer.error;
        return ask(link);
      })
      .finally(() => (busy = false));
    return true;
  }

  return {
    get ticket() {
      return ticket;
    },
    get link() {
      return connection?.state ?? 'connecting';
    },
    get error() {
      return error;
    },
    get busy() {
      return busy;
    },
    refresh: (next) => (next.id === ticket.id ? take(next) : (ticket = next)),
    act: (action) => send((link) => link.ask('ticket:act', { ticketId: ticket.id, action })),
    answerInvite: (yes) => send((link) => link.ask('ticket:invited', { ticketId: ticket.id, yes })),
    start() {
      const link = openLink();
      connection = link;
      const ends = [link.on('ticket:changed', take), link.onConnect(() => void ask(link))];
      return () => {
        for (const end of ends) end();
        link.close();
        connection = null;
      };
    },
  };
}
