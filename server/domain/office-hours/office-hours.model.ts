// Office hours, drop-ins and who follows: schemas and indexes. Imported by the office-hours repositories only.
import mongoose, { type Connection, type Types } from 'mongoose';
import { OFFICE_HOURS_LIMITS } from '#shared/office-hours.limits.ts';
import { REPEATS, type QueueOptions, type Repeat } from '#shared/office-hours.ts';
import { DROP_IN_STATES, type DropInState } from '#shared/office-hours.states.ts';
import type { Locale } from '#shared/locales.ts';
import type { CommunityLanguage } from '#shared/text/languages.ts';

/** One occurrence that is not as the rule says. `date`: its local day by the rule, yyyy-mm-dd. */
export type ExceptionDocument =
  | { date: string; kind: 'cancelled' }
  /** Local date and time, yyyy-mm-ddThh:mm; `newEnd` is hh:mm. */
  | { date: string; kind: 'moved'; newStart: string; newEnd: string };

/** What a drop-in takes over from its office hours. */
interface OfferDocument {
  hostIds: Types.ObjectId[];
  topics: string[];
  languages: CommunityLanguage[];
  online: boolean;
  place: string | null;
  capacity: number;
  minutesPerTalk: number;
  queue: QueueOptions;
}

export interface OfficeHoursDocument extends OfferDocument {
  _id: Types.ObjectId;
  createdBy: Types.ObjectId;
  /** Of the form that made it, so that it makes one however often it arrives. */
  clientId: string;
  zone: string;
  /** Local date and time of the first occurrence, yyyy-mm-ddThh:mm. */
  start: string;
  /** Local time, hh:mm; not after the start: on the next day. */
  end: string;
  repeat: Repeat;
  /** Last local day, yyyy-mm-dd. */
  until: string | null;
  exceptions: ExceptionDocument[];
  /** Local days, both included. */
  holidays: { from: string; to: string }[];
  /** Raised by every change: drop-ins made from an older one are made again. */
  revision: number;
  /** Drop-ins are made up to here; null: it is over, and everything that follows from that is done. */
  plannedUntil: Date | null;
  endedAt: Date | null;
  createdAt: Date;
}

export interface DutyDocument {
  userId: Types.ObjectId;
  languages: CommunityLanguage[];
  since: Date;
  seenAt: Date;
}

export interface DropInDocument extends OfferDocument {
  /** `<id of the office hours>-<yyyymmdd>`. */
  _id: string;
  officeHoursId: Types.ObjectId;
  repeat: Repeat;
  startsAt: Date;
  endsAt: Date;
  /** As the schedule has it; `endsAt` moves when hosts stay longer. */
  plannedEnd: Date;
  movedFrom: Date | null;
  state: DropInState;
  /** Revision of the office hours that it was made from. */
  revision: number;
  duty: DutyDocument[];
  announcement: string;
  version: number;
  /** The number that the next ticket gets. */
  nextNumber: number;
  /** Since when the last host is asked whether to close. */
  askedAt: Date | null;
  /** What the jobs have told already, see office-hours.telling.ts. */
  told: string[];
  changedAt: Date;
}

/** One row: what the community decided about the week. */
export interface WeekSettingDocument {
  _id: 'week';
  published: boolean;
}

/** Her private calendar: whoever has the address reads it, so only its hash is kept. */
export interface CalendarFeedDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  hash: string;
  locale: Locale;
  createdAt: Date;
}

export interface FollowDocument {
  _id: Types.ObjectId;
  officeHoursId: Types.ObjectId;
  userId: Types.ObjectId;
  since: Date;
}

const { ObjectId } = mongoose.Schema.Types;
const sub = <T>(definition: T) => new mongoose.Schema(definition as never, { _id: false });
const offer = {
  hostIds: { type: [ObjectId], required: true },
  topics: [String],
  languages: [String],
  online: { type: Boolean, required: true },
  place: { type: String, default: null },
  capacity: { type: Number, required: true },
  minutesPerTalk: { type: Number, required: true },
  queue: sub({
    open: Boolean,
    firstTimersFirst: Boolean,
    cooldownMinutes: Number,
    comeMinutes: Number,
    graceMinutes: Number,
  }),
  repeat: { type: String, enum: REPEATS, required: true },
  revision: { type: Number, required: true },
};
const options = { versionKey: false as const, minimize: false };

