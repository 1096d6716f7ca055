// The part of the socket contract that is about queues and their places. realtime.ts puts it together.
import type { Ack } from './realtime.ts';
import type { HostAct, HostQueueView, OwnerAct, PublicQueueView, QueueWatchView, TicketView } from './tickets.ts';

type Done = Ack<{ ticketId: string }>;

export interface TicketCommands {
  /** Subscribes to what she may see of this queue, and answers it. */
  'queue:watch': (input: { dropInId: string }, ack: Ack<QueueWatchView>) => void;
  'queue:unwatch': (input: { dropInId: string }, ack: Ack<null>) => void;
  /** Hosts on duty: the next by the rule. */
  'queue:call-next': (input: { dropInId: string }, ack: Done) => void;
  /** Hosts: something with one place. */
  'queue:act': (input: { ticketId: string; action: HostAct }, ack: Done) => void;
  /** Hosts: asks her whether this mentor may go on. */
  'queue:offer': (input: { ticketId: string; to: string }, ack: Done) => void;
  /** Hosts: asks all of these whether they want to talk together. */
  'queue:invite': (input: { dropInId: string; ticketIds: string[] }, ack: Ack<{ invited: number }>) => void;
  /** The woman herself. */
  'ticket:act': (input: { ticketId: string; action: OwnerAct }, ack: Done) => void;
  'ticket:invited': (input: { ticketId: string; yes: boolean }, ack: Done) => void;
  /** Her places that are not over. */
  'ticket:mine': (input: Record<string, never>, ack: Ack<TicketView[]>) => void;
}

/** Whole views, the higher version wins; at most five a second. */
export interface TicketPackets {
  'queue:public': (view: PublicQueueView) => void;
  'queue:hosts': (view: HostQueueView) => void;
  'ticket:changed': (view: TicketView) => void;
}
