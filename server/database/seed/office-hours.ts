// The drop-ins of the demo: one open now, one in two hours, a week of others. Imported by the demo seed only.
import { isAppError } from '#shared/errors.ts';
import { HUB_ZONE } from '#shared/office-hours.ts';
import type { Actor } from '../../domain/kernel/actor.ts';
import type { SeedClock } from './clock.ts';
import type { PersonKey } from './people.ts';

/** What this part of the seed needs of the hub. */
export interface SeedOfficeHours {
  create(actor: Actor, input: unknown): Promise<{ id: string }>;
  joinHosts(actor: Actor, input: unknown): Promise<unknown>;
  checkIn(actor: Actor, input: unknown): Promise<unknown>;
  follow(actor: Actor, input: unknown): Promise<unknown>;
  seen(userIds: string[]): Promise<unknown>;
}

const MINUTE = 60_000;
/** Hosts of the demo are not at their phones: they count as seen for so long. */
const ON_DUTY_MINUTES = 120;

const clientId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const write = (tag: string, at: Date, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(tag, { timeZone: HUB_ZONE, ...options }).format(at);
const dayOf = (at: Date): string => write('en-CA', at, { year: 'numeric', month: '2-digit', day: '2-digit' });
const clockOf = (at: Date): string => write('en-GB', at, { hour: '2-digit', minute: '2-digit' });

const common = { until: '', ownTopic: '', where: 'online', place: '', capacity: 8, minutesPerTalk: 20 };
/** A single one by moments, on whole five minutes. */
function once(start: Date, minutes: number) {
  const at = new Date(Math.floor(start.getTime() / (5 * MINUTE)) * 5 * MINUTE);
  const end = new Date(at.getTime() + minutes * MINUTE);
  return { ...common, repeat: 'once', date: dayOf(at), from: clockOf(at), to: clockOf(end) };
}
const weekly = (weekday: number, from: string, to: string) => ({ ...common, repeat: 'weekly', weekday, from, to });

const WEEK: readonly { by: PersonKey; form: Record<string, unknown> }[] = [
  { by: 'parwin', form: { ...weekly(2, '17:00', '18:30'), topics: ['bureaucracy'], languages: ['fa', 'de'] } },
  { by: 'dilan', form: { ...weekly(3, '16:00', '17:30'), topics: ['schools'], languages: ['tr', 'ku', 'de'] } },
  {
    by: 'renate',
    form: {
      ...weekly(4, '10:00', '12:00'),
      topics: ['jobs', 'bureaucracy'],
      languages: ['de', 'en'],
      where: 'both',
      place: 'Bürgerhaus Am Wall',
    },
  },
  { by: 'amal', form: { ...weekly(6, '11:00', '12:00'), topics: ['jobs'], languages: ['ar', 'en', 'de'] } },
];

/** May run again after it was cut off: everything in it happens once. `clock` must be the hub's own clock. */
export async function setOfficeHours(
  hours: SeedOfficeHours,
  clock: SeedClock,
  actorOf: (key: PersonKey) => Actor,
  now: Date,
): Promise<void> {
  /** She shares it already, or a seed that was cut off long ago made it and it is over. */
  const unlessDone = async (run: Promise<unknown>): Promise<void> => {
    await run.catch((error: unknown) => {
      if (!isAppError(error) || (error.code !== 'conflict' && error.code !== 'not-found')) throw error;
    });
  };
  for (const [place, { by, form }] of WEEK.entries()) {
    await hours.create(actorOf(by), { ...form, clientId: clientId(place) });
  }

  const [oksana, hiba, amal] = [actorOf('oksana'), actorOf('hiba'), actorOf('amal')];
  const soon = await hours.create(amal, {
    ...once(new Date(now.getTime() + 120 * MINUTE), 90),
    topics: ['jobs'],
    languages: ['ar', 'en', 'de'],
    clientId: clientId(WEEK.length),
  });
  for (const key of ['nour', 'rima'] as const) {
    await unlessDone(hours.follow(actorOf(key), { officeHoursId: soon.id, on: true }));
  }

  const started = new Date(now.getTime() - 25 * MINUTE);
  const open = once(started, 120);
  const running = await hours.create(oksana, {
    ...open,
    topics: ['schools', 'bureaucracy', 'jobs'],
    languages: ['ar', 'uk', 'fa', 'ru', 'de'],
    clientId: clientId(WEEK.length + 1),
  });
  for (const key of ['hiba', 'parwin'] as const) {
    await unlessDone(hours.joinHosts(actorOf(key), { officeHoursId: running.id }));
  }
  const dropInId = `${running.id}-${open.date.replaceAll('-', '')}`;
  await unlessDone(hours.checkIn(oksana, { dropInId, languages: ['uk', 'ru', 'de'] }));
  await unlessDone(hours.checkIn(hiba, { dropInId, languages: ['ar', 'de'] }));
  clock.setNow(new Date(now.getTime() + ON_DUTY_MINUTES * MINUTE));
  await hours.seen([oksana.id, hiba.id]);
  clock.setNow(now);
}
