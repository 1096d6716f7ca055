// Wires moderation to the areas it works with, and closes every service to whom a sanction shuts out. Only hub.ts uses it.
import type { Connection } from 'mongoose';
import type { AccountsService } from './domain/accounts/accounts.service.ts';
import type { AuditService } from './domain/audit/audit.service.ts';
import { AppError } from './domain/kernel/app-error.ts';
import type { Clock } from './domain/kernel/clock.ts';
import type { EventBus } from './domain/kernel/event-bus.ts';
import type { Logger } from './domain/kernel/logger.ts';
import type { MessagesService } from './domain/messages/messages.service.ts';
import type { ModerationEvents } from './domain/moderation/moderation.events.ts';
import { createAskingRepository } from './domain/moderation/asking.repository.ts';
import { createAsking } from './domain/moderation/asking.service.ts';
import { createCaseAges } from './domain/moderation/moderation.ages.ts';
import { createModerationModels } from './domain/moderation/moderation.model.ts';
import { createModerationRepository } from './domain/moderation/moderation.repository.ts';
import { createScreening, type Screening } from './domain/moderation/moderation.screening.ts';
import { createWordListModels } from './domain/moderation/word-lists.model.ts';
import { createWordListsRepository } from './domain/moderation/word-lists.repository.ts';
import { createWordListsService } from './domain/moderation/word-lists.service.ts';
import type { Actor } from './domain/kernel/actor.ts';
import { createDoor } from './domain/community/community.door.ts';
import type { CommunityRepository } from './domain/community/community.repository.ts';
import type { AccountEvents } from './domain/accounts/accounts.events.ts';
import type { NoticesService } from './domain/notifications/notices.service.ts';
import type { CommunityService } from './domain/community/community.service.ts';
import { createModerationService, type ModerationService } from './domain/moderation/moderation.service.ts';
import { closedTo } from './domain/moderation/shut-out.ts';
import type { RoomsService } from './domain/rooms/rooms.service.ts';
import type { TicketsService } from './domain/tickets/tickets.service.ts';
import type { TalksService } from './domain/talks/talks.service.ts';

interface Wired {
  connection: Connection;
  accounts: AccountsService;
  messages: MessagesService;
  rooms: RoomsService;
  audit: AuditService;
  bus: EventBus<ModerationEvents & Pick<AccountEvents, 'user.joined'>>;
  decided: CommunityRepository;
  queue: { talks: TalksService; tickets: TicketsService; notices: Pick<NoticesService, 'notify'> };
  clock: Clock;
  log: Logger;
  community: CommunityService;
  apart(one: string, other: string): boolean;
}

/** Acts for an author who is not here now. */
const NOBODY: Actor = { id: '', role: 'member', userName: '', displayName: '', locale: 'de', sessionId: '' };

/** For the messages service, which is made before it. */
export const lateScreening = (get: () => Screening): Pick<Screening, 'before' | 'after' | 'edited'> => ({
  before: (...args) => get().before(...args),
  after: (...args) => get().after(...args),
  edited: (...args) => get().edited(...args),
});

export function wireModeration(wired: Wired) {
  const { connection, accounts, community, messages, rooms, queue, audit, bus, clock, log, apart } = wired;
  const door = createDoor({
    ...{ community: wired.decided, audit, clock, log },
    joinedSince: (since, most) => accounts.joinedSince(since, most),
    moderatorIds: () => accounts.idsWithRole(['moderator', 'coordinator']),
    personViews: (ids) => accounts.personViews(ids),
    notify: (userIds, notice) => queue.notices.notify(userIds, notice),
    changed: () => bus.emit('door.changed', {}),
  });
  bus.on('user.joined', () => void door.joined());
  const wordLists = createWordListsService({
    repository: createWordListsRepository(createWordListModels(connection)),
    personViews: (ids) => accounts.personViews(ids),
    audit,
    clock,
  });
  const models = createModerationModels(connection);
  const repository = createModerationRepository(models);
  const screening = createScreening({
    ...{ repository, bus, clock },
    look: (text) => wordLists.look(text),
    holds: () => community.holds(),
    mentioned: (count) => void door.mentioned(count),
  });
  const moderation = createModerationService({
    repository,
    subjects: {
      message: (actor, { id, roomId }) => {
        if (roomId === undefined) throw new AppError('not-found');
        return messages.pointAt(actor, roomId, id);
      },
      person: async (_actor, { id }) => {
        if (!(await accounts.personViews([id])).get(id)?.displayName) throw new AppError('not-found');
        return { aboutId: id, anonymous: false, roomId: null, messageId: null, excerpt: null, picked: [] };
      },
      ticket: (actor, { id }) => queue.tickets.pointAt(actor, id),
      talk: (actor, { id, picks }) => queue.talks.pointAt(actor, id, picks),
    },
    messages: {
      ...messages,
      async release(authorId, post) {
        const { role, displayName } = (await accounts.personViews([authorId])).get(authorId) ?? NOBODY;
        return messages.release({ ...NOBODY, id: authorId, role, displayName }, post);
      },
    },
    accounts,
    rooms: { names: (ids) => rooms.namesOf(ids) },
    rules: () => community.houseRules(),
    ...{ apart, audit, bus, clock, log },
  });
  const asking = createAsking({
    repository: createAskingRepository(models),
    askToJoin: () => community.askToJoin(),
    ...{ accounts, door, audit, bus, clock, log },
  });
  return { moderation, screening, wordLists, door, asking, caseAges: createCaseAges(models) };
}

interface Closable {
  accounts: AccountsService;
  rooms: RoomsService;
  moderation: ModerationService;
}

/** What stays open: her login, her language, her notices and the appeal. `me` and `abilities` answer at once and tell nothing new. */
export function closedServices<Services extends Closable>(services: Services, clock: Clock): Services {
  const { accounts, rooms, moderation, ...others } = services;
  const closed = Object.entries(others as Record<string, object>).map(([name, one]) => [name, closedTo(one, clock)]);
  return {
    ...(Object.fromEntries(closed) as Services),
    accounts: closedTo(accounts, clock, [
      ...(['me', 'sessions', 'setLocale', 'setExit', 'changePassword'] as const),
      ...(['endSession', 'signOut', 'signOutEverywhere'] as const),
    ]),
    rooms: closedTo(rooms, clock, ['abilities']),
    moderation: closedTo(moderation, clock, ['notices', 'notice', 'appeal', 'shutOut']),
  };
}
