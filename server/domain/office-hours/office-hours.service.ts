// The office-hours service: composes its verbs. The hub makes one; every door comes here, jobs included.
import type { Job } from '../jobs/jobs.service.ts';
import { createDropInsRepository } from './drop-ins.repository.ts';
import { createFeedsRepository } from './feeds.repository.ts';
import { createDuty } from './office-hours.duty.ts';
import { createFeeds } from './office-hours.feeds.ts';
import type { OfficeHoursModels } from './office-hours.model.ts';
import type { Parts } from './office-hours.parts.ts';
import { createPlanning } from './office-hours.planning.ts';
import { createOfficeHoursRepository } from './office-hours.repository.ts';
import { createSchedules } from './office-hours.schedules.ts';
import { createTime } from './office-hours.time.ts';
import { createViews } from './office-hours.views.ts';
import { createWeek } from './office-hours.week.ts';

export type OfficeHoursService = ReturnType<typeof createOfficeHoursService>;
export interface OfficeHoursOptions extends Omit<Parts, 'hours' | 'dropIns' | 'feeds'> {
  models: OfficeHoursModels;
}

const PLAN_EVERY_MS = 60_000;
const PASS_EVERY_MS = 5_000;

export function createOfficeHoursService({ models, ...options }: OfficeHoursOptions) {
  const parts: Parts = {
    ...options,
    hours: createOfficeHoursRepository(models),
    dropIns: createDropInsRepository(models),
    feeds: createFeedsRepository(models),
  };
  const views = createViews(parts);
  const planning = createPlanning(parts);
  const jobs: Job[] = [
    { name: 'office-hours.plan', everyMs: PLAN_EVERY_MS, run: planning.planAhead },
    { name: 'office-hours.time', everyMs: PASS_EVERY_MS, run: createTime(parts).passTime },
  ];
  return {
    ...createSchedules(parts, views, planning),
    ...createDuty(parts),
    ...createWeek(parts, views),
    ...createFeeds(parts),
    jobs,
  };
}
