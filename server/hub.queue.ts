// The part of the hub's wiring that is about office hours: schedule, queues, talks, notices and jobs. Only hub.ts imports it.
import { LIMITS } from '#shared/limits.ts';
import type { LocalizedText } from '#shared/locales.ts';
import { spoken } from '#shared/rooms.forms.ts';
import type mongoose from 'mongoose';
import type { AccountEvents } from './domain/accounts/accounts.events.ts';
import type { AccountsService } from './domain/accounts/accounts.service.ts';
import type { AuditPort } from './domain/audit/audit.service.ts';
import type { CommunityService } from './domain/community/community.service.ts';
import { createJobModels } from './domain/jobs/jobs.model.ts';
import { createJobsRepository } from './domain/jobs/jobs.repository.ts';
import { createJobsService, type Job, type JobsService } from './domain/jobs/jobs.service.ts';
import { createMemory } from './domain/kernel/memory.ts';
import { createNoticesService, type NoticesService } from './domain/notifications/notices.service.ts';
import type { NotificationEvents } from './domain/notifications/notifications.events.ts';
import { createNotificationModels } from './domain/notifications/notifications.model.ts';
import { createNotificationsRepository } from './domain/notifications/notifications.repository.ts';
import type { PushSender } from './domain/notifications/push.sender.ts';
import type { PushService } from './domain/notifications/push.service.ts';
import type { OfficeHoursEvents } from './domain/office-hours/office-hours.events.ts';
import { createOfficeHoursModels } from './domain/office-hours/office-hours.model.ts';
import { createOfficeHoursService, type OfficeHoursService } from './domain/office-hours/office-hours.service.ts';
import { createFiguresModel } from './domain/figures/figures.model.ts';
import { createFiguresRepository } from './domain/figures/figures.repository.ts';
import { createFiguresService, type FiguresService } from './domain/figures/figures.service.ts';
import type { Clock } from './domain/kernel/clock.ts';
import { shutOutOf, type ActiveSanction } from './domain/kernel/sanctions.ts';
import { isActive } from './domain/office-hours/office-hours.machine.ts';
import type { EventBus } from './domain/kernel/event-bus.ts';
import type { Logger } from './domain/kernel/logger.ts';
import { createDropInsRepository } from './domain/office-hours/drop-ins.repository.ts';
import type { RoomsRepository } from './domain/rooms/rooms.repository.ts';
import type { TicketEvents } from './domain/tickets/tickets.events.ts';
import { createTalkModels } from './domain/talks/talks.model.ts';
import { createTalksRepository } from './domain/talks/talks.repository.ts';
import { createTalksService, type TalksService } from './domain/talks/talks.service.ts';
import type { MessagesService } from './domain/messages/messages.service.ts';
import type { SearchService } from './domain/search/search.service.ts';
import type { RoomsService } from './domain/rooms/rooms.service.ts';
import { createTicketModels } from './domain/tickets/tickets.model.ts';
import { createTicketsRepository } from './domain/tickets/tickets.repository.ts';
import { createTicketsService, type TicketsService } from './domain/tickets/tickets.service.ts';
import { createLeaveHelp } from './hub.leave.ts';
import { wirePush } from './hub.push.ts';

const TALKS_MS = 60_000;
const PUSH_MS = 5_000;
const SHUT_OUT_MS = 10_000;
/** A room's new name shows in queues within this time. */
const TOPICS_MS = 5_000;

export interface QueueHub {
  officeHours: OfficeHoursService;
  /** What happens by itself; main.ts starts it. */
  jobs: JobsService;
  talks: TalksService;
  figures: FiguresService;
  tickets: TicketsService;
  push: PushService;
  /** Sends notices on to devices; main.ts stops it. */
  pushSender: PushSender;
}
export interface QueueWiring {
  connection: mongoose.Connection;
  accounts: AccountsService;
  rooms: RoomsRepository;
  roomsService: RoomsService;
  messages: MessagesService;
  search: SearchService;
  audit: AuditPort;
  community: Pick<CommunityService, 'talkDays'>;
  eraseRoom(roomId: string): Promise<void>;
  /** Of other parts of the hub. */
  moreJobs: readonly Job[];
  /** One of them blocked the other. */
  apart(one: string, other: string): boolean;
  /** Names of accounts and of aliases. */
  people: AccountsService['personViews'];
  origin: string;
  pushLoopback: boolean;
  bus: EventBus<AccountEvents & TicketEvents & OfficeHoursEvents & NotificationEvents>;
  clock: Clock;
  log: Logger;
}

interface QueueParts extends QueueHub {
  notices: NoticesService;
  leaveHelp(userId: string): Promise<void>;
  recover(): Promise<void>;
}

