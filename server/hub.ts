// Composition root: makes every service once and hands them over as the hub. main.ts, commands and tests make one; others take its type.
import type { Db } from 'mongodb';
import type { Config } from './config.ts';
import type { Database } from './database/connect.ts';
import { ensureIndexes } from './database/indexes.ts';
import { migrate } from './database/migrations/migrate.ts';
import { READY_ROOMS } from './database/seed/ready-rooms.ts';
import { FIRST_ROOMS } from './database/seed/rooms.ts';
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
import { createCommunityModel } from './domain/community/community.model.ts';
import { createCommunityRepository } from './domain/community/community.repository.ts';
import { createCommunityService, type CommunityService } from './domain/community/community.service.ts';
import { createAuditModels } from './domain/audit/audit.model.ts';
import { createAuditRepository } from './domain/audit/audit.repository.ts';
import { createAuditService, type AuditService } from './domain/audit/audit.service.ts';
import { AppError } from './domain/kernel/app-error.ts';
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
import { createNotificationsService, type NotificationsService } from './domain/notifications/notifications.service.ts';
import { createWordListModels } from './domain/moderation/word-lists.model.ts';
import { createWordListsRepository } from './domain/moderation/word-lists.repository.ts';
import { createWordListsService, type WordListsService } from './domain/moderation/word-lists.service.ts';
import type { ModerationEvents } from './domain/moderation/moderation.events.ts';
import { createModerationModels } from './domain/moderation/moderation.model.ts';
import { HOUSE_RULES } from './domain/moderation/moderation.policy.ts';
import { createModerationRepository } from './domain/moderation/moderation.repository.ts';
import { createModerationService, type ModerationService } from './domain/moderation/moderation.service.ts';
import { closedTo } from './domain/moderation/shut-out.ts';
import type { RoomEvents } from './domain/rooms/rooms.events.ts';
import { createRoomModels } from './domain/rooms/rooms.model.ts';
import { createRoomsRepository } from './domain/rooms/rooms.repository.ts';
import { createRoomsService, type RoomsService } from './domain/rooms/rooms.service.ts';
import { createSearchModels } from './domain/search/search.model.ts';
import { createSearchRepository } from './domain/search/search.repository.ts';
import { createSearchService, type SearchService } from './domain/search/search.service.ts';
import { createSearchSource } from './domain/search/search.source.ts';
import { createPresence, type Presence } from './realtime/presence.ts';

type DomainEvents = AccountEvents & RoomEvents & MessageEvents & ModerationEvents;

export interface Hub {
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
  notifications: NotificationsService;
  audit: AuditService;
  wordLists: WordListsService;
  moderation: ModerationService;
  answers: AnswersService;
  /** Who has which room open in this process. */
  presence: Presence;
}

export interface HubParts {
  config: Config;
  database: Database;
  log: Logger;
  clock: Clock;
  /** Left out: nobody counts. */
  measure?: Measure;
  /** For tests only: cheaper than a real hub may be. */
  passwordCost?: AccountsOptions['passwordCost'];
}

