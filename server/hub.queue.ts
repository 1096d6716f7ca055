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
import { createTalkModels } from './domain/talks/talks.model.ts';
import { createTalksRepository } from './domain/talks/talks.repository.ts';
import { createTalksService, type TalksService } from './domain/talks/talks.service.ts';
import type { MessagesService } from './domain/messages/messages.service.ts';
import type { RoomsService } from './domain/rooms/rooms.service.ts';
import { createTicketModels } from './domain/tickets/tickets.model.ts';
import { createTicketsRepository } from './domain/tickets/tickets.repository.ts';
import { createTicketsService, type TicketsService } from './domain/tickets/tickets.service.ts';

const TALKS_MS = 60_000;

export interface QueueHub {
  talks: TalksService;
  tickets: TicketsService;
}
export interface QueueWiring {
  connection: mongoose.Connection;
  accounts: AccountsService;
  rooms: RoomsRepository;
  roomsService: RoomsService;
  messages: MessagesService;
  eraseRoom(roomId: string): Promise<void>;
  dropIns: DropInsRepository;
  bus: EventBus<TicketEvents>;
  clock: Clock;
  log: Logger;
}

export function wireQueue(wiring: QueueWiring): QueueHub & { jobs: Job[] } {
  const { connection, accounts, rooms, dropIns, bus, clock, log } = wiring;
  const ticketsRepository = createTicketsRepository(createTicketModels(connection));
  const talks = createTalksService({
    talks: createTalksRepository(createTalkModels(connection)),
    tickets: ticketsRepository,
    ...{
      dropIns,
      roomsService: wiring.roomsService,
      messages: wiring.messages,
      eraseRoom: wiring.eraseRoom,
      bus,
      clock,
      log,
    },
    personViews: (ids) => accounts.personViews(ids),
  });
  const tickets = createTicketsService({
    tickets: ticketsRepository,
    ...{ dropIns, bus, clock, log },
    personViews: (ids) => accounts.personViews(ids),
    async topicViews(keys) {
      const all = await rooms.all(LIMITS.rooms);
      const names = new Map(all.map(({ slug, name }) => [slug, spoken(name)]));
      return [...new Set(keys)].map((key) => ({ key, name: names.get(key) ?? { de: key, en: key, ar: key, uk: key } }));
    },
    openTalk: (ticket) => talks.ensure(ticket),
  });
  return { tickets, talks, jobs: [...tickets.jobs, { name: 'talks.sweep', everyMs: TALKS_MS, run: talks.sweep }] };
}
