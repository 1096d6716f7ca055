// A drop-in with all that holds a place in it, ordered and estimated: what every view is made from. Part of the tickets service.
import type { PersonView } from '#shared/accounts.ts';
import type { TopicView } from '#shared/office-hours.ts';
import { isRunning } from '#shared/office-hours.states.ts';
import type { EstimateView } from '#shared/tickets.ts';
import { AppError } from '../kernel/app-error.ts';
import { createMemory } from '../kernel/memory.ts';
import type { DropIn } from '../office-hours/drop-ins.repository.ts';
import { estimates } from './tickets.estimate.ts';
import type { Lineups } from './tickets.lineup.ts';
import { byOrder, placesBefore, sharesLanguage } from './tickets.order.ts';
import type { TicketsServiceParts } from './tickets.parts.ts';
import type { Ticket } from './tickets.entities.ts';

interface Line {
  dropIn: DropIn;
  /** Who serves it at the moment. */
  duty: DropIn['duty'];
  tickets: Ticket[];
  /** Those who wait, in their order. */
  ordered: Ticket[];
  before: Map<string, number>;
}
export interface Board extends Omit<Line, 'duty'> {
  /** Grows with every board of this process, and across restarts. */
  version: number;
  now: Date;
  /** Questions that were left at other sittings of these office hours. */
  asked: Ticket[];
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

export function createBoards(parts: TicketsServiceParts, { places }: Pick<Lineups, 'places'>) {
  const { tickets, dropIns, clock, personViews, topicViews } = parts;
  let version = 0;
  const lengths = createMemory<number[]>({ clock, ms: LENGTHS_MS, most: 1_000 });
  const planned = createMemory<DropIn[]>({ clock, ms: EXPECTED_MS, most: 1 });

  /** Minutes from a call to the end of its talk, oldest first. */
  const lengthsOf = (officeHoursId: string): Promise<number[]> =>
    lengths.get(officeHoursId, async () => {
      const done = await tickets.doneOf(officeHoursId, LENGTHS);
      return done
        .filter(({ grouped }) => !grouped)
        .flatMap(({ calledAt, endedAt }) =>
          calledAt && endedAt ? [(endedAt.getTime() - calledAt.getTime()) / MINUTE] : [],
        )
        .reverse();
    });
  const plannedSoon = (): Promise<DropIn[]> =>
    planned.get('', async () => {
      const now = clock.now();
      const soon = await dropIns.between(now, new Date(now.getTime() + 7 * DAY), 100);
      return soon.filter(({ state }) => state === 'planned');
    });

  async function lineOf(dropInId: string, from: Lineups['places']): Promise<Line> {
    const [dropIn, all] = await Promise.all([dropIns.byId(dropInId), from(dropInId)]);
    if (!dropIn) throw new AppError('not-found');
    const duty = isRunning(dropIn) ? dropIn.duty : [];
    const ordered = all.filter(({ state }) => state === 'waiting').sort(byOrder(dropIn.queue));
    const before = placesBefore(
      ordered,
      duty.map(({ languages }) => languages),
    );
    return {
      ...{ dropIn, duty, tickets: all, ordered },
      before: new Map(ordered.map(({ id }, index) => [id, before[index] ?? 0])),
    };
  }

  async function boardOf(dropInId: string, from: Lineups['places']): Promise<Board> {
    version = Math.max(version + 1, clock.now().getTime());
    const stamp = version;
    const { dropIn, duty, tickets: all, ordered, before } = await lineOf(dropInId, from);
    const [elsewhere, recent, soon] = await Promise.all([
      tickets.askedIn(dropIn.officeHoursId, 50),
      lengthsOf(dropIn.officeHoursId),
      plannedSoon(),
    ]);
    const asked = elsewhere.filter((ticket) => ticket.dropInId !== dropInId);
    const now = clock.now();
    const busy = new Map(
      all.flatMap(({ heldBy, calledAt, joinedAt }) => (heldBy ? [[heldBy, calledAt ?? joinedAt]] : [])),
    );
    const said = estimates({
      ordered,
      hosts: duty.map(({ userId, languages }) => ({ languages, busySince: busy.get(userId) ?? null })),
      lengths: recent,
      now,
      expected: (languages) =>
        soon.find((one) => one.languages.some((language) => sharesLanguage([language], languages)))?.startsAt ?? null,
    });
    const people = [...dropIn.hostIds, ...all.flatMap(({ hostId }) => hostId ?? [])];
    const topics = await topicViews([...dropIn.topics, ...[...all, ...asked].map(({ topic }) => topic)]);
    return {
      ...{ dropIn, version: stamp, now, tickets: all, asked, ordered, before },
      estimates: new Map(ordered.map(({ id }, index) => [id, said[index] ?? { kind: 'unknown' }])),
      people: await personViews([...new Set(people)]),
      topics: new Map(topics.map((topic) => [topic.key, topic])),
    };
  }

  return {
    /** The drop-in and its places alone, as this process keeps them: who waits, in which order. Raises 'not-found'. */
    line: (dropInId: string): Promise<Line> => lineOf(dropInId, places),
    /** As this process keeps it. Raises 'not-found'. */
    kept: (dropInId: string): Promise<Board> => boardOf(dropInId, places),
    /** As the database has it. Raises 'not-found'. */
    load: (dropInId: string): Promise<Board> => boardOf(dropInId, tickets.board),
  };
}
