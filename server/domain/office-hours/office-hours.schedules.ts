// Setting, changing and ending office hours, moving and cancelling single sittings, holidays, hosts. Part of the office-hours service.
import {
  byOfficeHoursSchema,
  changeOfficeHoursSchema,
  createOfficeHoursSchema,
  dropHolidaySchema,
  holidaySchema,
  moveDropInSchema,
  type OfficeHoursView,
  type ScheduleInput,
} from '#shared/office-hours.forms.ts';
import { OFFICE_HOURS_LIMITS as LIMITS } from '#shared/office-hours.limits.ts';
import { byDropInSchema, HUB_ZONE, QUEUE_DEFAULTS } from '#shared/office-hours.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { newId } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import {
  addDays,
  everHappens,
  firstDay,
  localDay,
  momentsOf,
  MOVED_DAYS,
  sittingMinutes,
  weekdayOf,
} from './office-hours.calendar.ts';
import { createOwn } from './office-hours.own.ts';
import { dropInOf, hoursOf, recordForeign, type Parts } from './office-hours.parts.ts';
import type { createPlanning } from './office-hours.planning.ts';
import { canCreate, canJoin, canLeave, canManage } from './office-hours.policy.ts';
import type { Exception, OfficeHours, OfficeHoursChange } from './office-hours.repository.ts';
import type { Views } from './office-hours.views.ts';

/** Past exceptions and holidays are forgotten after so many days. */
const PAST_DAYS = 2 * MOVED_DAYS;

