// Days of the calendar in Germany as moments. Imported by services that are asked about days.

const ZONE = 'Europe/Berlin';
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hourCycle: 'h23',
  ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const),
});

/** How far the clocks in Germany are ahead of UTC at this moment, in ms. */
function ahead(time: number): number {
  const parts = new Map(clock.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) - time;
}

/** The first moment of a day (`YYYY-MM-DD`), or with `after` that of the day after it. */
export function startOfDay(day: string, after = false): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const midnight = Date.UTC(year, month - 1, date + (after ? 1 : 0));
  return new Date(midnight - ahead(midnight - ahead(midnight)));
}
