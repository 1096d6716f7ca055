// Times of day on the day of a drop-in, in the zone of the office hours. Pure; the tickets service uses it.
import { HUB_ZONE } from '#shared/office-hours.ts';

const DAY = 86_400_000;
const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: HUB_ZONE,
  hourCycle: 'h23',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
});

/** The wall clock at this moment, as if it were UTC. */
function wallClock(at: Date): number {
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The moment at which the wall clock shows hh:mm on the day of `day`; hours that the clocks skip count as an hour later. */
function momentOf(day: Date, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const midnight = Math.floor(wallClock(day) / DAY) * DAY;
  const wanted = midnight + (hours * 60 + minutes) * 60_000;
  const guess = new Date(wanted - (wallClock(day) - Math.floor(day.getTime() / 1000) * 1000));
  return new Date(guess.getTime() - (wallClock(guess) - wanted));
}

/** A window of hers inside the sitting; null when it lies outside. Sittings may go on after midnight. */
export function windowOf(
  { from, to }: { from: string; to: string },
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
): { from: Date; to: Date } | null {
  for (const day of [startsAt, new Date(startsAt.getTime() + DAY)]) {
    const window = { from: momentOf(day, from), to: momentOf(day, to) };
    if (window.from < window.to && window.to > startsAt && window.from < endsAt) return window;
  }
  return null;
}

/** hh:mm of a moment. */
export const timeOf = (at: Date): string => new Date(wallClock(at)).toISOString().slice(11, 16);
