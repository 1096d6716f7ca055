// Who is behind a number: for moderators, with a reason, written down before it is answered; and for reports. Part of the tickets service.
import { excerptOf } from '#shared/messages.reduce.ts';
import { lookSchema } from '#shared/tickets.ts';
import type { PersonView } from '#shared/accounts.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { TicketsServiceParts } from './tickets.parts.ts';
import { canLook, canServe } from './tickets.policy.ts';

export function createLook({ tickets, dropIns, audit, personViews, clock }: TicketsServiceParts) {
  return {
    /**
     * Whom a report of this place is about: the woman whose it is, for the hosts of its queue, who read its words; the mentor
     * who has it, for her. Raises 'not-found' to everybody else.
     */
    async pointAt(actor: Actor, ticketId: string) {
      const ticket = await tickets.byId(ticketId);
      const nowhere = { roomId: null, messageId: null, picked: [] };
      if (ticket?.hostId && ticket.ownerId === actor.id)
        return { aboutId: ticket.hostId, anonymous: false, excerpt: null, ...nowhere };
      const dropIn = ticket && (await dropIns.byId(ticket.dropInId));
      if (!dropIn || !canServe(actor, dropIn).ok) throw new AppError('not-found');
      const excerpt = [ticket.firstName, ticket.words].filter(Boolean).join(': ');
      return {
        aboutId: ticket.ownerId,
        anonymous: true,
        ...(excerpt === ''
          ? { excerpt: null }
          : { excerpt: excerptOf(excerpt), evidence: { text: excerpt, versions: [] } }),
        ...nowhere,
      };
    },

    /** Raises 'forbidden', 'not-found' for a number that nobody has, 'input.empty' without a reason. */
    async look(actor: Actor, input: unknown): Promise<PersonView> {
      insist(canLook(actor));
      const { dropInId, number, reason } = parse(lookSchema, input);
      const ticket = await tickets.byNumber(dropInId, number);
      if (!ticket) throw new AppError('not-found');
      // never her name: everybody who reads the log would see it
      await audit.record(actor, { action: 'ticket.looked', target: { kind: 'ticket', id: ticket.id }, reason });
      await tickets.recordLook(ticket, actor.id, clock.now());
      const person = (await personViews([ticket.ownerId])).get(ticket.ownerId);
      if (!person) throw new AppError('not-found');
      return person;
    },
  };
}
