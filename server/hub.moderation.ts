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
import { createModerationModels } from './domain/moderation/moderation.model.ts';
import { HOUSE_RULES } from './domain/moderation/moderation.policy.ts';
import { createModerationRepository } from './domain/moderation/moderation.repository.ts';
import { createModerationService, type ModerationService } from './domain/moderation/moderation.service.ts';
import { closedTo } from './domain/moderation/shut-out.ts';
import type { RoomsService } from './domain/rooms/rooms.service.ts';
import type { TalksService } from './domain/talks/talks.service.ts';

interface Wired {
  connection: Connection;
  accounts: AccountsService;
  messages: MessagesService;
  rooms: RoomsService;
  talks: TalksService;
  audit: AuditService;
  bus: Pick<EventBus<ModerationEvents>, 'emit'>;
  clock: Clock;
  log: Logger;
}

export function wireModeration({ connection, accounts, messages, rooms, talks, audit, bus, clock, log }: Wired) {
  return createModerationService({
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
      talk: (actor, { id, picks }) => talks.pointAt(actor, id, picks),
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
