// Until when it is quiet for her, by the clock on the wall in the hub's zone. Pure; the push sender asks it.
import { Temporal } from 'temporal-polyfill';
import { HUB_ZONE } from '#shared/office-hours.ts';

/** The end of the quiet hours that `now` is in; null: it is not quiet. Equal ends: all day, until the next such time. */
export function quietUntil({ quietFrom, quietTo }: { quietFrom: string; quietTo: string }, now: Date): Date | null {
  if (quietFrom === '' || quietTo === '') return null;
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(HUB_ZONE);
  const time = here.toPlainTime();
  const [from, to] = [Temporal.PlainTime.from(quietFrom), Temporal.PlainTime.from(quietTo)];
  const { compare } = Temporal.PlainTime;
  const [afterFrom, beforeTo] = [compare(time, from) >= 0, compare(time, to) < 0];
  if (compare(from, to) < 0 ? !(afterFrom && beforeTo) : !(afterFrom || beforeTo)) return null;
  const day = beforeTo ? here.toPlainDate() : here.toPlainDate().add({ days: 1 });
  return new Date(day.toZonedDateTime({ timeZone: HUB_ZONE, plainTime: to }).epochMilliseconds);
}
