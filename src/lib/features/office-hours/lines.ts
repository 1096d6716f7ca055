// A schedule in one line: "Every Monday, 18:00–20:00". For the pages of office hours.
import { m } from '#lib/i18n/generated/messages.js';
import type { OfficeHoursView } from '#shared/office-hours.forms.ts';
import { day, weekday } from './words.ts';

type Line = Pick<OfficeHoursView, 'repeat' | 'weekday' | 'date' | 'from' | 'to'>;

export function scheduleLine({ repeat, weekday: number, date, from, to }: Line): string {
  const times = `${from}–${to}`;
  if (repeat === 'once') return `${day(date)}, ${times}`;
  const name = weekday(number, 'long');
  return repeat === 'weekly' ? m.drop_every({ day: name, times }) : m.drop_every_second({ day: name, times });
}