export function createSchedules(parts: Parts, views: Views, planning: ReturnType<typeof createPlanning>) {
  const { hours, dropIns, bus, clock } = parts;

  function insistWindow(from: string, to: string, field = 'to'): void {
    const minutes = sittingMinutes(from, to);
    if (minutes < LIMITS.sitting.min || minutes > LIMITS.sitting.max) throw new AppError('input.window', { field });
  }

  /** What the form says, as the schedule keeps it. Raises input.*, 'office-hours.never'. */
  async function ruleOf(input: ScheduleInput, known?: OfficeHours) {
    insistWindow(input.from, input.to);
    const now = clock.now();
    const { repeat, from, to, until, ownTopic, languages, capacity, minutesPerTalk } = input;
    if (repeat !== 'weekly' && input.date === null) throw new AppError('input.empty', { field: 'date' });
    const date = (repeat === 'weekly' ? null : input.date) ?? firstDay(now, HUB_ZONE, input.weekday, from, to);
    const names = await parts.topicNames();
    if (input.topics.some((slug) => !names.has(slug))) throw new AppError('input.invalid', { field: 'topics' });
    if (names.has(ownTopic)) throw new AppError('input.invalid', { field: 'ownTopic' });
    const topics = [...new Set([...input.topics, ...(ownTopic ? [ownTopic] : [])])];
    if (topics.length === 0) throw new AppError('input.empty', { field: 'topics' });
    if (input.where !== 'online' && input.place === '') throw new AppError('input.empty', { field: 'place' });
    const rule = {
      zone: HUB_ZONE,
      start: `${date}T${from}`,
      end: to,
      repeat,
      until: repeat === 'once' ? null : until,
      exceptions: known?.exceptions ?? [],
      holidays: known?.holidays ?? [],
    };
    const field = repeat === 'once' || until === null ? 'date' : 'until';
    if (!everHappens(rule, now)) throw new AppError('office-hours.never', { field });
    const place = input.where === 'online' ? null : input.place;
    return { ...rule, topics, languages, online: input.where !== 'place', place, capacity, minutesPerTalk };
  }

  /** Changes the schedule as it is now and plans it again. Raises 'conflict' when somebody else was first. */
  async function change(schedule: OfficeHours, set: OfficeHoursChange): Promise<OfficeHours> {
    const changed = await hours.change(schedule.id, schedule.revision, set);
    if (!changed) throw new AppError('conflict');
    await planning.plan(changed);
    bus.emit('office-hours.changed', { officeHoursId: changed.id });
    return changed;
  }

  /** The same by who manages it: when she is none of its hosts, that is written down before. */
  async function managedChange(
    actor: Actor,
    schedule: OfficeHours,
    reason: string,
    set: OfficeHoursChange,
  ): Promise<void> {
    await recordForeign(parts, actor, schedule, { action: 'hours.changed', id: schedule.id, reason });
    await change(schedule, set);
  }

  async function managed(actor: Actor, id: string): Promise<OfficeHours> {
    const schedule = await hoursOf(parts, id);
    insist(canManage(actor, schedule));
    if (schedule.endedAt) throw new AppError('conflict');
    return schedule;
  }

  /** Puts an exception in the place of an older one for the same day. */
  async function except(
    actor: Actor,
    dropInId: string,
    what: string,
    make: (date: string) => Exception | null,
  ): Promise<void> {
    const dropIn = await dropInOf(parts, dropInId);
    const schedule = await managed(actor, dropIn.officeHoursId);
    if (!['planned', 'cancelled', 'missed'].includes(dropIn.state)) throw new AppError('conflict');
    const digits = dropInId.slice(-8);
    const date = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
    const old = addDays(localDay(clock.now(), schedule.zone), -PAST_DAYS);
    const others = schedule.exceptions.filter((one) => one.date !== date && one.date > old);
    if (others.length >= LIMITS.exceptions) throw new AppError('conflict');
    const exception = make(date);
    const exceptions = exception ? [...others, exception] : others;
    await managedChange(actor, schedule, `${what} ${date}`, { exceptions });
  }

  return {
    ...createOwn(parts, views),

    /** Sets office hours; the same form makes one. Raises input.*, 'office-hours.never', 'forbidden', 'conflict' (too many). */
    async create(actor: Actor, input: unknown): Promise<OfficeHoursView> {
      insist(canCreate(actor));
      const form = parse(createOfficeHoursSchema, input);
      const rule = await ruleOf(form);
      if ((await hours.ofHost(actor.id, LIMITS.perHost)).length >= LIMITS.perHost) throw new AppError('conflict');
      const { open, firstTimersFirst, cooldownMinutes, comeMinutes, clientId } = form;
      const { exceptions: _none, holidays: _either, ...fresh } = rule;
      await hours.create({
        ...fresh,
        id: newId(),
        createdBy: actor.id,
        hostIds: [actor.id],
        clientId,
        queue: { ...QUEUE_DEFAULTS, open, firstTimersFirst, cooldownMinutes, comeMinutes },
        createdAt: clock.now(),
      });
      const schedule = await hours.byClientId(actor.id, clientId);
      if (!schedule) throw new AppError('conflict');
      await planning.plan(schedule);
      bus.emit('office-hours.changed', { officeHoursId: schedule.id });
      const [view] = await views.officeHours(actor, [schedule]);
      if (!view) throw new AppError('not-found');
      return view;
    },

    /** Changes when and what; what was promised about names and order stays. Raises input.*, 'conflict', 'forbidden', 'not-found'. */
    async change(actor: Actor, input: unknown): Promise<void> {
      const form = parse(changeOfficeHoursSchema, input);
      const schedule = await managed(actor, form.officeHoursId);
      if (schedule.revision !== form.revision) throw new AppError('conflict');
      const rule = await ruleOf(form, schedule);
      // a weekly schedule that keeps its weekday keeps its beginning
      const same = schedule.repeat === rule.repeat && rule.repeat === 'weekly';
      const sameDay = same && weekdayOf(schedule.start.slice(0, 10)) === weekdayOf(rule.start.slice(0, 10));
      const start = sameDay ? `${schedule.start.slice(0, 10)}T${form.from}` : rule.start;
      await managedChange(actor, schedule, 'changed', { ...rule, start });
    },

    /** No more of it; those who follow are told. Raises 'conflict', 'forbidden', 'not-found'. */
    async end(actor: Actor, input: unknown): Promise<void> {
      const { officeHoursId } = parse(byOfficeHoursSchema, input);
      const schedule = await managed(actor, officeHoursId);
      await recordForeign(parts, actor, schedule, { action: 'hours.changed', id: officeHoursId, reason: 'ended' });
      const ended = await hours.end(officeHoursId, clock.now());
      if (!ended) throw new AppError('conflict');
      await planning.plan(ended);
      bus.emit('office-hours.changed', { officeHoursId });
    },

    /** One sitting does not take place; those who follow are told. Raises 'conflict', 'forbidden', 'not-found'. */
    async cancel(actor: Actor, input: unknown): Promise<void> {
      const { dropInId } = parse(byDropInSchema, input);
      await except(actor, dropInId, 'cancelled', (date) => ({ date, kind: 'cancelled' }));
      // one that was missed is not planned any more, so planning leaves it alone
      const cancelled = await dropIns.cancel(dropInId, clock.now());
      if (cancelled) bus.emit('drop-in.changed', { dropInId, version: cancelled.version });
    },

    /** It takes place after all, when it was planned. Raises 'conflict', 'forbidden', 'not-found'. */
    async restore(actor: Actor, input: unknown): Promise<void> {
      const { dropInId } = parse(byDropInSchema, input);
      await except(actor, dropInId, 'restored', () => null);
    },

    /** One sitting at another time, at most MOVED_DAYS away. Raises input.*, 'conflict', 'forbidden', 'not-found'. */
    async move(actor: Actor, input: unknown): Promise<void> {
      const { dropInId, date, from, to } = parse(moveDropInSchema, input);
      insistWindow(from, to);
      await except(actor, dropInId, 'moved', (planned) => {
        const near = date <= addDays(planned, MOVED_DAYS) && date >= addDays(planned, -MOVED_DAYS);
        const { endsAt } = momentsOf(HUB_ZONE, date, from, to);
        if (!near || endsAt <= clock.now()) throw new AppError('office-hours.never', { field: 'date' });
        return { date: planned, kind: 'moved', newStart: `${date}T${from}`, newEnd: to };
      });
    },

    /** No sittings from one local day to another, both included. Raises input.*, 'conflict', 'forbidden', 'not-found'. */
    async holiday(actor: Actor, input: unknown): Promise<void> {
      const { officeHoursId, from, to } = parse(holidaySchema, input);
      const schedule = await managed(actor, officeHoursId);
      const today = localDay(clock.now(), schedule.zone);
      if (to < today) throw new AppError('office-hours.never', { field: 'to' });
      const others = schedule.holidays.filter((one) => one.to >= today && !(one.from === from && one.to === to));
      if (others.length >= LIMITS.holidays) throw new AppError('conflict');
      const holidays = [...others, { from, to }].sort((a, b) => a.from.localeCompare(b.from));
      await managedChange(actor, schedule, `holiday ${from} – ${to}`, { holidays });
    },
    /** These days count again. Raises 'conflict', 'forbidden', 'not-found'. */
    async dropHoliday(actor: Actor, input: unknown): Promise<void> {
      const { officeHoursId, from, to } = parse(dropHolidaySchema, input);
      const schedule = await managed(actor, officeHoursId);
      const holidays = schedule.holidays.filter((one) => one.from !== from || one.to !== to);
      await managedChange(actor, schedule, `no holiday ${from} – ${to}`, { holidays });
    },

    /** She shares somebody's office hours: from now on both are hosts. Raises 'conflict', 'forbidden', 'not-found'. */
    async joinHosts(actor: Actor, input: unknown): Promise<void> {
      const { officeHoursId } = parse(byOfficeHoursSchema, input);
      const schedule = await hoursOf(parts, officeHoursId);
      insist(canJoin(actor, schedule));
      await change(schedule, { hostIds: [...schedule.hostIds, actor.id] });
      await dropIns.addHost(officeHoursId, actor.id, clock.now());
    },
    /** She is no host of it any more; the last one ends it instead. Raises 'conflict', 'forbidden', 'not-found'. */
    async leaveHosts(actor: Actor, input: unknown): Promise<void> {
      const { officeHoursId } = parse(byOfficeHoursSchema, input);
      const schedule = await hoursOf(parts, officeHoursId);
      insist(canLeave(actor, schedule));
      await change(schedule, { hostIds: schedule.hostIds.filter((id) => id !== actor.id) });
    },
  };
}