/** Composes the hub on an open database, with indexes, first rooms and whatever a crash left in order. */
export async function createHub(parts: HubParts): Promise<Hub> {
  const { config, database, log, clock, passwordCost, measure = noMeasure } = parts;
  const { connection } = database;
  const bus = createEventBus<DomainEvents>(log);

  const audit = createAuditService({
    repository: createAuditRepository(createAuditModels(connection)),
    personViews: (ids) => accounts.personViews(ids),
    idOf: (userName) => accounts.idOf(userName),
    clock,
    log,
  });
  const accounts = createAccountsService({
    models: createAccountModels(connection),
    audit,
    bus,
    clock,
    log,
    secureCookies: config.origin.startsWith('https:'),
    ...(passwordCost ? { passwordCost } : {}),
  });
  const community = createCommunityService(createCommunityRepository(createCommunityModel(connection)));
  const roomsRepository = createRoomsRepository(createRoomModels(connection));
  const rooms = createRoomsService({
    rooms: roomsRepository,
    bus,
    clock,
    firstRooms: FIRST_ROOMS,
    readyRooms: READY_ROOMS,
    personViews: (ids) => accounts.personViews(ids),
  });
  const messageModels = createMessageModels(connection);
  const messagesRepository = createMessagesRepository(messageModels);
  const attachments = createAttachmentsService({
    attachments: createAttachmentsRepository(createAttachmentModels(connection)),
    blobs: createGridFsStore(connection),
    rooms,
    existing: async (ids) => {
      const stored = await messagesRepository.byIds(ids);
      return new Set(
        stored.filter(({ removedBy, hidden }) => removedBy === null && hidden === null).map(({ id }) => id),
      );
    },
    clock,
    log,
    measure,
  });
  const messages = createMessagesService({
    messages: messagesRepository,
    side: createSideRepository(messageModels),
    // a message that moves is a copy there: its files follow the copy
    attachments: { ...attachments, moved: (ids, roomId) => attachments.moved(ids, roomId, copyIdOf) },
    store: createLogStore(messageModels),
    rooms: roomsRepository,
    roomsService: rooms,
    personViews: (ids) => accounts.personViews(ids),
    editMinutes: () => community.editMinutes(),
    audit,
    sanctionedJustNow: (userId) => accounts.sanctionedJustNow(userId),
    bus,
    clock,
    log,
    measure,
  });
  const views = createMessageViews({
    personViews: (ids) => accounts.personViews(ids),
    messages: messagesRepository,
    clock,
  });
  const search = createSearchService({
    repository: createSearchRepository(createSearchModels(connection)),
    source: createSearchSource({
      models: messageModels,
      rooms: roomsRepository,
      views: async (ids) => views.messages(await messagesRepository.byIds(ids)),
    }),
    rooms,
    bus,
    clock,
    log,
  });

  const wordLists = createWordListsService({
    repository: createWordListsRepository(createWordListModels(connection)),
    personViews: (ids) => accounts.personViews(ids),
    audit,
    clock,
  });
  const answers = createAnswersService({
    answers: createAnswersRepository(createAnswerModels(connection)),
    clock,
  });
  const moderation = createModerationService({
    repository: createModerationRepository(createModerationModels(connection)),
    subjects: {
      message: (actor, { id, roomId }) => {
        if (roomId === undefined) throw new AppError('not-found');
        return messages.pointAt(actor, roomId, id);
      },
      person: async (_actor, { id }) => {
        if (!(await accounts.personViews([id])).get(id)?.displayName) throw new AppError('not-found');
        return { aboutId: id, anonymous: false, roomId: null, messageId: null, excerpt: null, picked: [] };
      },
    },
    messages,
    accounts,
    rooms: { names: (ids) => rooms.namesOf(ids) },
    rules: () => Promise.resolve(HOUSE_RULES),
    audit,
    bus,
    clock,
    log,
  });

  await migrate({ db: connection.db as unknown as Db, clock, log });
  await ensureIndexes(connection, log);
  await rooms.ensureFirstRooms();
  await wordLists.ensureStartLists();
  await messages.recover();
  await audit.recover();
  await moderation.recover();
  void search.recover(); // nobody has to wait for it
  return {
    config,
    clock,
    log,
    measure,
    bus,
    database,
    accounts: closedTo(accounts, clock, [
      ...(['me', 'sessions', 'setLocale', 'setExit', 'changePassword'] as const),
      ...(['endSession', 'signOut', 'signOutEverywhere'] as const),
    ]),
    community: closedTo(community, clock),
    rooms: closedTo(rooms, clock, ['abilities']),
    messages: closedTo(messages, clock),
    attachments: closedTo(attachments, clock),
    search: closedTo(search, clock),
    notifications: closedTo(createNotificationsService({ rooms, messages, moderation }), clock),
    audit: closedTo(audit, clock),
    wordLists: closedTo(wordLists, clock),
    answers: closedTo(answers, clock),
    moderation: closedTo(moderation, clock, ['notices', 'notice', 'appeal', 'shutOut']),
    presence: createPresence(),
  };
}
