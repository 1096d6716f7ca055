// Puts the moderators' decisions on accounts, and tells the hub at once. Part of the accounts service; the moderation service calls it.
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import { shutOutOf, type ActiveSanction } from '../kernel/sanctions.ts';
import { createTogether } from '../kernel/together.ts';
import type { AccountEvents } from './accounts.events.ts';
import type { SanctionsRepository } from './sanctions.repository.ts';

interface Parts {
  sanctions: SanctionsRepository;
  bus: Pick<EventBus<AccountEvents>, 'emit'>;
  clock: Clock;
  log: Logger;
  /** True when every other process holds to it. */
  everywhere(userId: string): Promise<boolean>;
}

/** So long a command that began before a sanction may still be on its way. */
const JUST_NOW_MS = 30_000;

export function createSanctions({ sanctions, bus, clock, log, everywhere }: Parts) {
  const told = new Map<string, { now: readonly ActiveSanction[]; at: number }>();
  const ever = createTogether((userIds) => sanctions.changedSince(userIds, new Date(0)));

  function tell(userId: string, now: readonly ActiveSanction[]): void {
    const at = clock.now().getTime();
    for (const [id, one] of told) if (at - one.at > JUST_NOW_MS) told.delete(id);
    told.set(userId, { now, at });
    bus.emit('user.sanctioned', { userId, sanctions: now });
  }

  async function tellEverywhere(userId: string, now: readonly ActiveSanction[]): Promise<void> {
    tell(userId, now);
    if (!(await everywhere(userId))) log.warn({}, 'a sanction holds in other processes within five seconds');
  }

  return {
    /** What was decided about her a moment ago in this process, for what was on its way then; undefined: nothing. */
    sanctionedJustNow(userId: string): readonly ActiveSanction[] | undefined {
      const one = told.get(userId);
      return one && clock.now().getTime() - one.at <= JUST_NOW_MS ? one.now : undefined;
    },

    /** Which of these accounts a suspension or a ban keeps out now. Raises unavailable. */
    async shutOut(userIds: string[]): Promise<Set<string>> {
      const found = await Promise.all(userIds.map(async (id) => ({ id, held: (await ever(id)) ?? [] })));
      const now = clock.now();
      return new Set(found.filter(({ held }) => shutOutOf({ sanctions: held }, now)).map(({ id }) => id));
    },

    /** Holds in every process that answers when it resolves, in others within five seconds; may run twice. Raises not-found, unavailable. */
    async sanction(userId: string, sanction: ActiveSanction): Promise<void> {
      await tellEverywhere(userId, await sanctions.add(userId, sanction, clock.now()));
    },

    /** Takes it back; may run twice. Raises not-found, unavailable. */
    async liftSanction(userId: string, sanctionId: string): Promise<void> {
      await tellEverywhere(userId, await sanctions.drop(userId, sanctionId, clock.now()));
    },

    /** For what other processes decided: tells of every one of these accounts whose sanctions changed since then. */
    async followSanctions(userIds: string[], since: Date): Promise<void> {
      for (const [userId, now] of await sanctions.changedSince(userIds, since)) tell(userId, now);
    },
  };
}
