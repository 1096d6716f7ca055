// Who may do what with office hours and drop-ins, and when: pure. Services insist on it; abilities ship in views.
import { OFFICE_HOURS_LIMITS as LIMITS } from '#shared/office-hours.limits.ts';
import type { DropInAbilities } from '#shared/office-hours.ts';
import { isOver, isRunning } from '#shared/office-hours.states.ts';
import type { Actor } from '../kernel/actor.ts';
import { refused, verdict, type Verdict } from '../kernel/policy.ts';
import { isStaff, moderates } from '../rooms/rooms.policy.ts';
import { canLook } from '../tickets/tickets.policy.ts';
import type { DropIn } from './drop-ins.repository.ts';
import type { OfficeHours } from './office-hours.repository.ts';

type Who = Pick<Actor, 'id' | 'role'>;
type Hosted = Pick<OfficeHours, 'hostIds'>;
const MINUTE = 60_000;

const hosts = (actor: Who, { hostIds }: Hosted): boolean => hostIds.includes(actor.id);

/** Mentors and above set office hours. */
export const canCreate = (actor: Who): Verdict => verdict(isStaff(actor));
/** Its hosts as long as they are mentors, and moderators and above. */
export const canManage = (actor: Who, hours: Hosted): Verdict =>
  verdict(moderates(actor) || (isStaff(actor) && hosts(actor, hours)));
/** A mentor shares somebody's office hours: both are hosts then. */
export const canJoin = (actor: Who, hours: Hosted): Verdict =>
  !isStaff(actor) ? refused() : verdict(!hosts(actor, hours) && hours.hostIds.length < LIMITS.hosts, 'conflict');
/** The last host cannot leave: she ends it instead. */
export const canLeave = (actor: Who, hours: Hosted): Verdict =>
  !hosts(actor, hours) ? refused() : verdict(hours.hostIds.length > 1, 'conflict');
/** The week for everybody, without names. */
export const canPublish = (actor: Who): Verdict => verdict(actor.role === 'coordinator');

/** From then on no new tickets are taken by itself: one talk still fits in. */
export const stopsAt = ({ startsAt, endsAt, minutesPerTalk }: Pick<DropIn, 'startsAt' | 'endsAt' | 'minutesPerTalk'>) =>
  new Date(Math.max(startsAt.getTime(), endsAt.getTime() - minutesPerTalk * MINUTE));
/** It cannot be made longer than this. */
export const latestEnd = ({ plannedEnd }: Pick<DropIn, 'plannedEnd'>): Date =>
  new Date(plannedEnd.getTime() + LIMITS.extendMost * MINUTE);

export const onDuty = (actor: Pick<Actor, 'id'>, dropIn: DropIn): boolean =>
  dropIn.duty.some(({ userId }) => userId === actor.id);

export function canCheckIn(actor: Who, dropIn: DropIn, now: Date): Verdict {
  if (!isStaff(actor) || !hosts(actor, dropIn)) return refused();
  const inTime = now.getTime() >= dropIn.startsAt.getTime() - LIMITS.earlyMinutes * MINUTE && now < dropIn.endsAt;
  return verdict(!isOver(dropIn) && inTime && !onDuty(actor, dropIn), 'conflict');
}
/** Who steers a running drop-in: hosts on duty, moderators and above. */
export function canSteer(actor: Who, dropIn: DropIn): Verdict {
  if (!onDuty(actor, dropIn) && !moderates(actor)) return refused();
  return verdict(isRunning(dropIn), 'conflict');
}
/** A word to those who wait or want to come: its hosts and moderators. */
export function canAnnounce(actor: Who, dropIn: DropIn): Verdict {
  const manage = canManage(actor, dropIn);
  if (!manage.ok) return manage;
  return verdict(!isOver(dropIn), 'conflict');
}

export function dropInAbilities(actor: Who, dropIn: DropIn, now: Date): DropInAbilities {
  const steer = canSteer(actor, dropIn).ok;
  const duty = onDuty(actor, dropIn);
  return {
    host: hosts(actor, dropIn),
    checkIn: canCheckIn(actor, dropIn, now).ok,
    checkOut: duty && isRunning(dropIn),
    lastOne: duty && dropIn.duty.length === 1,
    stopTaking: steer && dropIn.state === 'open',
    takeAgain: steer && dropIn.state === 'closing' && now < stopsAt(dropIn),
    close: steer,
    extend: steer && dropIn.endsAt < latestEnd(dropIn),
    announce: canAnnounce(actor, dropIn).ok,
    look: canLook(actor).ok,
    manage: canManage(actor, dropIn).ok,
  };
}
