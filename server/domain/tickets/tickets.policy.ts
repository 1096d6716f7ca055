// Who may do what in a queue: pure. The tickets service insists on it.
import { isRunning } from '#shared/office-hours.states.ts';
import type { Actor } from '../kernel/actor.ts';
import { allowed, refused, verdict, type Verdict } from '../kernel/policy.ts';
import type { DropIn } from '../office-hours/drop-ins.repository.ts';
import { isStaff, moderates } from '../rooms/rooms.policy.ts';

type Who = Pick<Actor, 'id' | 'role'>;
type Sitting = Pick<DropIn, 'hostIds' | 'duty' | 'state' | 'endsAt'>;

/** Sees the places of a queue with their topics: its hosts, as long as they are mentors. */
export const canServe = (actor: Who, dropIn: Sitting): Verdict =>
  verdict(dropIn.hostIds.includes(actor.id) && isStaff(actor));

/** Calls, and all that follows from it: a host who is on duty now. */
export function canCall(actor: Who, dropIn: Sitting): Verdict {
  const serve = canServe(actor, dropIn);
  if (!serve.ok) return serve;
  const onDuty = isRunning(dropIn) && dropIn.duty.some(({ userId }) => userId === actor.id);
  return onDuty ? allowed : refused('host.off-duty');
}

/** Into the queue: while it takes new tickets, and everyone but its own hosts. */
export function canJoin(actor: Who, dropIn: Sitting): Verdict {
  if (dropIn.hostIds.includes(actor.id)) return refused();
  return dropIn.state === 'open' ? allowed : refused('queue.closed');
}

/** A question for later: while nobody is on duty, and not where it is cancelled. */
export function canAsk(actor: Who, dropIn: Sitting): Verdict {
  if (dropIn.hostIds.includes(actor.id)) return refused();
  return ['planned', 'missed', 'closed'].includes(dropIn.state) ? allowed : refused('conflict');
}

/** Who is behind a number: moderators, and the look is recorded. */
export const canLook = (actor: Who): Verdict => verdict(moderates(actor));
