// From drop-ins and schedules to what the actor may see of them. Only this area imports it.
import type { PersonView } from '#shared/accounts.ts';
import type { OfficeHoursView, PublicDropInView } from '#shared/office-hours.forms.ts';
import { OFFICE_HOURS_LIMITS as LIMITS } from '#shared/office-hours.limits.ts';
import { isOver } from '#shared/office-hours.states.ts';
import type { DropInView, TopicView } from '#shared/office-hours.ts';
import type { LocalizedText } from '#shared/locales.ts';
import type { DropIn } from './drop-ins.repository.ts';
import { weekdayOf } from './office-hours.calendar.ts';
import type { Parts, Who } from './office-hours.parts.ts';
import { canJoin, canLeave, canManage, dropInAbilities, stopsAt } from './office-hours.policy.ts';
import type { OfficeHours } from './office-hours.repository.ts';

const everywhere = (text: string): LocalizedText => ({ de: text, en: text, ar: text, uk: text });
const nobody = (id: string): PersonView => ({ id, displayName: '', role: 'member', hue: 0 });

export function topicViews(topics: readonly string[], names: ReadonlyMap<string, LocalizedText>): TopicView[] {
  return topics.map((key) => ({ key, name: names.get(key) ?? everywhere(key) }));
}

/** Schedules she follows at most; more she can neither read nor want. */
export const FOLLOWED = 300;

export type Views = ReturnType<typeof createViews>;

/** ms; a sitting is over then, whatever became of it. */
const LONGEST = (LIMITS.sitting.max + LIMITS.extendMost) * 60_000;

export function createViews(parts: Parts) {
  /** By the schedule's id. One that has begun is the next until it is over. */
  async function nextOf(schedules: readonly OfficeHours[]): Promise<Map<string, DropIn>> {
    const now = parts.clock.now();
    const next = new Map<string, DropIn>();
    if (schedules.length === 0) return next;
    const ids = schedules.map(({ id }) => id);
    const found = await parts.dropIns.ofOfficeHours(ids, new Date(now.getTime() - LONGEST), LIMITS.perHost * 6);
    for (const one of found) {
      if (!isOver(one) && one.endsAt > now && !next.has(one.officeHoursId)) next.set(one.officeHoursId, one);
    }
    return next;
  }

  return {
    async dropIns(actor: Who, found: readonly DropIn[], naming = parts.topicNames()): Promise<DropInView[]> {
      const now = parts.clock.now();
      const [names, people, followed] = await Promise.all([
        naming,
        parts.personViews(found.flatMap(({ hostIds, duty }) => [...hostIds, ...duty.map(({ userId }) => userId)])),
        parts.hours.followedBy(actor.id, FOLLOWED),
      ]);
      const person = (id: string) => people.get(id) ?? nobody(id);
      return found.map((one) => ({
        id: one.id,
        officeHoursId: one.officeHoursId,
        startsAt: one.startsAt.toISOString(),
        endsAt: one.endsAt.toISOString(),
        stopsAt: stopsAt(one).toISOString(),
        movedFrom: one.movedFrom?.toISOString() ?? null,
        state: one.state,
        repeat: one.repeat,
        hosts: one.hostIds.map(person),
        duty: one.duty.map(({ userId, languages, since }) => ({
          person: person(userId),
          languages: [...languages],
          since: since.toISOString(),
        })),
        topics: topicViews(one.topics, names),
        languages: [...one.languages],
        online: one.online,
        place: one.place,
        capacity: one.capacity,
        minutesPerTalk: one.minutesPerTalk,
        acceptsTickets: one.state === 'open',
        announcement: one.announcement,
        queue: { ...one.queue },
        askedToClose: one.askedAt !== null,
        following: followed.includes(one.officeHoursId),
        version: one.version,
        abilities: dropInAbilities(actor, one, now),
      }));
    },

    /** Nobody is named, not even by an id. */
    async publicDropIns(found: readonly DropIn[]): Promise<PublicDropInView[]> {
      const names = await parts.topicNames();
      return found.map((one) => ({
        id: one.id,
        startsAt: one.startsAt.toISOString(),
        endsAt: one.endsAt.toISOString(),
        state: one.state,
        topics: topicViews(one.topics, names),
        languages: [...one.languages],
        online: one.online,
        place: one.place,
      }));
    },

    async officeHours(actor: Who, found: readonly OfficeHours[]) {
      const [next, names, people] = await Promise.all([
        nextOf(found),
        parts.topicNames(),
        parts.personViews(found.flatMap(({ hostIds }) => hostIds)),
      ]);
      return found.map((one): OfficeHoursView => {
        const date = one.start.slice(0, 10);
        const upcoming = next.get(one.id);
        return {
          id: one.id,
          revision: one.revision,
          hosts: one.hostIds.map((id) => people.get(id) ?? nobody(id)),
          repeat: one.repeat,
          weekday: weekdayOf(date),
          date,
          from: one.start.slice(11, 16),
          to: one.end,
          until: one.until,
          topics: one.topics.filter((key) => names.has(key)),
          ownTopic: one.topics.find((key) => !names.has(key)) ?? '',
          topicViews: topicViews(one.topics, names),
          languages: [...one.languages],
          where: !one.online ? 'place' : one.place === null ? 'online' : 'both',
          place: one.place ?? '',
          capacity: one.capacity,
          minutesPerTalk: one.minutesPerTalk,
          open: one.queue.open,
          holidays: one.holidays.map(({ from, to }) => ({ from, to })),
          next: upcoming ? { dropInId: upcoming.id, startsAt: upcoming.startsAt.toISOString() } : null,
          abilities: {
            manage: canManage(actor, one).ok,
            join: canJoin(actor, one).ok,
            leave: canLeave(actor, one).ok,
          },
        };
      });
    },
  };
}
