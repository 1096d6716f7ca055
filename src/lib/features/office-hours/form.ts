// What the form of office hours shows at first. For the form and the pages around it.
import type { OfficeHoursView } from '#shared/office-hours.forms.ts';

/** By the names of the fields; lists are joined by commas. */
export type ScheduleValues = Record<string, string>;

/** Two hours in the evening, a talk of twenty minutes, eight women: what most will leave as it is. */
const FRESH: ScheduleValues = {
  repeat: 'weekly',
  weekday: '1',
  from: '17:00',
  to: '19:00',
  where: 'online',
  capacity: '8',
  minutesPerTalk: '20',
};
export const freshValues = (languages: readonly string[]): ScheduleValues => ({
  ...FRESH,
  languages: languages.join(','),
});
export const valuesOf = (schedule: OfficeHoursView): ScheduleValues => ({
  revision: String(schedule.revision),
  repeat: schedule.repeat,
  weekday: String(schedule.weekday),
  date: schedule.date,
  from: schedule.from,
  to: schedule.to,
  until: schedule.until ?? '',
  topics: schedule.topics.join(','),
  ownTopic: schedule.ownTopic,
  languages: schedule.languages.join(','),
  where: schedule.where,
  place: schedule.place,
  capacity: String(schedule.capacity),
  minutesPerTalk: String(schedule.minutesPerTalk),
});
