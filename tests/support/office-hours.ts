// The office-hours area with notices and jobs on a test database, with a clock that tests move. Tests only.
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { createJobModels } from '../../server/domain/jobs/jobs.model.ts';
import { createJobsRepository } from '../../server/domain/jobs/jobs.repository.ts';
import { createJobsService } from '../../server/domain/jobs/jobs.service.ts';
import { createEventBus } from '../../server/domain/kernel/event-bus.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { createNotificationModels } from '../../server/domain/notifications/notifications.model.ts';
import { createNotificationsRepository } from '../../server/domain/notifications/notifications.repository.ts';
import { createNoticesService } from '../../server/domain/notifications/notices.service.ts';
import type { NotificationEvents } from '../../server/domain/notifications/notifications.events.ts';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import type { OfficeHoursEvents } from '../../server/domain/office-hours/office-hours.events.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { createOfficeHoursService } from '../../server/domain/office-hours/office-hours.service.ts';
import { openTestDatabase } from './database.ts';

/** Scheme and host of the hub that these tests pretend to be. */
export const ORIGIN = 'https://hub.example.org';
const text = (word: string) => ({ de: word, en: word, ar: word, uk: word });
const TOPICS = new Map([
  ['jobs', text('Jobs')],
  ['schools', text('Schools')],
]);

export interface MovedClock {
  now(): Date;
  set(iso: string): void;
  move(minutes: number): void;
}
function movedClock(iso: string): MovedClock {
  let at = new Date(iso);
  return {
    now: () => new Date(at),
    set: (next) => void (at = new Date(next)),
    move: (minutes) => void (at = new Date(at.getTime() + minutes * 60_000)),
  };
}

type Recorded = { name: keyof OfficeHoursEvents } & Record<string, unknown>;

function createProcess(connection: mongoose.Connection, clock: MovedClock) {
  const bus = createEventBus<OfficeHoursEvents & NotificationEvents>(silentLogger);
  const events: Recorded[] = [];
  const names = [
    'drop-in.opened',
    'drop-in.closing',
    'drop-in.closed',
    'drop-in.missed',
    'duty.began',
    'duty.ended',
  ] as const;
  for (const name of names) bus.on(name, (event) => events.push({ name, ...event }));
  const notifications = createNoticesService({
    notices: createNotificationsRepository(createNotificationModels(connection)),
    bus,
    clock,
  });
  const models = createOfficeHoursModels(connection);
  const officeHours = createOfficeHoursService({
    models,
    topicNames: () => Promise.resolve(TOPICS),
    personViews: (ids) =>
      Promise.resolve(
        new Map(ids.map((id) => [id, { id, displayName: `Name ${id}`, role: 'mentor' as const, hue: 1 }])),
      ),
    notify: (userIds, notice) => notifications.notify(userIds, notice),
    bus,
    clock,
    log: silentLogger,
    origin: ORIGIN,
    audit: { record: () => Promise.resolve() },
  });
  const leases = createJobsRepository(createJobModels(connection));
  const jobs = createJobsService({ leases, jobs: officeHours.jobs, clock, log: silentLogger });
  return {
    connection,
    officeHours,
    notifications,
    dropIns: createDropInsRepository(models),
    models,
    leases,
    jobs,
    bus,
    events,
  };
}

/** One process on a database of its own; `another` is a second process on the same one. */
export async function openOfficeHours(now: string) {
  const database = await openTestDatabase();
  const clock = movedClock(now);
  const first = createProcess(database.connection, clock);
  for (const name of database.connection.modelNames()) await database.connection.model(name).createIndexes();
  const others: mongoose.Connection[] = [];
  return {
    ...first,
    clock,
    /** Time passes in steps of the given minutes, with the jobs run after each. */
    async pass(minutes: number, step = minutes): Promise<void> {
      for (let passed = 0; passed < minutes; passed += step) {
        clock.move(step);
        await first.jobs.tick();
      }
    },
    async another(monitor = false) {
      const hosts = database.connection
        .getClient()
        .options.hosts.map(({ socketPath, host, port }) =>
          socketPath === undefined ? `${host}:${port}` : encodeURIComponent(socketPath),
        );
      const uri = process.env.MONGODB_URI ?? `mongodb://${hosts.join(',')}/?directConnection=true`;
      const settings = { dbName: database.connection.name, autoIndex: false, autoCreate: false, bufferCommands: false };
      const own = await mongoose.createConnection(uri, { ...settings, monitorCommands: monitor }).asPromise();
      others.push(own);
      return createProcess(own, clock);
    },
    async close(): Promise<void> {
      for (const own of others) await own.close();
      await database.close();
    },
  };
}

/** What the form of office hours sends: every Monday from six to eight in the evening, unless said otherwise. */
export const aSchedule = (more: Record<string, unknown> = {}) => ({
  clientId: randomUUID(),
  repeat: 'weekly',
  weekday: '1',
  date: '',
  from: '18:00',
  to: '20:00',
  until: '',
  topics: ['jobs'],
  ownTopic: '',
  languages: ['ar', 'de'],
  where: 'online',
  place: '',
  capacity: '8',
  minutesPerTalk: '20',
  ...more,
});
