// The part of the hub's wiring that is about queues. Only hub.ts imports it.
import { LIMITS } from '#shared/limits.ts';
import { spoken } from '#shared/rooms.forms.ts';
import type mongoose from 'mongoose';
import type { AccountsService } from './domain/accounts/accounts.service.ts';
import type { Job } from './domain/jobs/jobs.service.ts';
import type { Clock } from './domain/kernel/clock.ts';
import type { EventBus } from './domain/kernel/event-bus.ts';
import type { Logger } from './domain/kernel/logger.ts';
import type { DropInsRepository } from './domain/office-hours/drop-ins.repository.ts';
import type { RoomsRepository } from './domain/rooms/rooms.repository.ts';
import type { TicketEvents } from './domain/tickets/tickets.events.ts';
import { createTicketModels } from './domain/tickets/tickets.model.ts';
import { createTicketsRepository } from './domain/tickets/tickets.repository.ts';
import { createTicketsService, type TicketsService } from './domain/tickets/tickets.service.ts';

export interface QueueHub {
  tickets: TicketsService;
}
export interface QueueWiring {
  connection: mongoose.Connection;
  accounts: AccountsService;
  rooms: RoomsRepository;
  dropIns: DropInsRepository;
  bus: EventBus<TicketEvents>;
  clock: Clock;
  log: Logger;
}

export function wireQueue(wiring: QueueWiring): QueueHub & { jobs: Job[] } {
  const { connection, accounts, rooms, dropIns, bus, clock, log } = wiring;
  const tickets = createTicketsService({
    tickets: createTicketsRepository(createTicketModels(connection)),
    ...{ dropIns, bus, clock, log },
    personViews: (ids) => accounts.personViews(ids),
    async topicViews(keys) {
      const all = await rooms.all(LIMITS.rooms);
      const names = new Map(all.map(({ slug, name }) => [slug, spoken(name)]));
      return [...new Set(keys)].map((key) => ({ key, name: names.get(key) ?? { de: key, en: key, ar: key, uk: key } }));
    },
    openTalk: () => Promise.resolve(),
  });
  return { tickets, jobs: tickets.jobs };
}
