// Places in the queues of drop-ins: composes its verbs, and the views of three audiences. The hub makes one, doors call it with (actor, input).
import { byDropInSchema } from '#shared/office-hours.ts';
import {
  byTicketSchema,
  hostActSchema,
  ownerActSchema,
  type HostQueueView,
  type PublicQueueView,
  type QueueWatchView,
  type TicketEventView,
  type TicketView,
} from '#shared/tickets.ts';
import type { CommunityLanguage } from '#shared/text/languages.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { createMemory } from '../kernel/memory.ts';
import { parse } from '../kernel/parse.ts';
import { createBoards, type Board } from './tickets.board.ts';
import { createHostVerbs } from './tickets.hosts.ts';
import { createLineups } from './tickets.lineup.ts';
import { createLook } from './tickets.look.ts';
import { createMoves } from './tickets.moves.ts';
import { createOwnerVerbs } from './tickets.owner.ts';
import type { Ticket } from './tickets.entities.ts';
import { createOut } from './tickets.out.ts';
import { OWN, type TicketsServiceParts } from './tickets.parts.ts';
import { canServe } from './tickets.policy.ts';
import { createSweep } from './tickets.sweep.ts';
import { createTelling } from './tickets.telling.ts';
import { hostView, publicView, ticketView } from './tickets.views.ts';

export interface Owned {
  userId: string;
  ticketId: string;
  view(): TicketView;
}
/** One moment of a queue for all who watch it. */
export interface QueueSnapshot {
  everyone(reads: readonly CommunityLanguage[]): PublicQueueView;
  hosts(): HostQueueView;
  /** Whether she may see what hosts see. */
  serves(actor: Actor): boolean;
  /** Each active place with its owner, for her alone; the view is made when it is asked for. */
  owners(): Owned[];
  /** The same of places that were there before and are over. */
  over(ticketIds: readonly string[]): Promise<Owned[]>;
}

/** Those who open a page at the same moment share one board; the next step publishes a newer one. */
const SHARED_MS = 150;
const EVENTS = 200;
const SWEEP_MS = 5_000;

export type TicketsService = ReturnType<typeof createTicketsService>;

/** Languages whose counts she may see: those she reads, or that of her pages. */
export const readsOf = ({ reads, locale }: Pick<Actor, 'reads' | 'locale'>): CommunityLanguage[] =>
  reads && reads.length > 0 ? [...reads] : [locale];

