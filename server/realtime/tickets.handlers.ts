// Socket events of queues: looking at one, what hosts do, what a woman does with her place. Realtime only.
import { byDropInSchema } from '#shared/office-hours.ts';
import { parse } from '../domain/kernel/parse.ts';
import { readsOf } from '../domain/tickets/tickets.service.ts';
import { queueChannel, queueHostsChannel, queueOf } from './channels.ts';
import type { Live } from './index.ts';
import type { LiveSocket } from './types.ts';

export function handleTickets({ hub, queues, events }: Live): void {
  const { tickets } = hub;
  const on = events.answering();

  function unwatch(socket: LiveSocket, dropInId: string): void {
    for (const channel of socket.rooms) if (queueOf(channel)?.dropInId === dropInId) void socket.leave(channel);
  }

  on('queue:watch', async (actor, input, socket) => {
    const { dropInId } = parse(byDropInSchema, input);
    unwatch(socket, dropInId);
    // first subscribe, then read: the client keeps the higher version
    void socket.join(queueChannel(dropInId, readsOf(actor)));
    try {
      const view = await tickets.watch(actor, input);
      if (view.host && socket.connected) {
        void socket.join(queueHostsChannel(dropInId));
        queues.entered(dropInId, queueHostsChannel(dropInId));
      }
      return view;
    } catch (error) {
      unwatch(socket, dropInId);
      throw error;
    }
  });
  on('queue:unwatch', async (_actor, input, socket) => {
    unwatch(socket, parse(byDropInSchema, input).dropInId);
    return null;
  });
  on('queue:call-next', (actor, input) => tickets.callNext(actor, input));
  on('queue:act', (actor, input) => tickets.hostAct(actor, input));
  on('queue:offer', (actor, input) => tickets.offer(actor, input));
  on('queue:invite', (actor, input) => tickets.invite(actor, input));
  on('ticket:act', (actor, input) => tickets.ownerAct(actor, input));
  on('ticket:invited', (actor, input) => tickets.answerInvite(actor, input));
  on('ticket:mine', (actor) => tickets.mine(actor));
}
