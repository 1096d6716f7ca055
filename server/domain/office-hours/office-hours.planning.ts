// Makes the drop-ins of schedules, weeks ahead; any number of times, by any number of processes. Part of the office-hours service.
import { isOver } from '#shared/office-hours.states.ts';
import type { DropIn } from './drop-ins.repository.ts';
import { everHappens, planWindow, sittings, startOfDay } from './office-hours.calendar.ts';
import { keptFrom, type Parts } from './office-hours.parts.ts';
import type { OfficeHours } from './office-hours.repository.ts';

const DAY = 24 * 60 * 60_000;
/** Schedules and drop-ins looked at in one go. */
const BATCH = 200;

const dropInIdOf = (officeHoursId: string, date: string): string => `${officeHoursId}-${date.replaceAll('-', '')}`;

export function createPlanning(parts: Parts) {
  const { hours, dropIns, notify, bus, clock, log } = parts;
  const told = (changed: DropIn | null): void => {
    if (changed) bus.emit('drop-in.changed', { dropInId: changed.id, version: changed.version });
    if (changed?.state === 'cancelled') bus.emit('drop-in.cancelled', { dropInId: changed.id });
  };

  /** Nothing is left of a schedule that ended: those who follow are told once, then nobody follows it. */
  async function finish(schedule: OfficeHours, now: Date): Promise<void> {
    const left = await dropIns.staleOf(schedule.id, schedule.revision, new Date(now.getTime() - DAY), BATCH);
    const [next] = left.filter(({ startsAt }) => startsAt > now);
    if (next) {
      const params = { dropInId: next.id, startsAt: next.startsAt.toISOString() };
      let after: string | null = null;
      do {
        const followers = await hours.followers(schedule.id, after, BATCH);
        const near = followers.filter((id) => !keptFrom(parts, id, schedule.hostIds));
        await notify(near, { key: `ended:${schedule.id}`, kind: 'office-hours.ended', params });
        after = followers.length < BATCH ? null : (followers.at(-1) ?? null);
      } while (after !== null);
    }
    for (const one of left) {
      await dropIns.told(one, 'cancelled');
      told(await dropIns.cancel(one.id, now));
    }
    await hours.dropFollows(schedule.id);
    await hours.planned(schedule.id, schedule.revision, null);
  }

  /** Its drop-ins are as its newest revision says, up to OFFICE_HOURS_LIMITS.plannedDays ahead. */
  async function plan(schedule: OfficeHours): Promise<void> {
    const now = clock.now();
    if (schedule.endedAt) return finish(schedule, now);
    if (!everHappens(schedule, now)) {
      // its last sitting is over: it ends by itself, with nothing to tell
      const running = await dropIns.ofOfficeHours([schedule.id], new Date(now.getTime() - DAY), BATCH);
      const open = running.some((one) => one.endsAt > now && !isOver(one));
      if (!open) await hours.end(schedule.id, now);
      if (!open) return;
    }
    const { from, to } = planWindow(now, schedule.zone);
    const existing = await dropIns.ofOfficeHours([schedule.id], new Date(now.getTime() - DAY), BATCH);
    const known = new Map(existing.map((one) => [one.id, one]));
    for (const { date, startsAt, endsAt, movedFrom, cancelled } of sittings(schedule, from, to)) {
      const id = dropInIdOf(schedule.id, date);
      const old = known.get(id);
      if (endsAt <= now || old?.revision === schedule.revision) continue;
      const shifted = old?.state === 'planned' && old.startsAt.getTime() !== startsAt.getTime();
      const { hostIds, topics, languages, online, place, capacity, minutesPerTalk, queue, repeat, revision } = schedule;
      const offer = { hostIds, topics, languages, online, place, capacity, minutesPerTalk, queue, repeat, revision };
      const made = await dropIns.makeSure(
        {
          ...offer,
          id,
          officeHoursId: schedule.id,
          startsAt,
          endsAt,
          movedFrom: movedFrom ?? (shifted ? old.startsAt : null),
          state: cancelled ? 'cancelled' : 'planned',
        },
        now,
      );
      told(made);
    }
    for (const { id } of await dropIns.staleOf(schedule.id, schedule.revision, now, BATCH)) {
      told(await dropIns.cancel(id, now));
    }
    await hours.planned(schedule.id, schedule.revision, startOfDay(to, schedule.zone));
  }

  return {
    plan,
    /** The job: whatever is not planned far enough. One that fails does not keep the others. */
    async planAhead(): Promise<void> {
      const now = clock.now();
      // a day's rest: each schedule is planned once a day
      const horizon = new Date(startOfDay(planWindow(now, 'UTC').to, 'UTC').getTime() - DAY);
      for (const schedule of await hours.toPlan(horizon, BATCH)) {
        await plan(schedule).catch((error: unknown) => log.error({ err: error }, 'a schedule could not be planned'));
      }
    },
  };
}