export function createTicketsService(parts: TicketsServiceParts) {
  const { tickets, clock, openTalk } = parts;
  const moves = createMoves(parts);
  const lineups = createLineups(parts);
  const boards = createBoards(parts, lineups);
  const shared = createMemory<Board>({ clock, ms: SHARED_MS, most: 200 });
  const sharedBoard = (dropInId: string) => shared.get(dropInId, () => boards.load(dropInId));
  parts.bus.on('ticket.moved', ({ ticket }) => shared.forget(ticket.dropInId));

  const telling = createTelling(parts);
  parts.bus.on('ticket.moved', ({ ticket }) => telling.moved(ticket));
  const sweep = createSweep(parts, moves, boards, telling);
  const owner = createOwnerVerbs(parts, moves);
  const host = createHostVerbs(parts, moves, lineups);

  return {
    ...owner,
    ...host,
    ...createLook(parts),
    ...createOut(parts, moves, lineups),
    ownerAct: (actor: Actor, input: unknown) => owner[parse(ownerActSchema, input).action](actor, input),
    hostAct: (actor: Actor, input: unknown) => host[parse(hostActSchema, input).action](actor, input),

    /** What a page of this drop-in begins with: the same queue for everyone, and what is hers. */
    async watch(actor: Actor, input: unknown): Promise<QueueWatchView> {
      const { dropInId } = parse(byDropInSchema, input);
      const board = await sharedBoard(dropInId);
      const own = board.tickets.find(({ ownerId }) => ownerId === actor.id);
      return {
        everyone: publicView(board, readsOf(actor)),
        mine: own ? ticketView(board, own) : null,
        host: canServe(actor, board.dropIn).ok ? hostView(board) : null,
      };
    },
    /** For the realtime layer: who holds a place there. */
    ownersIn: async (dropInId: string): Promise<string[]> =>
      (await lineups.places(dropInId)).map(({ ownerId }) => ownerId),
    /** For the realtime layer. Raises 'not-found'. */
    async snapshot(dropInId: string): Promise<QueueSnapshot> {
      const board = await boards.kept(dropInId);
      const own = (ticket: Ticket): Owned => ({
        ...{ userId: ticket.ownerId, ticketId: ticket.id },
        view: () => ticketView(board, ticket),
      });
      return {
        everyone: (reads) => publicView(board, reads),
        hosts: () => hostView(board),
        serves: (actor) => canServe(actor, board.dropIn).ok,
        owners: () => board.tickets.map(own),
        over: async (ticketIds) => {
          const ended = await Promise.all(ticketIds.map((id) => tickets.byId(id)));
          return ended.flatMap((ticket) => (ticket ? [own(ticket)] : []));
        },
      };
    },
    /** Another process moved somebody there, or may have: the next snapshot looks. */
    movedElsewhere: lineups.forget,
    /** Her own place, also when it is over. */
    async ticket(actor: Actor, input: unknown): Promise<TicketView> {
      const { ticketId } = parse(byTicketSchema, input);
      const ticket = await tickets.byId(ticketId);
      if (ticket?.ownerId !== actor.id) throw new AppError('not-found');
      const board = await boards.load(ticket.dropInId);
      // as the board has it: position and step belong together
      return ticketView(board, board.tickets.find(({ id }) => id === ticketId) ?? ticket);
    },
    /** Her places that are not over, newest first. */
    async mine(actor: Actor): Promise<TicketView[]> {
      const own = (await tickets.ofOwner(actor.id, 20)).filter(({ endedAt }) => endedAt === null);
      return Promise.all(own.map(async (ticket) => ticketView(await sharedBoard(ticket.dropInId), ticket)));
    },
    /** What happened to a place: for her and for the hosts of the drop-in. */
    async events(actor: Actor, input: unknown): Promise<TicketEventView[]> {
      const { ticketId } = parse(byTicketSchema, input);
      const ticket = await tickets.byId(ticketId);
      const dropIn = ticket && (await parts.dropIns.byId(ticket.dropInId));
      const may = ticket && (ticket.ownerId === actor.id || (dropIn && canServe(actor, dropIn).ok));
      if (!may) throw new AppError('not-found');
      await tickets.record(ticket);
      return (await tickets.events(ticketId, EVENTS)).map(({ at, action, from, to, role }) => ({
        ...{ at: at.toISOString(), action, from, to, by: role },
      }));
    },
    /**
     * What is between these two in any queue ends, whoever holds the place, and neither is told why: a talk is over, a
     * call or an offer goes back to the queue. May run twice.
     */
    async part(one: string, other: string): Promise<void> {
      for (const [ownerId, hostId] of [
        [one, other],
        [other, one],
      ]) {
        for (const ticket of ownerId ? await tickets.ofOwner(ownerId, OWN) : []) {
          const { state, handOver, invite, heldBy } = ticket;
          const system = { role: 'system', by: null } as const;
          if (ticket.hostId === hostId && state === 'talking') await moves.move(ticket, { ...system, action: 'end' });
          else if (ticket.hostId === hostId && (state === 'called' || state === 'handed-over')) {
            await moves.move(ticket, { ...system, action: 'release' });
          } else if (state === 'talking' && handOver === hostId) {
            await moves.move(ticket, { role: 'owner', action: 'refuse', by: null }, { heldBy, handOver: null });
          } else if (state === 'waiting' && invite?.by === hostId) {
            await moves.move(ticket, { role: 'owner', action: 'decline-group', by: null }, { invite: null });
          }
        }
      }
    },

    jobs: [{ name: 'tickets.sweep', everyMs: SWEEP_MS, run: sweep }],
    /** Resolves when everybody whose place moved in this process was told. */
    told: telling.done,
    /** Keeps deadlines; any number of processes may do so at once. */
    sweep,
    /** At start: talks whose making a crash cut off. */
    async recover(): Promise<void> {
      for (const ticket of await tickets.inState('talking', 500)) await openTalk(ticket);
    },
  };
}
