// The door of the community: moderators stop joining by invitation for a while, and a raid stops it by itself. Accounts ask it; only the hub makes it.
import { doorSchema, type DoorView, type DoorWhy } from '#shared/community.ts';
import type { PersonView } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import type { NewNotice } from '#shared/notifications.ts';
import type { AuditPort } from '../audit/audit.service.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { canKeepDoor } from './community.policy.ts';
import type { CommunityRepository } from './community.repository.ts';

interface Parts {
  community: Pick<CommunityRepository, 'read' | 'closeDoor' | 'openDoor'>;
  /** How many joined since then, at most `most`. */
  joinedSince(since: Date, most: number): Promise<number>;
  /** Everybody who is told. */
  moderatorIds(): Promise<string[]>;
  personViews(ids: string[]): Promise<Map<string, PersonView>>;
  notify(userIds: string[], notice: NewNotice): Promise<void>;
  /** Lists of moderators look again. */
  changed(): void;
  audit: AuditPort;
  clock: Clock;
  log: Logger;
  limits?: { minutes: number; joins: number; mentions: number };
}
export type DoorService = ReturnType<typeof createDoor>;

const MINUTE = 60 * 1000;

export function createDoor(parts: Parts) {
  const { community, audit, clock, log, limits = LIMITS.raid } = parts;
  /** Mentions by newcomers, as this process saw them. */
  let mentions: { at: number; count: number }[] = [];

  async function closeByItself(why: DoorWhy): Promise<void> {
    const at = clock.now();
    if ((await community.read()).closedAt) return;
    await audit.record('hub', { action: 'door.closed', reason: why });
    if (!(await community.closeDoor({ closedAt: at, closedWhy: why, closedBy: null }))) return;
    parts.changed();
    const notice = { key: `door ${at.toISOString()}`, kind: 'door.closed' as const, params: { door: why } };
    await parts.notify(await parts.moderatorIds(), notice);
  }
  /** What came before a moderator opened the door again does not count any more. */
  async function since(): Promise<Date> {
    const { openedAt } = await community.read();
    return new Date(Math.max(clock.now().getTime() - limits.minutes * MINUTE, openedAt?.getTime() ?? 0));
  }
  const quietly = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => log.warn({ err: error }, 'not known whether this is a raid'));

  return {
    /** Before somebody joins. Raises 'auth.door-closed'. */
    async insistOpen(): Promise<void> {
      if ((await community.read()).closedAt) throw new AppError('auth.door-closed');
    },

    /** For moderators. Raises forbidden. */
    async state(actor: Actor): Promise<DoorView> {
      insist(canKeepDoor(actor));
      const { closedAt, closedWhy, closedBy } = await community.read();
      if (!closedAt) return { closed: null };
      const by = closedBy ? ((await parts.personViews([closedBy])).get(closedBy) ?? null) : null;
      return { closed: { at: closedAt.toISOString(), why: closedWhy ?? 'moderators', by } };
    },

    /** Closes or opens it; twice is no error. Raises forbidden, input.*. */
    async set(actor: Actor, input: unknown): Promise<void> {
      insist(canKeepDoor(actor));
      const { open } = parse(doorSchema, input);
      await audit.record(actor, { action: open ? 'door.opened' : 'door.closed' });
      if (open) await community.openDoor(clock.now());
      else await community.closeDoor({ closedAt: clock.now(), closedWhy: 'moderators', closedBy: actor.id });
      if (open) mentions = [];
      parts.changed();
    },

    /** Somebody joined: too many in a short time close the door. */
    joined: (): Promise<void> =>
      quietly(
        (async () => {
          if ((await parts.joinedSince(await since(), limits.joins)) >= limits.joins) await closeByItself('newcomers');
        })(),
      ),

    /** A newcomer mentioned so many: the same. */
    mentioned: (count: number): Promise<void> =>
      quietly(
        (async () => {
          const now = clock.now().getTime();
          mentions = [...mentions.filter(({ at }) => at > now - limits.minutes * MINUTE), { at: now, count }];
          const all = mentions.reduce((sum, one) => sum + one.count, 0);
          if (all >= limits.mentions) await closeByItself('mentions');
        })(),
      ),
  };
}
