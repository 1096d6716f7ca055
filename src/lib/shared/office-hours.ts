// Office hours (a mentor's schedule) and drop-ins (one sitting) as both sides know them: words, ids, views. Inputs: office-hours.forms.ts.
import * as v from 'valibot';
import type { PersonView } from './accounts.ts';
import type { LocalizedText } from './locales.ts';
import type { DropInState } from './office-hours.states.ts';
import type { CommunityLanguage } from './text/languages.ts';

export const REPEATS = ['once', 'weekly', 'biweekly'] as const;
export type Repeat = (typeof REPEATS)[number];

/** Schedules are written in this zone, whatever the zone of the server or of the mentor. */
export const HUB_ZONE = 'Europe/Berlin';

/** Id of the schedule and local date of the occurrence as first planned: making it twice makes one. */
export const dropInIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}-\d{8}$/, 'invalid'));
export const officeHoursIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
export const byDropInSchema = v.object({ dropInId: dropInIdSchema });

/** How the queue of a drop-in works; copied from its office hours when it is made. */
export interface QueueOptions {
  /** True: others see first names and topics. Only at creation; confidential unless she says so. */
  open: boolean;
  firstTimersFirst: boolean;
  /** Minutes between two tickets of one person; 0: none. */
  cooldownMinutes: number;
  comeMinutes: number;
  graceMinutes: number;
}
export const QUEUE_DEFAULTS: QueueOptions = {
  open: false,
  firstTimersFirst: false,
  cooldownMinutes: 0,
  comeMinutes: 3,
  graceMinutes: 3,
};

/** Announcements that every reader gets in her own language: kept as `:` and the word. Anything else is the host's own text. */
export const READY_ANNOUNCEMENTS = ['late', 'break', 'long'] as const;

/** A topic: a room's slug with the room's name, or the mentor's own words under themselves. */
export interface TopicView {
  key: string;
  name: LocalizedText;
}
export interface DutyView {
  person: PersonView;
  languages: CommunityLanguage[];
  since: string;
}
/** What the actor may do with a drop-in now. */
export interface DropInAbilities {
  /** She is one of its hosts. */
  host: boolean;
  checkIn: boolean;
  checkOut: boolean;
  /** She is the only one on duty: leaving closes it, so she is asked. */
  lastOne: boolean;
  stopTaking: boolean;
  takeAgain: boolean;
  close: boolean;
  extend: boolean;
  announce: boolean;
  /** Find out who is behind a number. */
  look: boolean;
  /** Change or cancel this sitting or the schedule. */
  manage: boolean;
}
/** One sitting as the actor sees it. Dates are ISO 8601 strings in UTC. */
export interface DropInView {
  id: string;
  officeHoursId: string;
  startsAt: string;
  endsAt: string;
  /** From then on no new tickets are taken by itself. */
  stopsAt: string;
  /** When it was to begin before it was moved. */
  movedFrom: string | null;
  state: DropInState;
  repeat: Repeat;
  hosts: PersonView[];
  duty: DutyView[];
  topics: TopicView[];
  languages: CommunityLanguage[];
  online: boolean;
  place: string | null;
  capacity: number;
  minutesPerTalk: number;
  acceptsTickets: boolean;
  announcement: string;
  queue: QueueOptions;
  /** The last host on duty was asked whether she is still there, or whether to close. */
  askedToClose: boolean;
  following: boolean;
  /** Rises with every change of the drop-in. */
  version: number;
  abilities: DropInAbilities;
}
