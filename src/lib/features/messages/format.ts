// Times of messages in the reader's language, the same on server and device. For components of rooms and messages.
import { getLocale } from '#lib/i18n/generated/runtime.js';

/** The network lives in Germany; one zone for both sides, so a page does not change its times while it wakes up. */
export const TIME_ZONE = 'Europe/Berlin';

const made = new Map<string, Intl.DateTimeFormat>();
/** Making one is slow, and a page of messages needs a hundred. */
function write(at: string, name: string, options: Intl.DateTimeFormatOptions): string {
  const tag = getLocale() === 'en' ? 'en-GB' : getLocale();
  const known = made.get(tag + name) ?? new Intl.DateTimeFormat(tag, { timeZone: TIME_ZONE, ...options });
  made.set(tag + name, known);
  return known.format(new Date(at));
}

/** Hour and minute. */
export const clockTime = (at: string): string => write(at, 'clock', { hour: 'numeric', minute: '2-digit' });

/** Day, month and year. */
export const shortDate = (at: string): string => write(at, 'date', { dateStyle: 'medium' });

export const fullTime = (at: string): string => write(at, 'full', { dateStyle: 'full', timeStyle: 'short' });

/** Weekday, day and month; with the year when it is not this one. */
export function dayName(at: string, now = new Date()): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const sameYear = new Date(at).getUTCFullYear() === now.getUTCFullYear();
  return sameYear ? write(at, 'day', day) : write(at, 'day and year', { ...day, year: 'numeric' });
}
