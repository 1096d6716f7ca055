// Words and times of drop-ins in the reader's language. For the pages and components of office hours.
import { m } from '#lib/i18n/generated/messages.js';
import { getLocale } from '#lib/i18n/generated/runtime.js';
import type { NoticeKind } from '#shared/notifications.ts';
import { HUB_ZONE, READY_ANNOUNCEMENTS, type Repeat } from '#shared/office-hours.ts';
import type { DropInState } from '#shared/office-hours.states.ts';

export const STATE_NAMES: Record<DropInState, () => string> = {
  planned: m.drop_state_planned,
  open: m.drop_state_open,
  closing: m.drop_state_closing,
  closed: m.drop_state_closed,
  cancelled: m.drop_state_cancelled,
  missed: m.drop_state_missed,
};
export const REPEAT_NAMES: Record<Repeat, () => string> = {
  once: m.drop_repeat_once,
  weekly: m.drop_repeat_weekly,
  biweekly: m.drop_repeat_biweekly,
};
export const NOTICE_TEXTS: Record<NoticeKind, (inputs: { time: string }) => string> = {
  'drop-in.reminder': m.notice_reminder,
  'drop-in.host-reminder': m.notice_host_reminder,
  'drop-in.missed': m.notice_missed,
  'drop-in.cancelled': m.notice_cancelled,
  'drop-in.moved': m.notice_moved,
  'drop-in.still-there': m.notice_still_there,
  'office-hours.ended': m.notice_ended,
  'door.closed': m.notice_door,
  'ticket.soon': m.ticket_soon,
  'ticket.turn': m.ticket_called,
  'ticket.group': m.told_group,
  'ticket.not-found': m.told_not_found,
  'ticket.answered': m.told_answered,
};

export const READY_TEXTS: Record<(typeof READY_ANNOUNCEMENTS)[number], () => string> = {
  late: m.drop_announce_late,
  break: m.drop_announce_break,
  long: m.drop_announce_long,
};
const readyOf = (announcement: string) => READY_ANNOUNCEMENTS.find((word) => announcement === `:${word}`);
/** In the reader's language when it is a ready one, else as the host wrote it. */
export function announcementText(announcement: string): string {
  const ready = readyOf(announcement);
  return ready ? READY_TEXTS[ready]() : announcement;
}

/** As clocks and timetables in Germany have it, in every language. */
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const tag = (): string => (getLocale() === 'en' ? 'en-GB' : getLocale());
const write = (at: string | Date, options: Intl.DateTimeFormatOptions, timeZone = HUB_ZONE): string =>
  new Intl.DateTimeFormat(tag(), { timeZone, ...options }).format(new Date(at));

/** "18:00", in the zone of the schedule unless another one is given. */
export const clock = (iso: string, zone?: string): string => write(iso, CLOCK, zone);
/** "18:00–20:00" */
export const span = (from: string, to: string): string => `${clock(from)}–${clock(to)}`;
/** "Monday, 1 June". Takes ISO 8601 or yyyy-mm-dd. */
export const day = (at: string): string =>
  write(at.length === 10 ? `${at}T12:00:00Z` : at, { weekday: 'long', day: 'numeric', month: 'long' });
/** "Monday, 1 June, 18:00" */
export const dayAndClock = (iso: string): string => `${day(iso)}${getLocale() === 'ar' ? '،' : ','} ${clock(iso)}`;
/** 1 is Monday; 4 May 2026 was one. */
export const weekday = (number: number, style: 'short' | 'long'): string =>
  write(new Date(Date.UTC(2026, 4, 3 + number, 12)), { weekday: style });
/** For fields: yyyy-mm-dd and hh:mm, in every language the same. */
export const fieldDate = (iso: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: HUB_ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(iso),
  );
export const fieldTime = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: HUB_ZONE, hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
/** The reader's own zone, when her clock shows another time than the schedule's; else null. Browser only. */
export function herZone(iso: string): string | null {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return write(iso, { dateStyle: 'short', timeStyle: 'short' }, timeZone) ===
    write(iso, { dateStyle: 'short', timeStyle: 'short' })
    ? null
    : timeZone;
}
export const dayAndClockIn = (iso: string, zone: string): string => write(iso, { weekday: 'short', ...CLOCK }, zone);

/** The pages of this place. */
/** The way back from one drop-in. */
export const toWeek = () => [{ href: '/drop-in', label: m.drop_week(), current: false }];
export const ways = (here: string, create: boolean) =>
  [
    { href: '/drop-in', label: m.drop_week() },
    { href: '/talks', label: m.talk_list() },
    ...(create ? [{ href: '/drop-in/mine', label: m.drop_mine() }] : []),
    { href: '/drop-in/calendar', label: m.drop_calendar() },
    ...(create ? [{ href: '/figures', label: m.figures_title() }] : []),
  ].map((way) => ({ ...way, current: way.href === here }));
