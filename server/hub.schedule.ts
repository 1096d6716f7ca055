// Wires office hours, notices and the jobs of the hub. Only hub.ts imports it.
import type { Connection } from 'mongoose';
import { LIMITS } from '#shared/limits.ts';
import { spoken } from '#shared/rooms.forms.ts';
import { createJobModels } from './domain/jobs/jobs.model.ts';
import { createJobsRepository } from './domain/jobs/jobs.repository.ts';
import { createJobsService, type Job, type JobsService } from './domain/jobs/jobs.service.ts';
import type { Clock } from './domain/kernel/clock.ts';
import type { EventBus } from './domain/kernel/event-bus.ts';
import type { Logger } from './domain/kernel/logger.ts';
import type { NotificationEvents } from './domain/notifications/notifications.events.ts';
import { createNotificationModels } from './domain/notifications/notifications.model.ts';
import { createNotificationsRepository } from './domain/notifications/notifications.repository.ts';
import { createNoticesService, type NoticesService } from './domain/notifications/notices.service.ts';
import type { OfficeHoursEvents } from './domain/office-hours/office-hours.events.ts';
import type { OfficeHoursModels } from './domain/office-hours/office-hours.model.ts';
import {
  createOfficeHoursService,
  type OfficeHoursOptions,
  type OfficeHoursService,
} from './domain/office-hours/office-hours.service.ts';
import type { RoomsRepository } from './domain/rooms/rooms.repository.ts';

export interface ScheduleHub {
  notices: NoticesService;
  officeHours: OfficeHoursService;
  /** What happens by itself; main.ts starts it. */
  jobs: JobsService;
}
interface ScheduleParts {
  connection: Connection;
  models: OfficeHoursModels;
  personViews: OfficeHoursOptions['personViews'];
  /** Of other areas, run in the same turns. */
  moreJobs: readonly Job[];
  rooms: Pick<RoomsRepository, 'all'>;
  bus: EventBus<NotificationEvents & OfficeHoursEvents>;
  clock: Clock;
  log: Logger;
  origin: string;
}

export function wireSchedule({
  connection,
  models,
  personViews,
  rooms,
  moreJobs,
  ...kernel
}: ScheduleParts): ScheduleHub {
  const { bus, clock, log } = kernel;
  const repository = createNotificationsRepository(createNotificationModels(connection));
  const notices = createNoticesService({ notices: repository, bus, clock });
  const officeHours = createOfficeHoursService({
    ...kernel,
    models,
    // topics are seen by everybody, so rooms that not everybody may know of are none
    topicNames: async () => {
      const all = await rooms.all(LIMITS.rooms);
      const known = all.filter(({ access }) => access === 'open' || access === 'request');
      return new Map(known.map(({ slug, name }) => [slug, spoken(name)]));
    },
    personViews,
    notify: (userIds, notice) => notices.notify(userIds, notice),
  });
  const leases = createJobsRepository(createJobModels(connection));
  const jobs = createJobsService({ leases, jobs: [...officeHours.jobs, ...moreJobs], clock, log });
  return { notices, officeHours, jobs };
}
