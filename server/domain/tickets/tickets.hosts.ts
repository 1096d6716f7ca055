// What hosts do with the queue: call, begin, not found, end, hand over, invite a group. Part of the tickets service.
import { isAppError } from '#shared/errors.ts';
import { byDropInSchema } from '#shared/office-hours.ts';
import { byTicketSchema, handOverSchema, inviteGroupSchema } from '#shared/tickets.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { newId } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { DropIn } from '../office-hours/drop-ins.repository.ts';
import type { TicketAction } from '../office-hours/office-hours.machine.ts';
import type { Lineups } from './tickets.lineup.ts';
import type { Moves } from './tickets.moves.ts';
import { servable, sharesLanguage, windowOpen } from './tickets.order.ts';
import { isShutOut, type TicketsServiceParts } from './tickets.parts.ts';
import { canCall, canServe } from './tickets.policy.ts';
import type { Ticket, TicketChange } from './tickets.entities.ts';

const MINUTE = 60_000;

export function createHostVerbs(parts: TicketsServiceParts, moves: Moves, lineups: Lineups) {
  const { tickets, dropIns, clock, apart = () => false } = parts;
  const { act, move } = moves;
  /** Hers to serve; a place of somebody from whom she is apart, or who is shut out, is not there. */
  async function insistOffered(actor: Actor, { ownerId }: Ticket): Promise<void> {
    if (apart(actor.id, ownerId) || (await isShutOut(parts, ownerId))) throw new AppError('not-found');
  }

  async function dropInOf(id: string): Promise<DropIn> {
    const dropIn = await dropIns.byId(id);
    if (!dropIn) throw new AppError('not-found');
    return dropIn;
  }
  const languagesOf = (actor: Actor, dropIn: DropIn): string[] =>
    dropIn.duty.find(({ userId }) => userId === actor.id)?.languages ?? [];

  const calling = (actor: Actor, { talkId }: Ticket, dropIn: DropIn): TicketChange => {
    const now = clock.now();
    return {
      ...{ hostId: actor.id, heldBy: actor.id, calledAt: now, talkId: talkId ?? newId(), invite: null, handOver: null },
      dueAt: new Date(now.getTime() + dropIn.queue.comeMinutes * MINUTE),
    };
  };

  /** Something with a ticket that is hers. */
  const withMine =
    (action: TicketAction, change: (ticket: Ticket) => TicketChange = () => ({})) =>
    async (actor: Actor, input: unknown): Promise<{ ticketId: string }> => {
      const { ticketId } = parse(byTicketSchema, input);
      await act(ticketId, { role: 'host', action, by: actor.id }, (ticket) => {
        if (ticket.hostId !== actor.id) throw new AppError('not-found');
        return change(ticket);
      });
      return { ticketId };
    };

  return {
    /**
     * The next whom she can serve, by the rule of the order; two hosts never get the same one. Raises 'queue.empty',
     * 'host.busy', 'host.off-duty'. Asked again while she calls: the one she calls.
     */
    async callNext(actor: Actor, input: unknown): Promise<{ ticketId: string }> {
      const { dropInId } = parse(byDropInSchema, input);
      const dropIn = await dropInOf(dropInId);
      insist(canCall(actor, dropIn));
      // whoever has her hands full finds it out at the database; only then it is asked who it is
      const inHand = async (otherwise: unknown): Promise<{ ticketId: string }> => {
        const held = await tickets.heldBy(actor.id);
        if (held?.state === 'called' && held.dropInId === dropInId) return { ticketId: held.id };
        throw held ? new AppError('host.busy') : otherwise;
      };
      const passedOver = new Set<string>();
      for (let lookedAgain = false; ;) {
        const lineup = await lineups.of(dropInId);
        const offered = lineup.waiting().filter(({ id, ownerId }) => !passedOver.has(id) && !apart(actor.id, ownerId));
        const [next] = servable(offered, languagesOf(actor, dropIn), clock.now(), dropIn.queue);
        if (!next) {
          const deciding = lineup.deciding();
          if (deciding) {
            await deciding; // it may come to nothing
            continue;
          }
          if (lookedAgain) return inHand(new AppError('queue.empty'));
          // she may have come through another process
          lookedAgain = true;
          lineups.forget(dropInId);
          continue;
        }
        // nobody else in this process tries the same one; another process loses at the database
        const letGo = lineup.claim(next.id);
        try {
          if (await isShutOut(parts, next.ownerId)) {
            passedOver.add(next.id); // her place is about to end
            continue;
          }
          const called = await move(next, { role: 'host', action: 'call', by: actor.id }, calling(actor, next, dropIn));
          if (called) return { ticketId: called.id };
          lineups.forget(dropInId);
        } catch (error) {
          if (isAppError(error) && error.code === 'host.busy') return await inHand(error);
          throw error;
        } finally {
          letGo();
        }
      }
    },

    /** A certain one, also one who was not found. */
    async call(actor: Actor, input: unknown): Promise<{ ticketId: string }> {
      const { ticketId } = parse(byTicketSchema, input);
      await act(ticketId, { role: 'host', action: 'call', by: actor.id }, async (ticket) => {
        await insistOffered(actor, ticket);
        const dropIn = await dropInOf(ticket.dropInId);
        insist(canCall(actor, dropIn));
        const may = sharesLanguage(ticket.languages, languagesOf(actor, dropIn)) && windowOpen(ticket, clock.now());
        if (!may) throw new AppError('conflict');
        return calling(actor, ticket, dropIn);
      });
      return { ticketId };
    },

    /** Begins without waiting for her answer, such as at the place. */
    start: withMine('start', ({ heldBy }) => ({ heldBy })),
    notFound: withMine('not-found'),
    putBack: withMine('put-back'),

    /** Of a group: the talk ends for all of them. */
    async end(actor: Actor, input: unknown): Promise<{ ticketId: string }> {
      const ended = await withMine('end')(actor, input);
      const ticket = await tickets.byId(ended.ticketId);
      if (!ticket?.grouped || !ticket.talkId) return ended;
      for (const other of await tickets.ofTalk(ticket.talkId, 50)) {
        if (other.state !== 'talking' || other.hostId !== actor.id) continue;
        await act(other.id, { role: 'host', action: 'end', by: actor.id }, () => ({}));
      }
      return ended;
    },

    /** Proposes another host of this drop-in; nothing happens before she agrees. */
    async offer(actor: Actor, input: unknown): Promise<{ ticketId: string }> {
      const { ticketId, to } = parse(handOverSchema, input);
      await act(ticketId, { role: 'host', action: 'offer', by: actor.id }, async (ticket) => {
        if (ticket.hostId !== actor.id) throw new AppError('not-found');
        const dropIn = await dropInOf(ticket.dropInId);
        if (to === actor.id || !dropIn.hostIds.includes(to) || ticket.grouped || apart(to, ticket.ownerId)) {
          throw new AppError('input.invalid', { field: 'to' });
        }
        if (await isShutOut(parts, to)) throw new AppError('input.invalid', { field: 'to' });
        return { heldBy: ticket.heldBy, handOver: to };
      });
      return { ticketId };
    },
    take: withMine('take', ({ hostId }) => ({ heldBy: hostId, handOver: null })),
    decline: withMine('decline'),

    /** A question that was left: the talk begins, she reads it when she comes. */
    async answer(actor: Actor, input: unknown): Promise<{ ticketId: string }> {
      const { ticketId } = parse(byTicketSchema, input);
      await act(ticketId, { role: 'host', action: 'answer', by: actor.id }, async (ticket) => {
        await insistOffered(actor, ticket);
        insist(canServe(actor, await dropInOf(ticket.dropInId)));
        return { hostId: actor.id, heldBy: actor.id, talkId: ticket.talkId ?? newId() };
      });
      return { ticketId };
    },

    /** Asks those who wait with the same topic whether they want to talk together. Raises 'host.busy' while she calls or talks. */
    async invite(actor: Actor, input: unknown): Promise<{ invited: number }> {
      const { dropInId, ticketIds } = parse(inviteGroupSchema, input);
      const dropIn = await dropInOf(dropInId);
      insist(canCall(actor, dropIn));
      if (await tickets.heldBy(actor.id)) throw new AppError('host.busy');
      const board = await tickets.board(dropInId);
      const chosen = board.filter(({ id, ownerId }) => ticketIds.includes(id) && !apart(actor.id, ownerId));
      const languages = languagesOf(actor, dropIn);
      const fits = chosen.every((one) => one.topic === chosen[0]?.topic && sharesLanguage(one.languages, languages));
      if (chosen.length === 0 || !fits) throw new AppError('input.invalid', { field: 'ticketIds' });
      const invite = { by: actor.id, talkId: newId() };
      let invited = 0;
      for (const ticket of chosen) {
        if (ticket.state !== 'waiting') continue;
        if (await move(ticket, { role: 'host', action: 'invite', by: actor.id }, { invite })) invited += 1;
      }
      if (invited === 0) throw new AppError('conflict');
      return { invited };
    },
  };
}
