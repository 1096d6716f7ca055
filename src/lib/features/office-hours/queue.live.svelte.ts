// A queue as others or its hosts see it, in step with the hub; hosts' commands. One per page.
import type { Connection } from '#lib/realtime/connection.svelte.ts';
import type { HostAct, HostQueueView, PublicQueueView, QueueWatchView } from '#shared/tickets.ts';
import { createLine, type LineState } from './line.svelte.ts';

export interface QueueLive extends LineState {
  readonly everyone: PublicQueueView;
  readonly host: HostQueueView | null;
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
  const line = createLine(watch);

  return {
    get everyone() {
      return everyone;
    },
    get host() {
      return host;
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
    refresh: take,
    callNext: () => line.send((link) => link.ask('queue:call-next', { dropInId })),
    act: (ticketId, action) => line.send((link) => link.ask('queue:act', { ticketId, action })),
    offer: (ticketId, to) => line.send((link) => link.ask('queue:offer', { ticketId, to })),
    invite: (ticketIds) => line.send((link) => link.ask('queue:invite', { dropInId, ticketIds })),
    start: () => line.start((link) => [link.on('queue:public', takeEveryone), link.on('queue:hosts', takeHost)]),
  };
}
