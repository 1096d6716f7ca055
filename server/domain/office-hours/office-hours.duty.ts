// A drop-in while it runs: checking in and out, no new tickets, staying longer, closing, a word to all. Part of the office-hours service.
import { announceSchema, checkInSchema, checkOutSchema } from '#shared/office-hours.forms.ts';
import { OFFICE_HOURS_LIMITS as LIMITS } from '#shared/office-hours.limits.ts';
import { byDropInSchema } from '#shared/office-hours.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { parse } from '../kernel/parse.ts';
import { insist, refused } from '../kernel/policy.ts';
import type { DropIn } from './drop-ins.repository.ts';
import { dropInOf, recordForeign, stepped, type Parts } from './office-hours.parts.ts';
import { canAnnounce, canCheckIn, canSteer, latestEnd, onDuty, stopsAt } from './office-hours.policy.ts';

const MINUTE = 60_000;

export function createDuty(parts: Parts) {
  const { dropIns, bus, clock } = parts;

  async function steered(actor: Actor, input: unknown): Promise<DropIn> {
    const { dropInId } = parse(byDropInSchema, input);
    const dropIn = await dropInOf(parts, dropInId);
    insist(canSteer(actor, dropIn));
    return dropIn;
  }
  /** Who steers and is none of its hosts: that is written down before. */
  const record = (actor: Actor, dropIn: DropIn, reason: string): Promise<void> =>
    recordForeign(parts, actor, dropIn, { action: 'drop-in.steered', id: dropIn.id, reason });
  function closed(dropIn: DropIn, before: DropIn): void {
    bus.emit('drop-in.closed', { dropInId: dropIn.id });
    for (const { userId } of before.duty) bus.emit('duty.ended', { dropInId: dropIn.id, userId, vanished: false });
  }
  /** Some minutes more than until now, never beyond the latest end. */
  async function longer(dropIn: DropIn, now: Date): Promise<void> {
    const from = Math.max(now.getTime(), dropIn.endsAt.getTime());
    const to = new Date(Math.min(from + LIMITS.extendMinutes * MINUTE, latestEnd(dropIn).getTime()));
    if (to <= dropIn.endsAt) throw new AppError('conflict');
    stepped(parts, await dropIns.extend(dropIn.id, dropIn.endsAt, to, now));
  }

  return {
    /**
     * She is on duty; the first one opens the drop-in. Twice is once. Raises 'conflict' (too early, too late, cancelled),
     * 'forbidden' (not its host), 'not-found', input.*.
     */
    async checkIn(actor: Actor, input: unknown): Promise<void> {
      const { dropInId, languages } = parse(checkInSchema, input);
      const before = await dropInOf(parts, dropInId);
      if (onDuty(actor, before)) return;
      const now = clock.now();
      insist(canCheckIn(actor, before, now));
      const spoken = languages.length > 0 ? languages : [...before.languages];
      const after = await dropIns.checkIn(dropInId, actor.id, spoken, now);
      if (!after && onDuty(actor, await dropInOf(parts, dropInId))) return; // her other device was first
      stepped(parts, after);
      if (after?.duty.length === 1) bus.emit('drop-in.opened', { dropInId });
      bus.emit('duty.began', { dropInId, userId: actor.id });
    },

    /** She leaves. The last one is asked first: without `last` it is a 'conflict', with it the drop-in closes. */
    async checkOut(actor: Actor, input: unknown): Promise<void> {
      const { dropInId, last } = parse(checkOutSchema, input);
      const before = await dropInOf(parts, dropInId);
      if (!onDuty(actor, before)) return;
      const now = clock.now();
      const left = await dropIns.checkOut(dropInId, actor.id, now);
      if (left) {
        stepped(parts, left);
        bus.emit('duty.ended', { dropInId, userId: actor.id, vanished: false });
        return;
      }
      if (!last) throw new AppError('conflict');
      closed(stepped(parts, await dropIns.leaveLast(dropInId, actor.id, now)), before);
    },

    /**
     * She is shut out: off duty at once, whatever she would say. Where she was alone those who wait keep their places for
     * a while, for another host. May run twice. For the hub.
     */
    async takeOff(userId: string): Promise<void> {
      const now = clock.now();
      for (const { id: dropInId, state } of await dropIns.onDuty(userId)) {
        const left = await dropIns.checkOut(dropInId, userId, now);
        const alone = left ? null : await dropIns.leaveAlone(dropInId, userId, now);
        if (!left && !alone) continue; // she has gone herself
        stepped(parts, left ?? alone);
        bus.emit('duty.ended', { dropInId, userId, vanished: false });
        if (alone && state === 'open') bus.emit('drop-in.closing', { dropInId });
      }
    },

    /** No new tickets; those who wait are still served. Raises 'conflict', 'forbidden', 'not-found'. */
    async stopTaking(actor: Actor, input: unknown): Promise<void> {
      const dropIn = await steered(actor, input);
      await record(actor, dropIn, 'no new tickets');
      stepped(parts, await dropIns.stopTaking(dropIn.id, clock.now()));
      bus.emit('drop-in.closing', { dropInId: dropIn.id });
    },
    /** Until shortly before the end. Raises 'conflict', 'forbidden', 'not-found'. */
    async takeAgain(actor: Actor, input: unknown): Promise<void> {
      const dropIn = await steered(actor, input);
      const now = clock.now();
      if (now >= stopsAt(dropIn)) insist(refused('conflict'));
      await record(actor, dropIn, 'new tickets again');
      stepped(parts, await dropIns.takeAgain(dropIn.id, now));
    },
    async close(actor: Actor, input: unknown): Promise<void> {
      const before = await steered(actor, input);
      await record(actor, before, 'closed');
      closed(stepped(parts, await dropIns.close(before.id, clock.now())), before);
    },
    /** OFFICE_HOURS_LIMITS.extendMinutes more. Raises 'conflict' when it cannot be made longer. */
    async extend(actor: Actor, input: unknown): Promise<void> {
      const dropIn = await steered(actor, input);
      await record(actor, dropIn, 'longer');
      await longer(dropIn, clock.now());
    },
    /** The answer of the last host who was asked: still here. Past the end that is a little longer. */
    async stay(actor: Actor, input: unknown): Promise<void> {
      const dropIn = await steered(actor, input);
      if (!onDuty(actor, dropIn)) insist(refused());
      const now = clock.now();
      stepped(parts, await dropIns.stay(dropIn.id, actor.id, now));
      if (dropIn.endsAt <= now) await longer(dropIn, now);
    },
    /** One line for all who wait or want to come; empty takes it back. Raises input.*, 'conflict', 'forbidden', 'not-found'. */
    async announce(actor: Actor, input: unknown): Promise<void> {
      const { dropInId, text } = parse(announceSchema, input);
      const dropIn = await dropInOf(parts, dropInId);
      insist(canAnnounce(actor, dropIn));
      await record(actor, dropIn, 'a word to all');
      stepped(parts, await dropIns.announce(dropInId, text, clock.now()));
    },

    /** These people's devices are connected: hosts among them are there. For the realtime layer. */
    async seen(userIds: string[]): Promise<void> {
      if (userIds.length > 0) await dropIns.seen(userIds, clock.now());
    },
  };
}