export function wireQueue(wiring: QueueWiring): QueueParts {
  const { connection, accounts, people, rooms, bus, clock, log } = wiring;
  const noticesRepository = createNotificationsRepository(createNotificationModels(connection));
  const notices = createNoticesService({ notices: noticesRepository, bus, clock });
  const { push, pushSender } = wirePush({
    ...{ connection, accounts, notices: noticesRepository, bus, clock, log },
    ...{ origin: wiring.origin, loopback: wiring.pushLoopback },
  });
  const models = createOfficeHoursModels(connection);
  const dropIns = createDropInsRepository(models);
  const ticketsRepository = createTicketsRepository(createTicketModels(connection));
  const talks = createTalksService({
    talks: createTalksRepository(createTalkModels(connection)),
    tickets: ticketsRepository,
    ...{
      dropIns,
      roomsService: wiring.roomsService,
      messages: wiring.messages,
      search: wiring.search,
      keepDays: () => wiring.community.talkDays(),
      eraseRoom: wiring.eraseRoom,
      bus,
      clock,
      log,
    },
    personViews: (ids) => accounts.personViews(ids),
  });
  // every change of a queue asks
  const roomNames = createMemory<Map<string, LocalizedText>>({ clock, ms: TOPICS_MS, most: 1 });
  const topicViews = async (keys: string[]) => {
    const names = await roomNames.get('', async () => {
      const all = await rooms.all(LIMITS.rooms);
      return new Map(all.map(({ slug, name }) => [slug, spoken(name)]));
    });
    return [...new Set(keys)].map((key) => ({ key, name: names.get(key) ?? { de: key, en: key, ar: key, uk: key } }));
  };
  const tickets = createTicketsService({
    tickets: ticketsRepository,
    ...{ dropIns, bus, clock, log },
    personViews: (ids) => accounts.personViews(ids),
    audit: wiring.audit,
    topicViews,
    openTalk: (ticket) => talks.ensure(ticket),
    apart: (one, other) => wiring.apart(one, other),
    shutOut: (userIds) => accounts.shutOut(userIds),
    notify: (userIds, notice) => notices.notify(userIds, notice),
    settle: (userId, ticketId) => notices.settle(userId, ticketId),
  });
  const officeHours = createOfficeHoursService({
    models,
    // topics are seen by everybody, so rooms that not everybody may know of are none
    topicNames: async () => {
      const all = await rooms.all(LIMITS.rooms);
      const known = all.filter(({ access }) => access === 'open' || access === 'request');
      return new Map(known.map(({ slug, name }) => [slug, spoken(name)]));
    },
    personViews: people,
    notify: (userIds, notice) => notices.notify(userIds, notice),
    ...{ bus, clock, log, origin: wiring.origin, audit: wiring.audit },
    apart: (one, other) => wiring.apart(one, other),
  });
  const figures = createFiguresService({
    figures: createFiguresRepository(createFiguresModel(connection)),
    ...{ tickets: ticketsRepository, dropIns, topicViews, clock },
  });
  const { leaveHelp, letGo, shutOutSweep } = createLeaveHelp({ officeHours, dropIns, tickets, accounts });
  const jobs = createJobsService({
    leases: createJobsRepository(createJobModels(connection)),
    jobs: [
      ...[...officeHours.jobs, ...tickets.jobs, ...figures.jobs],
      { name: 'queue.shut-out', everyMs: SHUT_OUT_MS, run: shutOutSweep },
      { name: 'talks.sweep', everyMs: TALKS_MS, run: talks.sweep },
      ...wiring.moreJobs,
      { name: 'push.look', everyMs: PUSH_MS, run: () => Promise.resolve(pushSender.look()) },
    ],
    clock,
    log,
  });
  async function recover(): Promise<void> {
    await tickets.recover();
    await push.keys(); // made at the first start
  }
  const isOut = (sanctions: readonly ActiveSanction[] = []) => shutOutOf({ sanctions }, clock.now()) !== null;
  const release = (userId: string): void => {
    letGo(userId).catch((error: unknown) => log.warn({ err: error }, 'places of somebody shut out not let go'));
  };
  bus.on('user.sanctioned', ({ userId, sanctions }) => {
    if (isOut(sanctions)) release(userId);
  });
  // what was on its way when she was shut out
  bus.on('ticket.moved', ({ ticket: { state, hostId, ownerId } }) => {
    if (!isActive(state)) return;
    for (const id of hostId ? [hostId, ownerId] : [ownerId]) if (isOut(accounts.sanctionedJustNow(id))) release(id);
  });
  bus.on('duty.began', ({ userId }) => {
    if (isOut(accounts.sanctionedJustNow(userId))) release(userId);
  });
  return { leaveHelp, tickets, talks, figures, officeHours, notices, push, pushSender, jobs, recover };
}