const officeHoursSchema = new mongoose.Schema<OfficeHoursDocument>(
  {
    ...offer,
    createdBy: { type: ObjectId, required: true },
    clientId: { type: String, required: true },
    zone: { type: String, required: true },
    start: { type: String, required: true },
    end: { type: String, required: true },
    until: { type: String, default: null },
    exceptions: [sub({ date: String, kind: String, newStart: String, newEnd: String })],
    holidays: [sub({ from: String, to: String })],
    plannedUntil: { type: Date, default: null },
    endedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
  },
  { ...options, collection: 'officeHours' },
);
officeHoursSchema.index({ createdBy: 1, clientId: 1 }, { unique: true });
// her own schedules
officeHoursSchema.index({ hostIds: 1, endedAt: 1, _id: 1 });
// over: kept as long as its drop-ins
officeHoursSchema.index({ endedAt: 1 }, { expireAfterSeconds: OFFICE_HOURS_LIMITS.keptDays * 24 * 60 * 60 });
// the job that plans ahead
officeHoursSchema.index({ plannedUntil: 1 });

const duty = sub({ userId: ObjectId, languages: [String], since: Date, seenAt: Date });
const dropInSchema = new mongoose.Schema<DropInDocument>(
  {
    ...offer,
    _id: { type: String, required: true },
    officeHoursId: { type: ObjectId, required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    plannedEnd: { type: Date, required: true },
    movedFrom: { type: Date, default: null },
    state: { type: String, enum: DROP_IN_STATES, required: true },
    duty: [duty],
    announcement: { type: String, default: '' },
    version: { type: Number, required: true },
    nextNumber: { type: Number, required: true },
    askedAt: { type: Date, default: null },
    told: [String],
    changedAt: { type: Date, required: true },
  },
  { ...options, collection: 'dropIns' },
);
// the week view and the jobs: by state and time
dropInSchema.index({ state: 1, startsAt: 1 });
dropInSchema.index({ startsAt: 1, _id: 1 });
// those of one schedule, in order
dropInSchema.index({ officeHoursId: 1, startsAt: 1 });
// hosts who are seen; who is on duty where
dropInSchema.index({ 'duty.userId': 1, state: 1 });
// what other processes changed
dropInSchema.index({ changedAt: 1 });
dropInSchema.index({ endsAt: 1 }, { expireAfterSeconds: OFFICE_HOURS_LIMITS.keptDays * 24 * 60 * 60 });

const followSchema = new mongoose.Schema<FollowDocument>(
  {
    officeHoursId: { type: ObjectId, required: true },
    userId: { type: ObjectId, required: true },
    since: { type: Date, required: true },
  },
  { ...options, collection: 'officeHoursFollows' },
);
followSchema.index({ officeHoursId: 1, userId: 1 }, { unique: true });
followSchema.index({ userId: 1, officeHoursId: 1 });

const weekSettingSchema = new mongoose.Schema<WeekSettingDocument>(
  { _id: { type: String, required: true }, published: { type: Boolean, required: true } },
  { ...options, collection: 'officeHoursSettings' },
);
const feedSchema = new mongoose.Schema<CalendarFeedDocument>(
  {
    userId: { type: ObjectId, required: true },
    hash: { type: String, required: true },
    locale: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { ...options, collection: 'calendarFeeds' },
);
feedSchema.index({ userId: 1 }, { unique: true });
feedSchema.index({ hash: 1 }, { unique: true });

export type OfficeHoursModels = ReturnType<typeof createOfficeHoursModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createOfficeHoursModels(connection: Connection) {
  return {
    officeHours: connection.model<OfficeHoursDocument>('OfficeHours', officeHoursSchema),
    dropIns: connection.model<DropInDocument>('DropIn', dropInSchema),
    follows: connection.model<FollowDocument>('OfficeHoursFollow', followSchema),
    settings: connection.model<WeekSettingDocument>('OfficeHoursSetting', weekSettingSchema),
    feeds: connection.model<CalendarFeedDocument>('CalendarFeed', feedSchema),
  };
}
