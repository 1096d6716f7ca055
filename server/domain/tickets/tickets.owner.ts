// What a woman does with her place: join, ask, pause, come, leave, and answer what hosts ask her. Part of the tickets service.
import { answerInviteSchema, byTicketSchema, joinQueueSchema } from '#shared/tickets.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { newId } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { DropIn } from '../office-hours/drop-ins.repository.ts';
import type { TicketAction } from '../office-hours/office-hours.machine.ts';
import type { Moves } from './tickets.moves.ts';
import { isShutOut, type TicketsServiceParts } from './tickets.parts.ts';
import { canAsk, canJoin } from './tickets.policy.ts';
import type { Ticket, TicketChange } from './tickets.entities.ts';
import { windowOf } from './tickets.times.ts';

/** Questions that nobody answered go after so many days. */
const ASKED_DAYS = 14;
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const GROUP = 50;

export function createOwnerVerbs(parts: TicketsServiceParts, { act, move }: Moves) {
  const { tickets, dropIns, bus, clock, openTalk, apart = () => false } = parts;
  type Change = (ticket: Ticket) => TicketChange | Promise<TicketChange>;
  const mine =
    (actor: Actor, change: Change = () => ({})) =>
    (ticket: Ticket): TicketChange | Promise<TicketChange> => {
      if (ticket.ownerId !== actor.id) throw new AppError('not-found');
      return change(ticket);
    };
  const verb =
    (action: TicketAction, change?: Change) =>
    async (actor: Actor, input: unknown): Promise<{ ticketId: string }> => {
      const { ticketId } = parse(byTicketSchema, input);
      await act(ticketId, { role: 'owner', action, by: actor.id }, mine(actor, change));
      return { ticketId };
    };

  function coolDown({ queue }: DropIn, last: Ticket | null): void {
    if (queue.cooldownMinutes === 0 || !last?.endedAt) return;
    const left = last.endedAt.getTime() + queue.cooldownMinutes * MINUTE - clock.now().getTime();
    if (left > 0) throw new AppError('queue.cool-down', { minutes: Math.ceil(left / MINUTE) });
  }

  async function enter(actor: Actor, raw: unknown, asks: boolean): Promise<{ ticketId: string }> {
    const { dropInId, windows, message = null, ...input } = parse(joinQueueSchema, raw);
    const dropIn = await dropIns.byId(dropInId);
    if (!dropIn) throw new AppError('not-found');
    const already = await tickets.activeOf(dropInId, actor.id);
    if (already) throw new AppError('queue.joined');
    insist((asks ? canAsk : canJoin)(actor, dropIn));
    if (input.topic !== 'other' && !dropIn.topics.includes(input.topic)) {
      throw new AppError('input.invalid', { field: 'topic' });
    }
    const meant = input.how === 'place' ? dropIn.place !== null : dropIn.online;
    if (!meant) throw new AppError('input.invalid', { field: 'how' });
    const spans = asks ? [] : windows.map((window) => windowOf(window, dropIn));
    const inside = spans.filter((span) => span !== null);
    if (inside.length < spans.length) throw new AppError('input.invalid', { field: 'windows' });
    const last = await tickets.doneBy(dropIn.officeHoursId, actor.id);
    if (!asks) coolDown(dropIn, last);
    if (!asks && (await tickets.count(dropInId, Infinity)) >= dropIn.capacity) throw new AppError('queue.full');
    const now = clock.now();
    const number = await dropIns.takeNumber(dropInId, asks ? ['planned', 'missed', 'closed'] : ['open'], now);
    if (number === null) throw new AppError('queue.closed');
    const made = await tickets.insert(
      {
        ...input,
        ...{ id: newId(), dropInId, officeHoursId: dropIn.officeHoursId, ownerId: actor.id, number, message },
        windows: inside,
        state: asks ? 'asked' : 'waiting',
        first: last === null,
        dueAt: asks ? new Date(now.getTime() + ASKED_DAYS * DAY) : null,
      },
      {
        ...{ at: now, role: 'owner', action: asks ? 'ask' : 'join', by: actor.id },
        ...{ from: 'none', to: asks ? 'asked' : 'waiting' },
      },
    );
    // several at once for the last place: the lowest number keeps it
    if (!asks && (await tickets.count(dropInId, number)) > dropIn.capacity) {
      await tickets.remove(made.id);
      throw new AppError('queue.full');
    }
    // decided while she joined: whichever came first, she has no place
    if (await isShutOut(parts, actor.id)) {
      await tickets.remove(made.id);
      throw new AppError('forbidden');
    }
    bus.emit('ticket.moved', { ticket: made });
    return { ticketId: made.id };
  }

  return {
    /** Raises 'queue.closed', 'queue.full', 'queue.joined', 'queue.cool-down' (params: minutes). */
    join: (actor: Actor, input: unknown): Promise<{ ticketId: string }> => enter(actor, input, false),
    /** Leaves a question while nobody is on duty. */
    askLater: (actor: Actor, input: unknown): Promise<{ ticketId: string }> => enter(actor, input, true),
    pause: verb('pause'),
    resume: verb('resume'),
    /** Called, and she is there: the talk begins. */
    coming: verb('coming', ({ heldBy }) => ({ heldBy })),
    back: verb('back'),
    leave: verb('leave'),
    end: verb('end'),
    /** She agrees to the mentor whom hers proposed, and to nobody else. */
    consent: verb('consent', async ({ handOver }) => {
      if (!handOver || (await isShutOut(parts, handOver))) throw new AppError('conflict');
      return { hostId: handOver, dueAt: new Date(clock.now().getTime() + 10 * MINUTE) };
    }),
    refuse: verb('refuse', ({ heldBy }) => ({ heldBy, handOver: null })),

    /** Her answer to "talk together with others about the same topic?"; no costs nothing. */
    async answerInvite(actor: Actor, input: unknown): Promise<{ ticketId: string }> {
      const { ticketId, yes } = parse(answerInviteSchema, input);
      const ticket = await tickets.byId(ticketId);
      if (!ticket || ticket.ownerId !== actor.id) throw new AppError('not-found');
      const by = actor.id;
      if (ticket.state === 'talking' && ticket.grouped && yes) {
        await openTalk(ticket);
        return { ticketId };
      }
      if (!ticket.invite) throw new AppError('conflict');
      const { by: hostId, talkId } = ticket.invite;
      const decline = () =>
        act(
          ticketId,
          { role: 'owner', action: 'decline-group', by },
          mine(actor, () => ({ invite: null })),
        );
      if (!yes) {
        await decline();
        return { ticketId };
      }
      if (await isShutOut(parts, hostId)) throw new AppError('conflict');
      // no talk with whom she is apart from, and she is not told that it is for this that it is too late
      const inside = await tickets.ofTalk(talkId, GROUP);
      if (inside.some(({ id, ownerId }) => id !== ticketId && apart(by, ownerId))) {
        await decline();
        throw new AppError('conflict');
      }
      const change = { hostId, talkId, grouped: true, invite: null, calledAt: clock.now() };
      const joining = { role: 'owner', action: 'join-group', by } as const;
      // the first who says yes takes the host's hands; the others come in beside her
      const held = await tickets.heldBy(hostId);
      if (held && held.talkId !== talkId) throw new AppError('conflict');
      const after = held
        ? await move(ticket, joining, change)
        : await move(ticket, joining, { ...change, heldBy: hostId }).catch((error: unknown) => {
            if (!(error instanceof AppError && error.code === 'host.busy')) throw error;
            return move(ticket, joining, change);
          });
      if (!after) throw new AppError('conflict');
      return { ticketId };
    },
  };
}
