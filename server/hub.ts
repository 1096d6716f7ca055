// Composition root: makes every service once and hands them over as the hub. main.ts, commands and tests make one; others take its type.
import type { PersonView } from '#shared/accounts.ts';
import type { Db } from 'mongodb';
import type { Config } from './config.ts';
import type { Database } from './database/connect.ts';
import { ensureIndexes } from './database/indexes.ts';
import { migrate } from './database/migrations/migrate.ts';
import { READY_ROOMS } from './database/seed/ready-rooms.ts';
import { FIRST_ROOMS } from './database/seed/rooms.ts';
import type { BlockEvents } from './domain/blocks/blocks.events.ts';
import type { Sight } from './domain/blocks/blocks.sight.ts';
import type { BlocksService } from './domain/blocks/blocks.service.ts';
import type { AccountEvents } from './domain/accounts/accounts.events.ts';
import { createAccountModels } from './domain/accounts/accounts.model.ts';
import {
  createAccountsService,
  type AccountsOptions,
  type AccountsService,
} from './domain/accounts/accounts.service.ts';
import { createAnswerModels } from './domain/answers/answers.model.ts';
import { createAnswersRepository } from './domain/answers/answers.repository.ts';
import { createAnswersService, type AnswersService } from './domain/answers/answers.service.ts';
import { createAttachmentModels } from './domain/attachments/attachments.model.ts';
import { createAttachmentsRepository } from './domain/attachments/attachments.repository.ts';
import { createAttachmentsService, type AttachmentsService } from './domain/attachments/attachments.service.ts';
import { createGridFsStore } from './domain/attachments/blob-store.ts';
import type { DoorService } from './domain/community/community.door.ts';
import { createCommunityModel } from './domain/community/community.model.ts';
import { createCommunityRepository } from './domain/community/community.repository.ts';
import { createCommunityService, type CommunityService } from './domain/community/community.service.ts';
import { createAuditModels } from './domain/audit/audit.model.ts';
import { createAuditRepository } from './domain/audit/audit.repository.ts';
import { createAuditService, type AuditService } from './domain/audit/audit.service.ts';
import type { Clock } from './domain/kernel/clock.ts';
import { createEventBus, type EventBus } from './domain/kernel/event-bus.ts';
import type { Logger } from './domain/kernel/logger.ts';
import { noMeasure, type Measure } from './domain/kernel/measure.ts';
import type { MessageEvents } from './domain/messages/messages.events.ts';
import { createLogStore } from './domain/messages/messages.log-store.ts';
import { createMessageModels } from './domain/messages/messages.model.ts';
import { copyIdOf } from './domain/messages/messages.move.ts';
import { createMessagesRepository } from './domain/messages/messages.repository.ts';
import { createSideRepository } from './domain/messages/messages.side.repository.ts';
import { createMessagesService, type MessagesService } from './domain/messages/messages.service.ts';
import { createMessageViews } from './domain/messages/messages.views.ts';
import type { NotificationEvents } from './domain/notifications/notifications.events.ts';
import type { NoticesService } from './domain/notifications/notices.service.ts';
import { createNotificationsService, type NotificationsService } from './domain/notifications/notifications.service.ts';
import type { WordListsService } from './domain/moderation/word-lists.service.ts';
import type { AskingService } from './domain/moderation/asking.service.ts';
import type { ModerationEvents } from './domain/moderation/moderation.events.ts';
import type { ModerationService } from './domain/moderation/moderation.service.ts';
import type { OfficeHoursEvents } from './domain/office-hours/office-hours.events.ts';
import type { RoomEvents } from './domain/rooms/rooms.events.ts';
import { createRoomModels } from './domain/rooms/rooms.model.ts';
import { createRoomsRepository } from './domain/rooms/rooms.repository.ts';
import { createRoomsService, type RoomsService } from './domain/rooms/rooms.service.ts';
import { createSearchModels } from './domain/search/search.model.ts';
import { createSearchRepository } from './domain/search/search.repository.ts';
import { createSearchService, type SearchEvents, type SearchService } from './domain/search/search.service.ts';
import { createSearchSource } from './domain/search/search.source.ts';
import type { TicketEvents } from './domain/tickets/tickets.events.ts';
import { seenServices, wireBlocks } from './hub.blocks.ts';
import { wireHerData, type DataHub } from './hub.data.ts';
import { closedServices, lateScreening, wireModeration } from './hub.moderation.ts';
import { wireQueue, type QueueHub } from './hub.queue.ts';
import { noLine, type HintLine } from './realtime/hint-line.ts';
import { createPresence, type Presence } from './realtime/presence.ts';

