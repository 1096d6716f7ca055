// A queue on a test database, with a clock that the test moves and drop-ins made in one line. Tests only.
import type { QueueOptions } from '#shared/office-hours.ts';
import type { DropInState } from '#shared/office-hours.states.ts';
import { QUEUE_DEFAULTS } from '#shared/office-hours.ts';
import type { NewNotice } from '#shared/notifications.ts';
import type { PersonView, Role } from '#shared/accounts.ts';
import type { CommunityLanguage } from '#shared/text/languages.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { AppError } from '../../server/domain/kernel/app-error.ts';
import { createEventBus } from '../../server/domain/kernel/event-bus.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import {
  createDropInsRepository,
  type DropInsRepository,
} from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import type { Ticket } from '../../server/domain/tickets/tickets.entities.ts';
import type { TicketEvents } from '../../server/domain/tickets/tickets.events.ts';
import { createTicketModels } from '../../server/domain/tickets/tickets.model.ts';
import { createTicketsRepository } from '../../server/domain/tickets/tickets.repository.ts';
import { createTicketsService } from '../../server/domain/tickets/tickets.service.ts';
import { openTestDatabase } from './database.ts';

const MINUTE = 60_000;
const START = new Date('2026-03-10T17:00:00Z');

interface SittingOptions {
  hosts?: { actor: Actor; languages: CommunityLanguage[] }[];
  state?: DropInState;
  capacity?: number;
  queue?: Partial<QueueOptions>;
  topics?: string[];
  place?: string | null;
  officeHoursId?: string;
  minutes?: number;
}

/** A drop-in that began at `startsAt`; hosts are checked in unless it is only planned. Answers its id. */
export async function makeSitting(dropIns: DropInsRepository, startsAt: Date, options: SittingOptions = {}) {
  const { hosts = [], state = 'open', queue, officeHoursId = newId(), place = 'Markt 1' } = options;
  const id = `${officeHoursId}-${startsAt.toISOString().slice(0, 10).replaceAll('-', '')}`;
  await dropIns.makeSure(
    {
      ...{ id, officeHoursId, startsAt, movedFrom: null, revision: 1, repeat: 'weekly', online: true, place },
      hostIds: hosts.map(({ actor }) => actor.id),
      topics: options.topics ?? ['jobs', 'schools'],
      languages: [...new Set(hosts.flatMap(({ languages }) => languages))],
      capacity: options.capacity ?? 100,
      minutesPerTalk: 15,
      queue: { ...QUEUE_DEFAULTS, ...queue },
      endsAt: new Date(startsAt.getTime() + (options.minutes ?? 180) * MINUTE),
      state: state === 'cancelled' ? 'cancelled' : 'planned',
    },
    startsAt,
  );
  if (state === 'open' || state === 'closing' || state === 'closed') {
    for (const { actor, languages } of hosts) await dropIns.checkIn(id, actor.id, languages, startsAt);
  }
  if (state === 'closing') await dropIns.stopTaking(id, startsAt);
  if (state === 'closed') await dropIns.close(id, startsAt);
  return id;
}

export type TestQueue = Awaited<ReturnType<typeof openQueue>>;

export async function openQueue() {
  const database = await openTestDatabase();
  const { connection } = database;
  const officeHours = createOfficeHoursModels(connection);
  const models = createTicketModels(connection);
  for (const model of [...Object.values(officeHours), ...Object.values(models)]) await model.createIndexes();
  const dropIns = createDropInsRepository(officeHours);
  const repository = createTicketsRepository(models);
  let time = START.getTime();
  const clock = { now: () => new Date(time) };
  const names = new Map<string, PersonView>();
  const talks: Ticket[] = [];
  const moved: Ticket[] = [];
  /** As the notices service keeps it: the same key once. */
  const told: (NewNotice & { userId: string })[] = [];
  const faults = { notify: false };
  const settled: { userId: string; ticketId: string }[] = [];
  const acts: { by: string; act: unknown }[] = [];
  const aProcess = () => {
    const bus = createEventBus<TicketEvents>(silentLogger);
    bus.on('ticket.moved', ({ ticket }) => void moved.push(ticket));
    return createTicketsService({
      tickets: repository,
      ...{ dropIns, bus, clock, log: silentLogger },
      audit: {
        record: (actor, act) =>
          Promise.resolve(void acts.push({ by: typeof actor === 'string' ? actor : actor.id, act })),
      },
      personViews: (ids) => Promise.resolve(new Map([...names].filter(([id]) => ids.includes(id)))),
      topicViews: (keys) =>
        Promise.resolve([...new Set(keys)].map((key) => ({ key, name: { de: key, en: key, ar: key, uk: key } }))),
      openTalk: (ticket) => Promise.resolve(void talks.push(ticket)),
      notify: (userIds, notice) => {
        if (faults.notify) return Promise.reject(new AppError('unavailable'));
        const fresh = userIds.filter((userId) => !told.some((one) => one.userId === userId && one.key === notice.key));
        for (const userId of fresh) told.push({ userId, ...notice });
        return Promise.resolve();
      },
      settle: (userId, ticketId) => Promise.resolve(void settled.push({ userId, ticketId })),
    });
  };

  const tickets = aProcess();
  const person = (displayName: string, role: Role = 'member', reads: CommunityLanguage[] = []): Actor => {
    const id = newId();
    names.set(id, { id, displayName, role, hue: 1 });
    return { id, role, userName: displayName.toLowerCase(), displayName, locale: 'en', sessionId: newId(), reads };
  };

  return {
    database,
    models,
    dropIns,
    repository,
    tickets,
    /** Another process on the same database: nothing of the first one's memory is in it. */
    another: aProcess,
    talks,
    moved,
    told,
    /** What fails as if the database were away. */
    faults,
    settled,
    /** What stands in the audit log. */
    acts,
    clock,
    /** Time goes on by so many minutes; hosts who are there were seen just now. */
    async pass(minutes: number, seen: Actor[] = []): Promise<void> {
      time += minutes * MINUTE;
      if (seen.length > 0)
        await dropIns.seen(
          seen.map(({ id }) => id),
          clock.now(),
        );
    },
    person,
    /** She takes a place; `input` is what commands about it need. */
    async join(dropInId: string, who = person('Noor'), more: object = {}) {
      const { ticketId } = await tickets.join(who, aPlace(dropInId, more));
      const input = { ticketId };
      return { who, ticketId, input, see: () => tickets.ticket(who, input) };
    },
    sitting: (options: SittingOptions = {}) => makeSitting(dropIns, clock.now(), options),
    close: () => database.close(),
  };
}

/** What a form sends. */
export const aPlace = (dropInId: string, more: object = {}) => ({
  ...{ dropInId, topic: 'jobs', words: '', languages: ['ar'], how: 'chat', firstName: '', windows: [] },
  ...more,
});
