// Those who wait in a drop-in, shared by all calls of a moment in this process, so that hosts who call at once do not each read the queue. Part of the tickets service.
import type { TicketsServiceParts } from './tickets.parts.ts';
import type { Ticket } from './tickets.entities.ts';

/** So long the line may be old about what another process did; this one's steps count at once. */
const FRESH_MS = 100;

interface Lineup {
  /** Those who wait and whom nobody in this process is calling. */
  waiting(): Ticket[];
  /** Nobody else gets her for the moment; the answer ends that, and she is no more in this line. */
  claim(ticketId: string): () => void;
  /** It came to nothing. */
  unclaim(ticketId: string): void;
}
export type Lineups = ReturnType<typeof createLineups>;

export function createLineups({ tickets, bus, clock }: Pick<TicketsServiceParts, 'tickets' | 'bus' | 'clock'>) {
  const lines = new Map<string, { line: Promise<Ticket[]>; gone: Set<string>; at: number }>();
  const claimed = new Set<string>();
  // whoever comes into the line: it is read again; whoever went fails at her rev and is passed over
  bus.on('ticket.moved', ({ ticket }) => {
    if (ticket.state === 'waiting') lines.delete(ticket.dropInId);
    else lines.get(ticket.dropInId)?.gone.add(ticket.id);
  });

  return {
    async of(dropInId: string): Promise<Lineup> {
      const now = clock.now().getTime();
      let kept = lines.get(dropInId);
      if (!kept || Math.abs(now - kept.at) > FRESH_MS) {
        kept = { line: tickets.board(dropInId), gone: new Set(), at: now };
        lines.set(dropInId, kept);
        kept.line.catch(() => lines.delete(dropInId));
        for (const [id, { at }] of lines) if (Math.abs(now - at) > 60_000) lines.delete(id);
      }
      const { line, gone } = kept;
      const all = await line;
      return {
        waiting: () => all.filter(({ id, state }) => state === 'waiting' && !gone.has(id) && !claimed.has(id)),
        claim(ticketId) {
          claimed.add(ticketId);
          return () => {
            gone.add(ticketId);
            claimed.delete(ticketId);
          };
        },
        unclaim: (ticketId) => void claimed.delete(ticketId),
      };
    },
  };
}
