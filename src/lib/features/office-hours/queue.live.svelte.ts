// A queue as others or its hosts see it, in step with the hub; hosts' commands. One per page.
import type { Connection, LinkState } from '#lib/realtime/connection.svelte.ts';
import type { ErrorView } from '#shared/errors.ts';
import type { HostAct, HostQueueView, PublicQueueView, QueueWatchView } from '#shared/tickets.ts';
import { openLink } from './queue-link.svelte.ts';

type Answer = { ok: true } | { ok: false; error: ErrorView } | null;

export interface QueueLive {
  readonly everyone: PublicQueueView;
  readonly host: HostQueueView | null;
  readonly link: LinkState;
  readonly error: ErrorView | null;
  readonly busy: boolean;
  refresh(view: QueueWatchView): void;
  /** These answer false when no line is open: then the form goes its own way. */
  callNext(): boolean;
  act(ticketId: string, action: HostAct): boolean;
  offer(ticketId: string, to: string): boolean;
  invite(ticketIds: string[]): boolean;
  start(): () => void;
}

export function createQueueLive(initial: QueueWatchView): QueueLive {
  let everyone = $state.raw(initial.everyone);
  let host = $state.raw(initial.host);
  let connection = $state.raw<Connection | null>(null);
  let error = $state.raw<ErrorView | null>(null);
  let busy = $state(false);
  const { dropInId } = initial.everyone;

  function takeEveryone(next: PublicQueueView): void {
    if (next.dropInId === dropInId && next.version >= everyone.version) everyone = next;
  }
  function takeHost(next: HostQueueView | null): void {
    if (next?.dropInId === dropInId && next.version >= (host?.version ?? 0)) host = next;
  }
  function take(view: QueueWatchView): void {
    takeEveryone(view.everyone);
    takeHost(view.host);
  }
  async function watch(link: Connection): Promise<void> {
    const answer = await link.ask('queue:watch', { dropInId });
    if (answer?.ok) take(answer.data);
  }
  function send(command: (link: Connection) => Promise<Answer>): boolean {
    const link = connection;
    if (link?.state !== 'online') return false;
    if (busy) return true;
    busy = true;
    error = null;
    command(link)
      .then((answer) => {
        if (!answer) error = { code: 'unavailable' };
        else if (!answer.ok) error = answer.error;
        return watch(link);
      })
      .finally(() => (busy = false));
    return true;
  }

  return {
    get everyone() {
      return everyone;
    },
    get host() {
      return host;
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
    refresh: take,
    callNext: () => send((link) => link.ask('queue:call-next', { dropInId })),
    act: (ticketId, action) => send((link) => link.ask('queue:act', { ticketId, action })),
    offer: (ticketId, to) => send((link) => link.ask('queue:offer', { ticketId, to })),
    invite: (ticketIds) => send((link) => link.ask('queue:invite', { dropInId, ticketIds })),
    start() {
      const link = openLink();
      connection = link;
      const ends = [
        link.on('queue:public', takeEveryone),
        link.on('queue:hosts', takeHost),
        link.onConnect(() => void watch(link)),
      ];
      return () => {
        for (const end of ends) end();
        link.close();
        connection = null;
      };
    },
  };
}
