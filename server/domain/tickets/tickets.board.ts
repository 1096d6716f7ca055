// A drop-in with all that holds a place in it, ordered and estimated: what every view is made from. Part of the tickets service.
import type { PersonView } from '#shared/accounts.ts';
import type { TopicView } from '#shared/office-hours.ts';
import type { EstimateView } from '#shared/tickets.ts';
import { AppError } from '../kernel/app-error.ts';
import type { DropIn } from '../office-hours/drop-ins.repository.ts';
import { estimates } from './tickets.estimate.ts';
import { byOrder, placesBefore, sharesLanguage } from './tickets.order.ts';
import type { TicketsServiceParts } from './tickets.parts.ts';
import type { Ticket } from './tickets.entities.ts';

export interface Board {
  dropIn: DropIn;
  /** Grows with every board of this process, and across restarts. */
  version: number;
  now: Date;
  tickets: Ticket[];
  /** Questions that were left at other sittings of these office hours. */
  asked: Ticket[];
  /** Those who wait, in their order. */
  ordered: Ticket[];
  before: Map<string, number>;
  estimates: Map<string, EstimateView>;
  people: Map<string, PersonView>;
  topics: Map<string, TopicView>;
}

const LENGTHS = 20;
const LENGTHS_MS = 10_000;
const EXPECTED_MS = 30_000;
const DAY = 86_400_000;
const MINUTE = 60_000;

export type Boards = ReturnType<typeof createBoards>;

export function createBoards({ tickets, dropIns, clock, personViews, topicViews }: TicketsServiceParts) {
  let version = 0;
  const memory = new Map<string, { value: Promise<unknown>; at: number }>();

  /** Slow knowledge, asked for at most every `ms`. */
  function kept<T>(key: string, ms: number, load: () => Promise<T>): Promise<T> {
    const now = clock.now().getTime();
    const found = memory.get(key);
    if (found && Math.abs(now - found.at) < ms) return found.value as Promise<T>;
    if (memory.size > 1_000) memory.clear();
    const value = load();
    memory.set(key, { value, at: now });
    value.catch(() => memory.delete(key));
    return value;
  }

  /** Minutes from a call to the end of its talk, oldest first. */
  const lengthsOf = (officeHoursId: string): Promise<number[]> =>
    kept(`lengths ${officeHoursId}`, LENGTHS_MS, async () => {
      const done = await tickets.doneOf(officeHoursId, LENGTHS);
      return done
        .filter(({ grouped }) => !grouped)
        .flatMap(({ calledAt, endedAt }) =>
          calledAt && endedAt ? [(endedAt.getTime() - calledAt.getTime()) / MINUTE] : [],
        )
        .reverse();
    });
  const plannedSoon = (): Promise<DropIn[]> =>
    kept('planned', EXPECTED_MS, async () => {
      const now = clock.now();
      const soon = await dropIns.between(now, new Date(now.getTime() + 7 * DAY), 100);
      return soon.filter(({ state }) => state === 'planned');
    });

  return {
    async load(dropInId: string): Promise<Board> {
      version = Math.max(version + 1, clock.now().getTime());
      const stamp = version;
      const dropIn = await dropIns.byId(dropInId);
      if (!dropIn) throw new AppError('not-found');
      const [all, elsewhere, lengths, planned] = await Promise.all([
        tickets.board(dropInId),
        tickets.askedIn(dropIn.officeHoursId, 50),
        lengthsOf(dropIn.officeHoursId),
        plannedSoon(),
      ]);
      const asked = elsewhere.filter((ticket) => ticket.dropInId !== dropInId);
      const now = clock.now();
      const running = dropIn.state === 'open' || dropIn.state === 'closing';
      const duty = running ? dropIn.duty : [];
      const ordered = all.filter(({ state }) => state === 'waiting').sort(byOrder(dropIn.queue));
      const before = placesBefore(
        ordered,
        duty.map(({ languages }) => languages),
      );
      const busy = new Map(
        all.flatMap(({ heldBy, calledAt, joinedAt }) => (heldBy ? [[heldBy, calledAt ?? joinedAt]] : [])),
      );
      const said = estimates({
        ordered,
        hosts: duty.map(({ userId, languages }) => ({ languages, busySince: busy.get(userId) ?? null })),
        lengths,
        now,
        expected: (languages) =>
          planned.find((one) => one.languages.some((language) => sharesLanguage([language], languages)))?.startsAt ??
          null,
      });
      const people = [...dropIn.hostIds, ...all.flatMap(({ hostId }) => hostId ?? [])];
      const topics = await topicViews([...dropIn.topics, ...[...all, ...asked].map(({ topic }) => topic)]);
      return {
        ...{ dropIn, version: stamp, now, tickets: all, asked, ordered },
        before: new Map(ordered.map(({ id }, index) => [id, before[index] ?? 0])),
        estimates: new Map(ordered.map(({ id }, index) => [id, said[index] ?? { kind: 'unknown' }])),
        people: await personViews([...new Set(people)]),
        topics: new Map(topics.map((topic) => [topic.key, topic])),
      };
    },
  };
}
