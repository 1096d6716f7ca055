// What a mentor or member leaves behind in queues and office hours when she deletes her account, or is shut out, is put in order. Only hub.queue.ts imports it.
import { isAppError } from '#shared/errors.ts';
import type { AccountsService } from './domain/accounts/accounts.service.ts';
import type { Actor } from './domain/kernel/actor.ts';
import type { DropInsRepository } from './domain/office-hours/drop-ins.repository.ts';
import type { OfficeHoursService } from './domain/office-hours/office-hours.service.ts';
import type { TicketsService } from './domain/tickets/tickets.service.ts';

interface Parts {
  officeHours: Pick<OfficeHoursService, 'mine' | 'leaveHosts' | 'end' | 'takeOff'>;
  dropIns: Pick<DropInsRepository, 'running'>;
  tickets: Pick<TicketsService, 'letGo' | 'inQueues'>;
  accounts: Pick<AccountsService, 'shutOut'>;
}
/** Drop-ins that run at the same moment. */
const RUNNING = 200;

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
export function createLeaveHelp({ officeHours, dropIns, tickets, accounts }: Parts) {
  /** She is on duty nowhere, holds nobody's place any more, and none herself. Off duty first: then nobody is hers to call. */
  async function letGo(userId: string): Promise<void> {
    await officeHours.takeOff(userId);
    await tickets.letGo(userId);
  }

  return {
    letGo,
    /** What a crash between a sanction and its consequences left, or another process did meanwhile. */
    async shutOutSweep(): Promise<void> {
      const duty = (await dropIns.running(RUNNING)).flatMap((one) => one.duty.map(({ userId }) => userId));
      const people = [...new Set([...duty, ...(await tickets.inQueues())])];
      if (people.length === 0) return;
      for (const userId of await accounts.shutOut(people)) await letGo(userId);
    },
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
