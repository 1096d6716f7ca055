// Who holds a place in a drop-in, kept in this process between its steps: hosts who call at once, and what is shown after each step, do not each read the whole queue. Part of the tickets service.
import { isActive } from '../office-hours/office-hours.machine.ts';
import type { TicketsServiceParts } from './tickets.parts.ts';
import type { Ticket } from './tickets.entities.ts';

/** So long the line may be old about what another process did and could not tell; this one's steps count at once. */
const FRESH_MS = 5_000;
const KEPT_MS = 60_000;

interface Line {
  read: Promise<Map<string, Ticket>>;
  at: number;
}
interface Lineup {
  /** Those who wait and whom nobody in this process is calling. */
  waiting(): Ticket[];
  /** Nobody else gets her for the moment; the answer ends that. */
  claim(ticketId: string): () => void;
  /** Somebody in this process is calling one of them: resolves when that is decided. Null: nobody is. */
  deciding(): Promise<unknown> | null;
}
export type Lineups = ReturnType<typeof createLineups>;

export function createLineups({ tickets, bus, clock }: Pick<TicketsServiceParts, 'tickets' | 'bus' | 'clock'>) {
  const lines = new Map<string, Line>();
  const claimed = new Map<string, Promise<unknown>>();

  bus.on('ticket.moved', ({ ticket }) => {
    const line = lines.get(ticket.dropInId);
    // a line that is being read may be older or newer than this step: the rev decides
    void line?.read.then(
      (places) => {
        if ((places.get(ticket.id)?.rev ?? 0) >= ticket.rev) return;
        if (isActive(ticket.state)) places.set(ticket.id, ticket);
        else places.delete(ticket.id);
      },
      () => undefined,
    );
  });

  async function read(dropInId: string): Promise<Map<string, Ticket>> {
    return new Map((await tickets.board(dropInId)).map((ticket) => [ticket.id, ticket]));
  }
  function lineOf(dropInId: string): Line {
    const now = clock.now().getTime();
    const kept = lines.get(dropInId);
    if (kept && Math.abs(now - kept.at) <= FRESH_MS) return kept;
    const line = { read: read(dropInId), at: now };
    lines.set(dropInId, line);
    line.read.catch(() => lines.delete(dropInId));
    for (const [id, { at }] of lines) if (Math.abs(now - at) > KEPT_MS) lines.delete(id);
    return line;
  }

  return {
    /** All that hold a place, by number. */
    async places(dropInId: string): Promise<Ticket[]> {
      return [...(await lineOf(dropInId).read).values()].sort((a, b) => a.number - b.number);
    },
    async of(dropInId: string): Promise<Lineup> {
      const places = await lineOf(dropInId).read;
      return {
        waiting: () => [...places.values()].filter(({ id, state }) => state === 'waiting' && !claimed.has(id)),
        claim(ticketId) {
          const { promise, resolve } = Promise.withResolvers<null>();
          claimed.set(ticketId, promise);
          return () => {
            claimed.delete(ticketId);
            resolve(null);
          };
        },
        deciding() {
          const open = [...places.keys()].flatMap((id) => claimed.get(id) ?? []);
          return open.length > 0 ? Promise.race(open) : null;
        },
      };
    },
    /** Another process moved somebody, or may have: it is read again. */
    forget: (dropInId: string): void => void lines.delete(dropInId),
  };
}
