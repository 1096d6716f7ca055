// Figures of drop-ins: counts what is over, and shows it without anybody in it. For mentors their own, for coordinators all.
import {
  BLOCK_WEEKS,
  figuresSchema,
  SMALLEST_GROUP,
  WAIT_SPANS,
  type CountsView,
  type FiguresView,
  type WaitView,
  type WeekFiguresView,
} from '#shared/figures.ts';
import { HUB_ZONE, type TopicView } from '#shared/office-hours.ts';
import { COMMUNITY_LANGUAGES } from '#shared/text/languages.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { DropInsPort } from '../tickets/tickets.parts.ts';
import type { TicketsRepository } from '../tickets/tickets.repository.ts';
import { localDay } from '../office-hours/office-hours.calendar.ts';
import { risesOf } from './figures.count.ts';
import { canSeeAll, canSeeOwn } from './figures.policy.ts';
import type { DayFigures, FiguresRepository } from './figures.repository.ts';
import { shield, shieldOne } from './figures.shield.ts';

interface Parts {
  figures: FiguresRepository;
  tickets: Pick<TicketsRepository, 'uncounted' | 'counted' | 'record' | 'events'>;
  dropIns: Pick<DropInsPort, 'byId'>;
  topicViews(keys: string[]): Promise<TopicView[]>;
  clock: Clock;
}
export type FiguresService = ReturnType<typeof createFiguresService>;

const DAY = 86_400_000;
const BATCH = 200;
const EVENTS = 200;
const COUNT_MS = 60_000;
const KEPT_DAYS = 2 * 365;
/** So long a day knows which tickets it has counted. */
const SEEN_DAYS = 3;
const WEEKS_SHOWN = 12;
/** A Monday: every four weeks are counted from here, the same for everybody, so that periods never overlap. */
const FIRST_MONDAY = Date.UTC(2024, 0, 1);
const BLOCK_DAYS = BLOCK_WEEKS * 7;

const blockOf = (day: string): number => Math.floor((Date.parse(day) - FIRST_MONDAY) / DAY / BLOCK_DAYS);
const dayAt = (days: number): string => new Date(FIRST_MONDAY + days * DAY).toISOString().slice(0, 10);

type Number4 = 'talks' | 'notFound' | 'left' | 'unserved';
const KINDS: Number4[] = ['talks', 'notFound', 'left', 'unserved'];
const sum = (days: DayFigures[], kind: Number4): number => days.reduce((all, day) => all + day[kind], 0);
function tally(days: DayFigures[], kind: 'languages' | 'topics' | 'waits'): Map<string, number> {
  const all = new Map<string, number>();
  for (const day of days) {
    for (const [key, count] of Object.entries(day[kind])) all.set(key, (all.get(key) ?? 0) + count);
  }
  return all;
}
/** The span in which the one in the middle waited; null for too few. */
function medianWait(days: DayFigures[]): WaitView | null {
  const spans = tally(days, 'waits');
  const all = [...spans.values()].reduce((total, count) => total + count, 0);
  if (all < SMALLEST_GROUP) return null;
  let before = 0;
  for (let span = 0; span <= WAIT_SPANS.length; span++) {
    before += spans.get(String(span)) ?? 0;
    if (before * 2 >= all) return { from: WAIT_SPANS[span - 1] ?? 0, to: WAIT_SPANS[span] ?? null };
  }
  return null;
}
/** The four weeks of a block; what is left out is decided within it, whatever else is shown beside it. */
function weeksOf(days: DayFigures[], block: number): WeekFiguresView[] {
  const weeks = Array.from({ length: BLOCK_WEEKS }, (_, index) => {
    const from = dayAt(block * BLOCK_DAYS + index * 7);
    const to = dayAt(block * BLOCK_DAYS + index * 7 + 7);
    return { from, days: days.filter(({ day }) => day >= from && day < to) };
  });
  const known = new Map(KINDS.map((kind) => [kind, shield(weeks.map((week) => sum(week.days, kind)))]));
  return weeks.map((week, index) => {
    const of = (kind: Number4) => known.get(kind)?.[index] ?? null;
    const talks = of('talks');
    const wait = talks === null ? null : medianWait(week.days);
    return { from: week.from, talks, notFound: of('notFound'), left: of('left'), unserved: of('unserved'), wait };
  });
}
function ranked(counts: Map<string, number>): [string, number | null][] {
  const rows = [...counts].filter(([, count]) => count > 0).sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  const known = shield(rows.map(([, count]) => count));
  // those that are left out by name: their order says nothing
  const shown = rows.map(([key], index): [string, number | null] => [key, known[index] ?? null]);
  const hidden = shown.filter(([, count]) => count === null).sort(([a], [b]) => a.localeCompare(b));
  return [...shown.filter(([, count]) => count !== null), ...hidden];
}

