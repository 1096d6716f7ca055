// What a mentor or member leaves behind in queues and office hours when she deletes her account, or is shut out, is put in order. Only hub.queue.ts imports it.
import { isAppError } from '#shared/errors.ts';
import type { Actor } from './domain/kernel/actor.ts';
import type { DropInsRepository } from './domain/office-hours/drop-ins.repository.ts';
import type { OfficeHoursService } from './domain/office-hours/office-hours.service.ts';
import type { TicketsRepository } from './domain/tickets/tickets.repository.ts';
import type { TicketsService } from './domain/tickets/tickets.service.ts';

interface Parts {
  officeHours: Pick<OfficeHoursService, 'mine' | 'leaveHosts' | 'end' | 'checkOut'>;
  dropIns: Pick<DropInsRepository, 'onDuty'>;
  tickets: Pick<TicketsService, 'mine' | 'leave' | 'end' | 'hostAct' | 'ownerAct'>;
  repository: Pick<TicketsRepository, 'heldBy' | 'inState'>;
}
const HANDED_OVER = 500;

/** Somebody else was first, or it is over: then there is nothing to do. */
const unless = async (run: () => Promise<unknown>, otherwise?: () => Promise<unknown>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    if (!isAppError(error) || error.code === 'unavailable') throw error;
    if (otherwise) await unless(otherwise);
  }
};

const actorOf = (id: string): Actor => ({
  ...{ id, role: 'coordinator', userName: '', displayName: '', locale: 'en', sessionId: '' },
});

/** Each may run twice. */
export function createLeaveHelp({ officeHours, dropIns, tickets, repository }: Parts) {
  /** She holds nobody's place any more, and none herself; on duty she is only where nobody else is, until she is missed. */
  async function letGo(userId: string): Promise<void> {
    const actor = actorOf(userId);
    const held = await repository.heldBy(userId);
    const host = (ticketId: string, action: string) => () => tickets.hostAct(actor, { ticketId, action });
    // whom she had called gets her place back; a talk that goes on ends
    if (held) await unless(host(held.id, 'putBack'), host(held.id, 'end'));
    for (const ticket of await repository.inState('handed-over', HANDED_OVER))
      if (ticket.hostId === userId) await unless(host(ticket.id, 'decline'));
    for (const { id } of await tickets.mine(actor)) {
      const owner = (action: string) => () => tickets.ownerAct(actor, { ticketId: id, action });
      await unless(owner('leave'), owner('end'));
    }
    for (const { id: dropInId } of await dropIns.onDuty(userId))
      await unless(() => officeHours.checkOut(actor, { dropInId, last: false }));
  }

  return {
    letGo,
    async leaveHelp(userId: string): Promise<void> {
      const actor = actorOf(userId);
      await letGo(userId);
      for (const { id } of await officeHours.mine(actor)) {
        const input = { officeHoursId: id };
        await unless(
          () => officeHours.leaveHosts(actor, input),
          () => officeHours.end(actor, input),
        );
      }
    },
  };
}