export type DomainEvents = AccountEvents &
  BlockEvents &
  RoomEvents &
  MessageEvents &
  SearchEvents &
  ModerationEvents &
  NotificationEvents &
  OfficeHoursEvents &
  TicketEvents;

export interface Hub extends QueueHub, DataHub {
  config: Config;
  clock: Clock;
  log: Logger;
  measure: Measure;
  bus: EventBus<DomainEvents>;
  database: Database;
  accounts: AccountsService;
  community: CommunityService;
  rooms: RoomsService;
  messages: MessagesService;
  attachments: AttachmentsService;
  search: SearchService;
  notifications: NotificationsService & NoticesService;
  /** Names by id: accounts, and aliases of talks. */
  people(ids: string[]): Promise<Map<string, PersonView>>;
  audit: AuditService;
  wordLists: WordListsService;
  moderation: ModerationService;
  door: DoorService;
  asking: AskingService;
  answers: AnswersService;
  blocks: BlocksService;
  /** What is left of a view for somebody from whom people are kept; for the realtime layer. */
  sight: Sight;
  /** Who has which room open. */
  presence: Presence;
  /** False when the built pages went from under the running hub. */
  pagesWhole(): boolean;
  /** To the other processes on this database, where there are any. */
  line: HintLine;
}

export interface HubParts {
  config: Config;
  database: Database;
  log: Logger;
  clock: Clock;
  /** Left out: nobody counts. */
  measure?: Measure;
  /** Left out: they are. */
  pagesWhole?: () => boolean;
  /** Left out: this is the only process. */
  line?: HintLine;
  /** For tests only: cheaper than a real hub may be. */
  passwordCost?: AccountsOptions['passwordCost'];
}

