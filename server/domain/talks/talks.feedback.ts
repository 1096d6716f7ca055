// Feedback after talks: given once, without anything that says whose it is; read by coordinators in groups of five or more. Part of the talks service.
import { feedbackPageSchema, feedbackSchema, type FeedbackGroupView, type FeedbackPageView } from '#shared/talks.ts';
import { SMALLEST_GROUP } from '#shared/figures.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import type { TalksServiceParts } from './talks.parts.ts';

const DAY = 86_400_000;
const KEPT_DAYS = 365;
/** Groups on one page. */
const PAGE = 6;
const MOST_WEEKS = 60;
const MOST_WORDS = 200;
/** A Monday. */
const FIRST_MONDAY = Date.UTC(2024, 0, 1);

/** The Monday of a moment's week, yyyy-mm-dd. */
const weekOf = (at: Date): string =>
  new Date(at.getTime() - ((((at.getTime() - FIRST_MONDAY) % (7 * DAY)) + 7 * DAY) % (7 * DAY)))
    .toISOString()
    .slice(0, 10);
const lastDay = (week: string): string => new Date(Date.parse(week) + 6 * DAY).toISOString().slice(0, 10);

type Faces = FeedbackGroupView['faces'];
const NONE: Faces = { good: 0, fair: 0, poor: 0 };
const count = ({ good, fair, poor }: Faces): number => good + fair + poor;

/** Weeks from the oldest on, together until they have five; what is left over at the end waits. */
function groupsOf(weeks: { week: string; faces: Faces }[]): { from: string; to: string; faces: Faces }[] {
  const groups: { from: string; to: string; faces: Faces }[] = [];
  let from = '';
  let sum: Faces = NONE;
  for (const { week, faces } of weeks) {
    from ||= week;
    sum = { good: sum.good + faces.good, fair: sum.fair + faces.fair, poor: sum.poor + faces.poor };
    if (count(sum) < SMALLEST_GROUP) continue;
    groups.push({ from, to: week, faces: sum });
    from = '';
    sum = NONE;
  }
  return groups;
}

export function createFeedback({ talks, tickets, clock }: TalksServiceParts) {
  return {
    /** Once per talk. What is kept is the face, the sentence and the week. */
    async giveFeedback(actor: Actor, input: unknown): Promise<void> {
      const { ticketId, face, words } = parse(feedbackSchema, input);
      const ticket = await tickets.byId(ticketId);
      if (ticket?.ownerId !== actor.id) throw new AppError('not-found');
      if (ticket.state !== 'done' || !(await talks.rate(ticketId, actor.id))) throw new AppError('conflict');
      const week = weekOf(clock.now());
      await talks.addFeedback(face, words, week, new Date(Date.parse(week) + (KEPT_DAYS + 7) * DAY));
    },

    /** For coordinators: weeks that are over, in groups of five or more, newest first; sentences in no order of time. */
    async feedback(actor: Actor, input: unknown): Promise<FeedbackPageView> {
      if (actor.role !== 'coordinator') throw new AppError('forbidden');
      const { before } = parse(feedbackPageSchema, input);
      const all = groupsOf(await talks.feedbackWeeks(weekOf(clock.now()), MOST_WEEKS)).reverse();
      const older = all.filter(({ from }) => !before || from < before);
      const shown = older.slice(0, PAGE);
      const groups = await Promise.all(
        shown.map(async ({ from, to, faces }): Promise<FeedbackGroupView> => {
          const words = await talks.feedbackWords(from, to, MOST_WORDS);
          return { from, to: lastDay(to), faces, words: words.sort((a, b) => a.localeCompare(b)) };
        }),
      );
      return { groups, next: older.length > PAGE ? (shown.at(-1)?.from ?? null) : null };
    },
  };
}
