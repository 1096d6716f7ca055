// What women look at: the week, one drop-in, following, the week for everybody. Part of the office-hours service.
import {
  followSchema,
  publishSchema,
  weekSchema,
  type PublicWeekView,
  type WeekView,
} from '#shared/office-hours.forms.ts';
import { byDropInSchema, HUB_ZONE, type DropInView } from '#shared/office-hours.ts';
import { isRunning } from '#shared/office-hours.states.ts';
import { COMMUNITY_LANGUAGES } from '#shared/text/languages.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { DropIn } from './drop-ins.repository.ts';
import { addDays, localDay, startOfDay } from './office-hours.calendar.ts';
import { dropInOf, hoursOf, type Parts } from './office-hours.parts.ts';
import { canCreate, canPublish, onDuty } from './office-hours.policy.ts';
import { FOLLOWED, topicViews, type Views } from './office-hours.views.ts';

const DAYS = 7;
/** More sittings than this in a week are not shown. */
const WEEK_SIZE = 400;
const LAST_WEEK = 3;

interface Found {
  open: DropIn[];
  /** Today or later, not open, not over. */
  coming: DropIn[];
  today: string;
}

export function createWeek(parts: Parts, views: Views) {
  const { hours, dropIns, feeds, clock } = parts;

  async function find(week: number): Promise<Found> {
    const now = clock.now();
    const today = localDay(now, HUB_ZONE);
    const from = addDays(today, week * DAYS);
    const range = [startOfDay(from, HUB_ZONE), startOfDay(addDays(from, DAYS), HUB_ZONE)] as const;
    const [running, planned] = await Promise.all([
      week === 0 ? dropIns.running(WEEK_SIZE) : [],
      dropIns.between(...range, WEEK_SIZE),
    ]);
    const coming = planned.filter((one) => !isRunning(one) && one.state !== 'closed' && one.endsAt > now);
    return { open: running, coming, today };
  }
  const keep = ({ language, topic }: { language: string | null; topic: string | null }) => {
    return ({ languages, topics }: DropIn) =>
      (language === null || languages.some((one) => one === language)) && (topic === null || topics.includes(topic));
  };
  function byDay<View extends { startsAt: string }>(shown: View[], today: string) {
    const days = new Map<string, View[]>();
    for (const one of shown) {
      const date = localDay(new Date(one.startsAt), HUB_ZONE);
      days.set(date, [...(days.get(date) ?? []), one]);
    }
    return [...days].map(([date, dropIns]) => ({ date, today: date === today, dropIns }));
  }

  return {
    /** Now open, and seven days in the order of time. A filter that means nothing counts as not chosen. */
    async week(actor: Actor, input: unknown): Promise<WeekView> {
      const { week, language, topic } = parse(weekSchema, input);
      const { open, coming, today } = await find(week);
      const wanted = keep({ language, topic });
      const all = [...open, ...coming];
      const naming = parts.topicNames();
      const [shown, names, published] = await Promise.all([
        views.dropIns(actor, all.filter(wanted), naming),
        naming,
        feeds.published(),
      ]);
      const topics = [...new Set(all.flatMap((one) => one.topics))];
      const now = new Set(open.map(({ id }) => id));
      return {
        open: shown.filter(({ id }) => now.has(id)),
        days: byDay(
          shown.filter(({ id }) => !now.has(id)),
          today,
        ),
        week,
        hasMore: week < LAST_WEEK,
        languages: COMMUNITY_LANGUAGES.filter((code) => all.some((one) => one.languages.includes(code))),
        topics: topicViews(topics, names),
        language,
        topic,
        published,
        abilities: { create: canCreate(actor).ok, publish: canPublish(actor).ok },
      };
    },

    /** One drop-in. A host on duty who looks at it is there. Raises 'not-found', input.*. */
    async dropIn(actor: Actor, input: unknown): Promise<DropInView> {
      const { dropInId } = parse(byDropInSchema, input);
      const found = await dropInOf(parts, dropInId);
      if (onDuty(actor, found)) await dropIns.seen([actor.id], clock.now());
      const [view] = await views.dropIns(actor, [found]);
      if (!view) throw new AppError('not-found');
      return view;
    },

    /** Reminders and cancellations go into her notes, or do not any more. Raises 'not-found', 'conflict' (too many), input.*. */
    async follow(actor: Actor, input: unknown): Promise<void> {
      const { officeHoursId, on } = parse(followSchema, input);
      if (!on) {
        await hours.unfollow(officeHoursId, actor.id);
        return;
      }
      const schedule = await hoursOf(parts, officeHoursId);
      if (schedule.endedAt) throw new AppError('not-found');
      const followed = await hours.followedBy(actor.id, FOLLOWED);
      if (followed.length >= FOLLOWED && !followed.includes(officeHoursId)) throw new AppError('conflict');
      await hours.follow(officeHoursId, actor.id, clock.now());
    },

    /** Whether strangers may read the week, without names. Coordinators. Raises 'forbidden', input.*. */
    async publish(actor: Actor, input: unknown): Promise<void> {
      insist(canPublish(actor));
      const { on } = parse(publishSchema, input);
      await parts.audit.record(actor, { action: 'community.changed', reason: `week for everybody: ${on}` });
      await feeds.publish(on);
    },

    /** For everybody, when a coordinator published it; 'not-found' otherwise. Nobody is named in it. */
    async publicWeek(): Promise<PublicWeekView> {
      if (!(await feeds.published())) throw new AppError('not-found');
      const { open, coming, today } = await find(0);
      const shown = await views.publicDropIns([...open, ...coming]);
      return { open: shown.slice(0, open.length), days: byDay(shown.slice(open.length), today) };
    },

    /** Ids and versions of what any process changed since then, for the realtime layer. */
    async changedSince(since: Date): Promise<{ dropInId: string; version: number; at: Date }[]> {
      const found = await dropIns.changedSince(since, WEEK_SIZE);
      return found.map(({ id, version, changedAt }) => ({ dropInId: id, version, at: changedAt }));
    },
  };
}