/** Composes the hub on an open database, with indexes, first rooms and whatever a crash left in order. */
export async function createHub(parts: HubParts): Promise<Hub> {
  const { config, database, log, clock, passwordCost, measure = noMeasure, line = noLine } = parts;
  const { connection } = database;
  const bus = createEventBus<DomainEvents>(log);

  const audit = createAuditService({
    repository: createAuditRepository(createAuditModels(connection)),
    personViews: (ids) => accounts.personViews(ids),
    idOf: (userName) => accounts.idOf(userName),
    ...{ casesAbout: (ids) => caseAges.about(ids), clock, log },
  });
  const accounts = createAccountsService({
    models: createAccountModels(connection),
    ...{ audit, bus, clock, log },
    insistDoorOpen: () => door.insistOpen(),
    everywhere: (userId) => line.ask({ kind: 'sanctioned', userId }),
    secureCookies: config.origin.startsWith('https:'),
    ...(passwordCost ? { passwordCost } : {}),
  });
  const decided = createCommunityRepository(createCommunityModel(connection));
  const community = createCommunityService(decided, audit, clock);
  /** Accounts, and those who act under the alias of a talk. */
  const people = async (ids: string[]): Promise<Map<string, PersonView>> => {
    const found = await accounts.personViews(ids);
    const others = ids.filter((id) => !found.get(id)?.displayName);
    return others.length === 0 ? found : new Map([...found, ...(await queue.talks.aliases(others))]);
  };
  const roomsRepository = createRoomsRepository(createRoomModels(connection));
  const rooms = createRoomsService({
    ...{ rooms: roomsRepository, personViews: people, audit, bus, clock },
    ...{ firstRooms: FIRST_ROOMS, readyRooms: READY_ROOMS, apart: (one, other) => eyes.blocks.apart(one, other) },
  });
  const messageModels = createMessageModels(connection);
  const messagesRepository = createMessagesRepository(messageModels);
  const blobs = createGridFsStore(connection);
  const eyes = wireBlocks({
    ...{ connection, models: messageModels, accounts, rooms: roomsRepository, bus, clock, log },
    everywhere: () => line.ask({ kind: 'blocks' }),
    ...{ messages: () => messages, tickets: () => queue.tickets },
  });
  const { apart } = eyes.blocks;
  const attachments = createAttachmentsService({
    attachments: createAttachmentsRepository(createAttachmentModels(connection)),
    ...{ blobs, rooms, keptFrom: eyes.keptFrom },
    existing: (ids) => messagesRepository.shown(ids),
    ...{ clock, log, measure },
  });
  const messages = createMessagesService({
    messages: messagesRepository,
    side: createSideRepository(messageModels),
    // a message that moves is a copy there: its files follow the copy
    attachments: { ...attachments, moved: (ids, roomId) => attachments.moved(ids, roomId, copyIdOf) },
    store: createLogStore(messageModels),
    ...{ rooms: roomsRepository, roomsService: rooms, personViews: people },
    editMinutes: () => community.editMinutes(),
    screening: lateScreening(() => screening),
    watched: (list) => caseAges.waiting(list, clock.now()),
    sanctionedJustNow: (userId) => accounts.sanctionedJustNow(userId),
    ...{ apart, audit, bus, clock, log, measure },
  });
  const views = createMessageViews({ personViews: people, messages: messagesRepository, clock });
  const search = createSearchService({
    repository: createSearchRepository(createSearchModels(connection)),
    source: createSearchSource({
      ...{ models: messageModels, rooms: roomsRepository },
      views: async (ids) => views.messages(await messagesRepository.byIds(ids)),
    }),
    ...{ personViews: people, rooms, apart, bus, clock, log },
  });

  const { herData, dataJobs, eraseRoom } = wireHerData({
    ...{ connection, accounts, rooms, messages, audit, search, attachments, blobs, clock, log },
    ...{ roomsRepository, community, keptFrom: eyes.keptFrom },
    cases: () => caseAges,
    leaveHelp: (userId) => queue.leaveHelp(userId),
  });
  const queue = wireQueue({
    ...{ connection, accounts, people, rooms: roomsRepository, roomsService: rooms, messages, bus, clock, log },
    ...{ origin: config.origin, pushLoopback: config.pushLoopback, search, audit, community, apart },
    ...{ eraseRoom, moreJobs: dataJobs },
  });
  const answers = createAnswersService({ answers: createAnswersRepository(createAnswerModels(connection)), clock });
  const { moderation, screening, wordLists, door, asking, caseAges } = wireModeration({
    ...{ connection, accounts, community, decided, messages, rooms, apart, audit, bus, clock, log, queue },
  });

  await migrate({ db: connection.db as unknown as Db, clock, log });
  await ensureIndexes(connection, log);
  await rooms.ensureFirstRooms();
  await wordLists.ensureStartLists();
  await messages.recover();
  await queue.recover();
  await eyes.blocks.refresh();
  await audit.recover();
  await moderation.recover();
  await asking.recover();
  void search.recover(); // nobody has to wait for it
  return {
    ...{ config, clock, log, measure, bus, database },
    ...closedServices(
      {
        ...{ accounts, moderation, door, asking, audit, wordLists, blocks: eyes.blocks },
        ...{ figures: queue.figures, push: queue.push },
        ...seenServices(
          {
            ...{ community, rooms, messages, attachments, search, answers },
            notifications: {
              ...queue.notices,
              ...createNotificationsService({ rooms, messages, notices: queue.notices, moderation }),
            },
            ...{ officeHours: queue.officeHours, tickets: queue.tickets, talks: queue.talks },
          },
          eyes,
        ),
      },
      clock,
    ),
    ...{ sight: eyes.sight, jobs: queue.jobs, pushSender: queue.pushSender, herData, people },
    ...{ presence: createPresence(), line, pagesWhole: parts.pagesWhole ?? (() => true) },
  };
}
