// What forms about office hours and drop-ins send, and the views of their pages. Both sides load it.
import * as v from 'valibot';
import type { PersonView } from './accounts.ts';
import { OFFICE_HOURS_LIMITS as LIMITS } from './office-hours.limits.ts';
import {
  dropInIdSchema,
  officeHoursIdSchema,
  QUEUE_DEFAULTS,
  REPEATS,
  type DropInView,
  type Repeat,
  type TopicView,
} from './office-hours.ts';
import type { DropInState } from './office-hours.states.ts';
import { COMMUNITY_LANGUAGES, type CommunityLanguage } from './text/languages.ts';

/** No controls, no direction overrides, no lone surrogates. */
const CLEAN = /^[^\p{Cc}\p{Co}\p{Cn}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u;
const line = (max: number) =>
  v.optional(v.pipe(v.string(), v.trim(), v.maxLength(max, 'too-long'), v.regex(CLEAN, 'invalid')), '');
const yes = v.union([
  v.boolean(),
  v.pipe(
    v.picklist(['on', 'true', '', 'false']),
    v.transform((value) => value === 'on' || value === 'true'),
  ),
]);
const number = ({ min, max }: { min: number; max: number }) =>
  v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.trim(), v.nonEmpty('empty'), v.toNumber())]),
    v.integer('invalid'),
    v.minValue(min, 'invalid'),
    v.maxValue(max, 'invalid'),
  );
const isDay = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};
/** A day of the calendar as yyyy-mm-dd. */
const day = v.pipe(
  v.string(),
  v.nonEmpty('empty'),
  v.regex(/^20\d{2}-\d{2}-\d{2}$/, 'invalid'),
  v.check(isDay, 'invalid'),
);
const noDay = v.pipe(
  v.optional(v.union([day, v.literal('')]), ''),
  v.transform((text) => text || null),
);
const time = v.pipe(v.string(), v.nonEmpty('empty'), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'invalid'));
const languages = v.pipe(
  v.array(v.picklist(COMMUNITY_LANGUAGES)),
  v.transform((chosen) => COMMUNITY_LANGUAGES.filter((code) => chosen.includes(code))),
);

const schedule = {
  repeat: v.picklist(REPEATS),
  /** 1 is Monday; of a weekly schedule. */
  weekday: v.optional(
    v.pipe(v.union([v.number(), v.pipe(v.string(), v.toNumber())]), v.integer(), v.minValue(1), v.maxValue(7)),
    1,
  ),
  /** The single date, or the first one of every second week. */
  date: noDay,
  from: time,
  to: time,
  until: noDay,
  /** Slugs of rooms. */
  topics: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'invalid'))),
    v.maxLength(LIMITS.topics - 1, 'too-long'),
  ),
  ownTopic: line(LIMITS.topic),
  languages: v.pipe(languages, v.minLength(1, 'empty')),
  where: v.picklist(['online', 'place', 'both']),
  place: line(LIMITS.place),
  capacity: number(LIMITS.capacity),
  minutesPerTalk: number(LIMITS.minutesPerTalk),
};
/** `clientId`: the same form sent twice makes one schedule. `open`: others may see first names and topics; only here. */
export const createOfficeHoursSchema = v.object({
  ...schedule,
  clientId: v.pipe(v.string(), v.uuid('invalid')),
  open: v.optional(yes, false),
  firstTimersFirst: v.optional(yes, false),
  cooldownMinutes: v.optional(number(LIMITS.cooldownMinutes), 0),
  comeMinutes: v.optional(number(LIMITS.comeMinutes), QUEUE_DEFAULTS.comeMinutes),
});
/** `revision`: of the schedule as the form showed it; another one meanwhile is a conflict. */
export const changeOfficeHoursSchema = v.object({
  ...schedule,
  officeHoursId: officeHoursIdSchema,
  revision: v.pipe(v.union([v.number(), v.pipe(v.string(), v.toNumber())]), v.integer(), v.minValue(1)),
});
export type ScheduleInput =
  v.InferOutput<typeof changeOfficeHoursSchema> | v.InferOutput<typeof createOfficeHoursSchema>;
export const byOfficeHoursSchema = v.object({ officeHoursId: officeHoursIdSchema });
export const followSchema = v.object({ officeHoursId: officeHoursIdSchema, on: yes });
/** New local date and times of one sitting. */
export const moveDropInSchema = v.object({ dropInId: dropInIdSchema, date: day, from: time, to: time });
export const holidaySchema = v.pipe(
  v.object({ officeHoursId: officeHoursIdSchema, from: day, to: day }),
  v.forward(
    v.check(({ from, to }) => from <= to, 'window'),
    ['to'],
  ),
);
export const dropHolidaySchema = v.object({ officeHoursId: officeHoursIdSchema, from: day, to: day });
/** Languages she speaks today; none chosen: all of the drop-in's. */
export const checkInSchema = v.object({ dropInId: dropInIdSchema, languages: v.optional(languages, []) });
/** `last`: she knows that it closes when she is the last one. */
export const checkOutSchema = v.object({ dropInId: dropInIdSchema, last: v.optional(yes, false) });
export const announceSchema = v.object({ dropInId: dropInIdSchema, text: line(LIMITS.announcement) });
export const publishSchema = v.object({ on: yes });
/** `week`: 0 is the seven days from today. Anything else in an address counts as not chosen. */
export const weekSchema = v.object({
  week: v.fallback(
    v.pipe(v.union([v.number(), v.pipe(v.string(), v.toNumber())]), v.integer(), v.minValue(0), v.maxValue(3)),
    0,
  ),
  language: v.fallback(v.nullable(v.picklist(COMMUNITY_LANGUAGES)), null),
  topic: v.fallback(v.nullable(v.pipe(v.string(), v.nonEmpty(), v.maxLength(60))), null),
});

export interface WeekView {
  open: DropInView[];
  /** Local days (yyyy-mm-dd) that have drop-ins; the first may be today. */
  days: { date: string; today: boolean; dropIns: DropInView[] }[];
  week: number;
  hasMore: boolean;
  /** What one may filter by: languages and topics of what is planned. */
  languages: CommunityLanguage[];
  topics: TopicView[];
  language: CommunityLanguage | null;
  topic: string | null;
  /** Strangers may read the week, without names of hosts. */
  published: boolean;
  abilities: { create: boolean; publish: boolean };
}
/** A drop-in as strangers may read it: nobody is named. */
export interface PublicDropInView {
  id: string;
  startsAt: string;
  endsAt: string;
  state: DropInState;
  topics: TopicView[];
  languages: CommunityLanguage[];
  online: boolean;
  place: string | null;
}
export interface PublicWeekView {
  open: PublicDropInView[];
  days: { date: string; today: boolean; dropIns: PublicDropInView[] }[];
}
/** A schedule as its hosts edit it. Dates and times are local, see HUB_ZONE. */
export interface OfficeHoursView {
  id: string;
  revision: number;
  hosts: PersonView[];
  repeat: Repeat;
  weekday: number;
  date: string;
  from: string;
  to: string;
  until: string | null;
  topics: string[];
  ownTopic: string;
  topicViews: TopicView[];
  languages: CommunityLanguage[];
  where: 'online' | 'place' | 'both';
  place: string;
  capacity: number;
  minutesPerTalk: number;
  open: boolean;
  holidays: { from: string; to: string }[];
  /** The next sitting, ISO 8601. */
  next: { dropInId: string; startsAt: string } | null;
  abilities: { manage: boolean; join: boolean; leave: boolean };
}
