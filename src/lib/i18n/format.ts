// Dates, numbers and durations as the reader's language writes them. Pages and components import it.
import { getLocale } from './generated/runtime.js';

/** British English: day before month, as everything around the reader in Germany has it. */
const tag = (): string => (getLocale() === 'en' ? 'en-GB' : getLocale());

/** The hub is in Germany, and so are its opening hours: server and browser show the same clock. */
const timeZone = 'Europe/Berlin';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const formatNumber = (value: number): string => new Intl.NumberFormat(tag()).format(value);

/** "12 May 2026". Takes ISO 8601. */
export const formatDate = (iso: string): string =>
  new Intl.DateTimeFormat(tag(), { timeZone, day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso));

/** "12 May, 14:05". Takes ISO 8601. */
export const formatDateTime = (iso: string): string =>
  new Intl.DateTimeFormat(tag(), {
    timeZone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(iso));

/** "40 seconds", "5 minutes", "2 hours", with the plurals of the language; rounded up. Takes seconds. */
export function formatDuration(seconds: number): string {
  const [unit, size] = seconds < 90 ? ['second', 1] : seconds < 90 * MINUTE ? ['minute', MINUTE] : ['hour', HOUR];
  const parts = { style: 'unit', unit: String(unit), unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(tag(), parts).format(Math.ceil(seconds / Number(size)));
}

/** "7 days". */
export const formatDays = (days: number): string =>
  new Intl.NumberFormat(tag(), { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days);

/** "5 minutes ago", "yesterday", from a week on the date. `now` in ms. Takes ISO 8601. */
export function formatRelative(iso: string, now: number): string {
  const seconds = Math.min(0, Math.round((Date.parse(iso) - now) / 1000));
  const relative = new Intl.RelativeTimeFormat(tag(), { numeric: 'auto' });
  if (seconds > -MINUTE) return relative.format(0, 'second');
  if (seconds > -HOUR) return relative.format(Math.trunc(seconds / MINUTE), 'minute');
  if (seconds > -DAY) return relative.format(Math.trunc(seconds / HOUR), 'hour');
  if (seconds > -7 * DAY) return relative.format(Math.trunc(seconds / DAY), 'day');
  return formatDate(iso);
}
