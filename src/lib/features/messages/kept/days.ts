// Until when an answer may hold: days to choose from, and what a form sends. Pure; for pages where answers are checked.

const MONTHS = [3, 6, 12];
/** Noon in the middle of Europe's day, so that it is the same day for everybody there. */
const AT = 'T11:00:00.000Z';

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** The days some months from `now` (ms), as yyyy-mm-dd; the end of a short month is its last day. */
export function daysAhead(now: number): string[] {
  const today = new Date(now);
  return MONTHS.map((months) => {
    const there = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + months, 1));
    const last = new Date(Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + 1, 0)).getUTCDate();
    there.setUTCDate(Math.min(today.getUTCDate(), last));
    return day(there);
  });
}

/** The first day that can be chosen. */
export const tomorrow = (now: number): string => day(new Date(now + 86_400_000));

/** A chosen day as the hub takes it; what is no day stays as it is, and is refused there. */
export const momentOf = (chosen: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(chosen) ? chosen + AT : chosen);
