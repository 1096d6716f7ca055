// When sittings take place: recurrence by the clock on the wall in the schedule's zone, so 18:00 stays 18:00. Pure.
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { OFFICE_HOURS_LIMITS } from '#shared/office-hours.limits.ts';
import type { OfficeHours } from './office-hours.repository.ts';

export type Rule = Pick<OfficeHours, 'zone' | 'start' | 'end' | 'repeat' | 'until' | 'exceptions' | 'holidays'>;
export interface Sitting {
  /** Local day by the rule, also when it was moved. */
  date: string;
  startsAt: Date;
  endsAt: Date;
  movedFrom: Date | null;
  cancelled: boolean;
}

/** A sitting may be moved so many days from where the rule has it. */
export const MOVED_DAYS = 28;
const dateOf = (instant: Temporal.ZonedDateTime): Date => new Date(instant.epochMilliseconds);
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Minutes by the clock; an end that is not after the start is on the next day. */
export function sittingMinutes(from: string, to: string): number {
  const minutes = minutesOf(to) - minutesOf(from);
  return minutes > 0 ? minutes : minutes + 24 * 60;
}

/** From local day and times to moments. A time that the change of clocks leaves out is an hour later; it never ends before it began. */
export function momentsOf(zone: string, date: string, from: string, to: string): { startsAt: Date; endsAt: Date } {
  const day = Temporal.PlainDate.from(date);
  const minutes = sittingMinutes(from, to);
  const endDay = minutesOf(to) > minutesOf(from) ? day : day.add({ days: 1 });
  const startsAt = dateOf(day.toZonedDateTime({ timeZone: zone, plainTime: from }));
  const endsAt = dateOf(endDay.toZonedDateTime({ timeZone: zone, plainTime: to }));
  return { startsAt, endsAt: endsAt > startsAt ? endsAt : new Date(startsAt.getTime() + minutes * 60_000) };
}

/** The local day of a moment, yyyy-mm-dd. */
export const localDay = (at: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
/** The moment at which a local day begins. */
export const startOfDay = (date: string, zone: string): Date =>
  dateOf(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone }));
export const addDays = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();
/** 1 is Monday. */
export const weekdayOf = (date: string): number => Temporal.PlainDate.from(date).dayOfWeek;

/** The first local day with this weekday whose sitting is not over. */
export function firstDay(now: Date, zone: string, weekday: number, from: string, to: string): string {
  const today = localDay(now, zone);
  const date = addDays(today, (weekday - weekdayOf(today) + 7) % 7);
  return momentsOf(zone, date, from, to).endsAt > now ? date : addDays(date, 7);
}

/** Local days of the rule in [from, to), both local days; holidays and exceptions are not looked at. */
function daysOf({ zone, start, repeat, until }: Rule, from: string, to: string): string[] {
  const first = start.slice(0, 10);
  const last = until ?? '9999';
  const inside = (date: string) => date >= from && date < to && date >= first && date <= last;
  if (repeat === 'once') return [first].filter(inside);
  // at noon, which every day has once
  const noon = (date: string) => Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: '12:00' });
  const rule = new RRuleTemporal({
    freq: 'WEEKLY',
    interval: repeat === 'weekly' ? 1 : 2,
    dtstart: noon(first),
    tzid: zone,
    temporal: Temporal,
  });
  const found = rule.between(dateOf(noon(from).subtract({ hours: 1 })), dateOf(noon(to)), true);
  return found.map((at) => at.toPlainDate().toString()).filter(inside);
}

/** All sittings that the rule has on local days in [from, to), cancelled ones and holidays included, moved ones where they are now. */
export function sittings(rule: Rule, from: string, to: string): Sitting[] {
  const time = rule.start.slice(11, 16);
  return daysOf(rule, from, to).map((date) => {
    const planned = momentsOf(rule.zone, date, time, rule.end);
    const exception = rule.exceptions.find((one) => one.date === date);
    const holiday = rule.holidays.some((span) => date >= span.from && date <= span.to);
    if (exception?.kind === 'moved') {
      const moved = momentsOf(
        rule.zone,
        exception.newStart.slice(0, 10),
        exception.newStart.slice(11, 16),
        exception.newEnd,
      );
      return { date, ...moved, movedFrom: planned.startsAt, cancelled: false };
    }
    return { date, ...planned, movedFrom: null, cancelled: holiday || exception?.kind === 'cancelled' };
  });
}

/** True when a sitting that takes place is still to end: within a year, which holds for every weekly rule. */
export function everHappens(rule: Rule, now: Date): boolean {
  const today = localDay(now, rule.zone);
  const first = rule.start.slice(0, 10);
  const from = addDays(first > today ? first : today, -MOVED_DAYS - 1);
  return sittings(rule, from, addDays(from, 366 + 2 * MOVED_DAYS)).some(
    ({ cancelled, endsAt }) => !cancelled && endsAt > now,
  );
}

/** Local days between which sittings are planned at `now`: moved ones come from further back. */
export function planWindow(now: Date, zone: string): { from: string; to: string } {
  const today = localDay(now, zone);
  return { from: addDays(today, -MOVED_DAYS - 1), to: addDays(today, OFFICE_HOURS_LIMITS.plannedDays) };
}
