// What happens by itself: reminders, missed and cancelled ones told, no new tickets near the end, vanished hosts, closing. Jobs only.
import { OFFICE_HOURS_LIMITS as LIMITS } from '#shared/office-hours.limits.ts';
import type { NewNotice } from '#shared/notifications.ts';
import type { DropIn } from './drop-ins.repository.ts';
import { keptFrom, type Parts } from './office-hours.parts.ts';
import { stopsAt } from './office-hours.policy.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const BATCH = 200;
/** Cancelled and moved sittings are told when they are nearer than this: nobody wants five weeks at once. */
const NEAR_DAYS = 8;

/** Every step may run twice, in any process, and after a crash: steps are atomic, notices have a key. */
export function createTime(parts: Parts) {
  const { hours, dropIns, notify, bus, clock, log } = parts;

  const noticeOf = (what: string, kind: NewNotice['kind'], { id, startsAt }: DropIn): NewNotice => ({
    key: `${what}:${id}:${startsAt.getTime()}`,
    kind,
    params: { dropInId: id, startsAt: startsAt.toISOString() },
    // a reminder is of no use once it has begun
    ...(kind.endsWith('reminder') ? { until: startsAt } : {}),
  });
  async function tellFollowers(dropIn: DropIn, notice: NewNotice): Promise<void> {
    let after: string | null = null;
    do {
      const followers = await hours.followers(dropIn.officeHoursId, after, BATCH);
      await notify(
        followers.filter((id) => !dropIn.hostIds.includes(id) && !keptFrom(parts, id, dropIn.hostIds)),
        notice,
      );
      after = followers.length < BATCH ? null : (followers.at(-1) ?? null);
    } while (after !== null);
  }
  const changed = (dropIn: DropIn | null): DropIn | null => {
    if (dropIn) bus.emit('drop-in.changed', { dropInId: dropIn.id, version: dropIn.version });
    return dropIn;
  };
  const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE);
  /** One that fails does not keep the others; it is tried again at the next turn. */
  async function each(found: DropIn[], run: (dropIn: DropIn) => Promise<void>): Promise<void> {
    for (const dropIn of found) {
      await run(dropIn).catch((error: unknown) => log.error({ err: error }, 'a drop-in could not be moved on'));
    }
  }

  /** Before it begins: followers, then hosts are reminded. */
  async function remind(): Promise<void> {
    const now = clock.now();
    const recent = later(now, -LIMITS.missedMinutes);
    const soon = await dropIns.untold('planned', 'followers', recent, later(now, LIMITS.remindFollowerMinutes), BATCH);
    await each(soon, async (dropIn) => {
      if (dropIn.startsAt > now) await tellFollowers(dropIn, noticeOf('soon', 'drop-in.reminder', dropIn));
      await dropIns.told(dropIn, 'followers');
    });
    const next = await dropIns.untold('planned', 'hosts', recent, later(now, LIMITS.remindHostMinutes), BATCH);
    await each(next, async (dropIn) => {
      await notify(dropIn.hostIds, noticeOf('host', 'drop-in.host-reminder', dropIn));
      await dropIns.told(dropIn, 'hosts');
    });
  }

  /** It has begun, and nobody has come. */
  async function miss(): Promise<void> {
    const now = clock.now();
    const late = await dropIns.overdue(later(now, -LIMITS.missedMinutes), BATCH);
    await each(late, async ({ id }) => {
      if (changed(await dropIns.miss(id, now))) bus.emit('drop-in.missed', { dropInId: id });
    });
  }

  async function tell(): Promise<void> {
    const now = clock.now();
    const past = new Date(now.getTime() - DAY);
    const near = new Date(now.getTime() + NEAR_DAYS * DAY);
    await each(await dropIns.untold('missed', 'missed', past, now, BATCH), async (dropIn) => {
      await tellFollowers(dropIn, noticeOf('missed', 'drop-in.missed', dropIn));
      await dropIns.told(dropIn, 'missed');
    });
    await each(await dropIns.untold('cancelled', 'cancelled', now, near, BATCH), async (dropIn) => {
      await tellFollowers(dropIn, noticeOf('cancelled', 'drop-in.cancelled', dropIn));
      await dropIns.told(dropIn, 'cancelled');
    });
    await each(await dropIns.untold('planned', 'moved', now, near, BATCH), async (dropIn) => {
      if (dropIn.movedFrom) await tellFollowers(dropIn, noticeOf('moved', 'drop-in.moved', dropIn));
      await dropIns.told(dropIn, 'moved');
    });
  }

  async function advance(dropIn: DropIn, now: Date): Promise<void> {
    const { id, duty, hostIds } = dropIn;
    if (dropIn.state === 'open' && now >= stopsAt(dropIn) && changed(await dropIns.stopTaking(id, now))) {
      bus.emit('drop-in.closing', { dropInId: id });
    }
    const unseen = later(now, -LIMITS.vanishedMinutes);
    for (const { userId, seenAt } of duty) {
      if (seenAt >= unseen || !changed(await dropIns.checkOut(id, userId, now, unseen))) continue;
      bus.emit('duty.ended', { dropInId: id, userId, vanished: true });
    }
    changed(await dropIns.unask(id, unseen, now));
    const asked = changed(await dropIns.ask(id, now, unseen));
    if (asked) {
      const notice = noticeOf('still', 'drop-in.still-there', dropIn);
      await notify(
        asked.duty.map(({ userId }) => userId),
        { ...notice, key: `${notice.key}:${now.getTime()}` },
      );
    }
    if (changed(await dropIns.closeUnanswered(id, later(now, -LIMITS.overrunMinutes), unseen, now))) {
      bus.emit('drop-in.closed', { dropInId: id });
      for (const userId of hostIds.filter((host) => duty.some((one) => one.userId === host))) {
        bus.emit('duty.ended', { dropInId: id, userId, vanished: true });
      }
    }
  }

  async function run(): Promise<void> {
    const now = clock.now();
    await each(await dropIns.running(BATCH), (dropIn) => advance(dropIn, now));
  }

  return {
    /** Everything that time asks for now. */
    async passTime(): Promise<void> {
      for (const step of [remind, miss, tell, run]) await step();
    },
  };
}
