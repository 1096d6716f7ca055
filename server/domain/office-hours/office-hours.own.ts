// Office hours as those see them who set them. Part of the office-hours service.
import { byOfficeHoursSchema, type OfficeHoursView } from '#shared/office-hours.forms.ts';
import { OFFICE_HOURS_LIMITS as LIMITS } from '#shared/office-hours.limits.ts';
import type { TopicView } from '#shared/office-hours.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { hoursOf, type Parts } from './office-hours.parts.ts';
import { canCreate } from './office-hours.policy.ts';
import type { Views } from './office-hours.views.ts';

export function createOwn(parts: Parts, views: Views) {
  return {
    /** Her own schedules that are not over. Raises 'forbidden'. */
    async mine(actor: Actor): Promise<OfficeHoursView[]> {
      insist(canCreate(actor));
      return views.officeHours(actor, await parts.hours.ofHost(actor.id, LIMITS.perHost));
    },

    /** What she may choose as topics. Raises 'forbidden'. */
    async topicChoices(actor: Actor): Promise<TopicView[]> {
      insist(canCreate(actor));
      return [...(await parts.topicNames())].map(([key, name]) => ({ key, name }));
    },

    /** One schedule, for those who may see schedules. Raises 'forbidden', 'not-found'. */
    async schedule(actor: Actor, input: unknown): Promise<OfficeHoursView> {
      insist(canCreate(actor));
      const { officeHoursId } = parse(byOfficeHoursSchema, input);
      const schedule = await hoursOf(parts, officeHoursId);
      const [view] = await views.officeHours(actor, [schedule]);
      if (!view || schedule.endedAt) throw new AppError('not-found');
      return view;
    },
  };
}
