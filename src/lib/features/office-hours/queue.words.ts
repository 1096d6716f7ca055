// Words of queues that need more than one message: topics, languages, waits, states. For components of this area.
import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/generated/messages.js';
import { getLocale } from '#lib/i18n/generated/runtime.js';
import type { TopicView } from '#shared/office-hours.ts';
import type { DropInState } from '#shared/office-hours.states.ts';
import type { EstimateView, TicketState, TicketWay } from '#shared/tickets.ts';
import { languageDirection, languageName, type CommunityLanguage } from '#shared/text/languages.ts';

const tag = (): string => (getLocale() === 'en' ? 'en-GB' : getLocale());

export const topicName = ({ key, name }: TopicView): string =>
  key === 'other' ? m.queue_topic_other() : name[getLocale()] || key;

/** "Українська, Deutsch": each under its own name, with the commas of the page's language. */
export const languageList = (codes: readonly string[]): string =>
  new Intl.ListFormat(tag(), { type: 'conjunction', style: 'narrow' }).format(codes.map(languageName));
/** The same for "none of these": with "or". */
const anyOf = (codes: readonly string[]): string =>
  new Intl.ListFormat(tag(), { type: 'disjunction' }).format(codes.map(languageName));

/** Languages for Chips, each under its own name and in its own direction. */
export const languageOptions = (codes: readonly CommunityLanguage[]) =>
  codes.map((code) => ({ value: code, label: languageName(code), lang: code, dir: languageDirection(code) }));

/** "14:05", in the zone of the hub. Takes ISO 8601. */
export const clockTime = (iso: string): string =>
  new Intl.DateTimeFormat(tag(), { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' }).format(
    new Date(iso),
  );
/** The same with the day when it is not today. */
function soonTime(iso: string): string {
  const zone = { timeZone: 'Europe/Berlin' } as const;
  const day = (at: Date) => at.toLocaleDateString('en-CA', zone);
  if (day(new Date(iso)) === day(new Date())) return clockTime(iso);
  const parts = { ...zone, weekday: 'long', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(tag(), parts).format(new Date(iso));
}

/** "4 minutes", never seconds. */
export const inMinutes = (minutes: number): string =>
  new Intl.NumberFormat(tag(), { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(
    Math.max(1, Math.floor(minutes)),
  );

/** How long she waits. From 20 minutes on in steps of five, never narrower than it was said. */
export function estimateText(estimate: EstimateView, languages: readonly string[]): string {
  if (estimate.kind === 'unknown') return m.ticket_estimate_unknown();
  if (estimate.kind === 'window') return m.ticket_window({ time: clockTime(estimate.at) });
  if (estimate.kind === 'nobody') {
    const language = anyOf(languages);
    return estimate.until === null
      ? m.ticket_nobody({ language })
      : m.ticket_nobody_until({ language, time: soonTime(estimate.until) });
  }
  const coarse = estimate.from >= 20;
  const from = coarse ? Math.floor(estimate.from / 5) * 5 : estimate.from;
  const to = coarse ? Math.ceil(estimate.to / 5) * 5 : estimate.to;
  if (from < 3) return m.ticket_estimate_now({ to: formatNumber(to) });
  return m.ticket_estimate({ from: formatNumber(from), to: formatNumber(to) });
}

export const dropInStateText: Record<DropInState, () => string> = {
  planned: () => m.queue_state_planned(),
  open: () => m.queue_state_open(),
  closing: () => m.queue_state_closing(),
  closed: () => m.queue_state_closed(),
  cancelled: () => m.queue_state_cancelled(),
  missed: () => m.queue_state_missed(),
};

export const wayText: Record<TicketWay, () => string> = {
  chat: () => m.queue_how_chat(),
  phone: () => m.queue_how_phone(),
  place: () => m.queue_how_place(),
};

/** What her place is now, as the heading of its page and for the title of the window. */
export const ticketHeading: Record<TicketState, (host: string) => string> = {
  waiting: () => m.ticket_waiting(),
  paused: () => m.ticket_paused(),
  called: () => m.ticket_called(),
  talking: () => m.ticket_talking(),
  'not-found': () => m.ticket_not_found(),
  'handed-over': (host) => m.ticket_handed_over({ host }),
  done: () => m.ticket_done(),
  left: () => m.ticket_left(),
  expired: () => m.ticket_expired(),
  asked: () => m.ticket_asked(),
};
