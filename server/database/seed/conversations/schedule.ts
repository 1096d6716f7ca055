// When every message of the demo was written, counted back from now. Imported by the seed only.
import type { PersonKey } from '../people.ts';
import { BUREAUCRACY } from './bureaucracy.ts';
import { JOBS } from './jobs.ts';
import { SCHOOLS } from './schools.ts';
import type { SeedMessage } from './transcript.ts';

/** By the room's slug; the place in the list is part of the messages' ids, so new rooms go to the end. */
export const CONVERSATIONS: readonly { slug: string; messages: readonly SeedMessage[] }[] = [
  { slug: 'jobs', messages: JOBS },
  { slug: 'bureaucracy', messages: BUREAUCRACY },
  { slug: 'schools', messages: SCHOOLS },
];

export interface ScheduledMessage {
  slug: string;
  by: PersonKey;
  text: string;
  at: Date;
  /** The same at every run, so that a seed which was cut off goes on without doubles. */
  clientId: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** More than the oldest `ago` in a transcript: the dated days all lie before it, also shortly after midnight. */
const RECENT = 6 * 60 * MINUTE;

const berlin = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});

/** The wall clock in Berlin, to the minute, as if it were UTC. */
function wallClock(time: number): number {
  const parts = new Map(berlin.formatToParts(time).map((part) => [part.type, Number(part.value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
}

/** The instant at which Berlin's wall clock shows `wall`. Right for every hour but those of the change of the clocks. */
function instantOf(wall: number): number {
  const offsetAt = (time: number) => wallClock(time) - Math.floor(time / MINUTE) * MINUTE;
  return wall - offsetAt(wall - offsetAt(wall));
}

/** Every message of every room in the order of writing; dates in one room never go back. */
export function scheduleMessages(now: Date): ScheduledMessage[] {
  const lastMidnight = Math.floor(wallClock(now.getTime() - RECENT) / DAY) * DAY;
  const dateOf = (message: SeedMessage) =>
    'ago' in message
      ? now.getTime() - message.ago * MINUTE
      : instantOf(lastMidnight - message.day * DAY + message.minute * MINUTE);
  const all = CONVERSATIONS.flatMap(({ slug, messages }, room) =>
    messages.map((message, place) => ({
      slug,
      by: message.by,
      text: message.text,
      at: new Date(dateOf(message)),
      clientId: `5eed${hex(room + 1, 4)}-0000-4000-8000-${hex(place + 1, 12)}`,
    })),
  );
  return all.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
