// Drop-ins as a calendar file, in neutral words: whoever looks over her shoulder sees an appointment and no more. Pure.
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Locale } from '#shared/locales.ts';
import type { DropIn } from './drop-ins.repository.ts';

const APPOINTMENT: Record<Locale, string> = {
  de: 'Termin',
  en: 'Appointment',
  ar: 'موعد',
  uk: 'Зустріч',
};
const NOTES: Record<Locale, string> = { de: 'Notizen', en: 'Notes', ar: 'ملاحظات', uk: 'Нотатки' };

/** RFC 5545; moments in UTC, so that no program has to know the rules of our clocks. No topics, no names. */
export function calendarFile(dropIns: readonly DropIn[], locale: Locale, origin: string): string {
  const calendar = ical({
    name: NOTES[locale],
    prodId: { company: 'Strong Together', product: 'Notes', language: locale.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 60 * 60,
  });
  for (const { id, startsAt, endsAt, place, state, version, changedAt } of dropIns) {
    const event = calendar.createEvent({
      id: `${id}@${new URL(origin).hostname}`,
      start: startsAt,
      end: endsAt,
      stamp: changedAt,
      lastModified: changedAt,
      sequence: version,
      summary: APPOINTMENT[locale],
      url: `${origin}/drop-in/${id}`,
      status: state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
    if (place !== null) event.location(place);
  }
  return calendar.toString();
}