export function createFiguresService({ figures, tickets, dropIns, topicViews, clock }: Parts) {
  /** What is over and not counted yet. May be cut off anywhere and run twice: each ticket counts once. */
  async function count(): Promise<void> {
    const found = await tickets.uncounted(BATCH);
    for (const ticket of found) {
      await tickets.record(ticket);
      const events = await tickets.events(ticket.id, EVENTS);
      const sitting = await dropIns.byId(ticket.dropInId);
      const ended = ticket.endedAt ?? ticket.changedAt;
      const expireAt = new Date(ended.getTime() + KEPT_DAYS * DAY);
      for (const [who, rise] of risesOf(ticket, events, sitting?.hostIds ?? [])) {
        await figures.add(localDay(ended, HUB_ZONE), who, ticket.id, rise, expireAt);
      }
      await tickets.counted(ticket.id);
    }
    // only when nothing waits: what was counted and not marked must still be known
    if (found.length > 0) return;
    await figures.forgetBefore(localDay(new Date(clock.now().getTime() - SEEN_DAYS * DAY), HUB_ZONE));
  }

  return {
    jobs: [{ name: 'figures.count', everyMs: COUNT_MS, run: count }],
    count,

    /** Four weeks that are over. Raises 'forbidden' for members, and for everybody's figures when she is no coordinator. */
    async view(actor: Actor, input: unknown): Promise<FiguresView> {
      const asked = parse(figuresSchema, input);
      insist(canSeeOwn(actor));
      const mayAll = canSeeAll(actor).ok;
      const of = asked.of ?? (mayAll ? 'all' : 'own');
      if (of === 'all') insist(canSeeAll(actor));
      const who = of === 'all' ? 'all' : actor.id;
      const running = blockOf(localDay(clock.now(), HUB_ZONE));
      const newest = running - 1;
      const first = await figures.firstDay(who);
      const oldest = first === null ? newest : Math.min(newest, blockOf(first));
      const block = Math.min(newest, Math.max(oldest, asked.from === null ? newest : blockOf(asked.from)));
      const shownFrom = Math.max(oldest, block + 1 - WEEKS_SHOWN / BLOCK_WEEKS);
      const from = dayAt(block * BLOCK_DAYS);
      const days = await figures.days(who, dayAt(shownFrom * BLOCK_DAYS), dayAt((block + 1) * BLOCK_DAYS));
      const these = days.filter(({ day }) => day >= from);
      const total = Object.fromEntries(KINDS.map((kind) => [kind, shieldOne(sum(these, kind))]));
      const topics = ranked(tally(these, 'topics'));
      const names = new Map((await topicViews(topics.map(([key]) => key))).map((topic) => [topic.key, topic]));
      return {
        ...{ of, mayAll, from, to: dayAt((block + 1) * BLOCK_DAYS - 1) },
        earlier: block > oldest ? dayAt((block - 1) * BLOCK_DAYS) : null,
        later: block < newest ? dayAt((block + 1) * BLOCK_DAYS) : null,
        next: dayAt((running + 1) * BLOCK_DAYS),
        total: { ...(total as Omit<CountsView, 'wait'>), wait: medianWait(these) },
        weeks: Array.from({ length: block - shownFrom + 1 }, (_, index) => shownFrom + index).flatMap((one) =>
          weeksOf(days, one),
        ),
        languages: ranked(tally(these, 'languages')).flatMap(([key, talks]) => {
          const language = COMMUNITY_LANGUAGES.find((code) => code === key);
          return language ? [{ language, talks }] : [];
        }),
        topics: topics.flatMap(([key, talks]) => {
          const topic = names.get(key);
          return topic ? [{ topic, talks }] : [];
        }),
      };
    },
  };
}
