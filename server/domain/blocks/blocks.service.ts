// Blocking, both ways: who wants nothing of whom, the list of it, one look behind a stone. Made by the hub; doors call it with (actor, input).
import type { Page, PersonView } from '#shared/accounts.ts';
import { blockSchema, blockedPageSchema, peekSchema } from '#shared/blocks.ts';
import type { BlockableView, BlockedView, PeekView } from '#shared/blocks.ts';
import { LIMITS } from '#shared/limits.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { BlockEvents } from './blocks.events.ts';
import { canBlock } from './blocks.policy.ts';
import type { Block, BlocksRepository } from './blocks.repository.ts';
import { createBlockTable, pairKey, type Pair } from './blocks.table.ts';

interface Parts {
  blocks: BlocksRepository;
  personViews(ids: string[]): Promise<Map<string, PersonView>>;
  /** A message of a room that she may read, as it is; null: none, or nothing to read in it. */
  behindStone(actor: Actor, input: { roomId: string; messageId: string }): Promise<PeekView | null>;
  /** What is between two people ends: talks, what one was told of the other. May run twice. */
  part(one: string, other: string): Promise<void>;
  /** Resolves when other processes know, or find it by themselves within seconds. Never raises. */
  elsewhere(): Promise<void>;
  bus: EventBus<BlockEvents & { 'user.changed': { userId: string } }>;
  clock: Clock;
}
export type BlocksService = ReturnType<typeof createBlocksService>;

const ROWS = 500;
/** Clocks of several processes differ; what is read twice changes nothing. */
const OVERLAP_MS = 60_000;
/** So often memory is compared with all that is stored; what is younger than a day stays. */
const TIDY_MS = 3_600_000;
const DAY_MS = 86_400_000;

export function createBlocksService({ blocks, personViews, behindStone, part, elsewhere, bus, clock }: Parts) {
  const table = createBlockTable();
  let seen = new Date(0);
  let started = false;
  let tidied = clock.now();

  const told = (by: string, whom: string, on: boolean): void => bus.emit('block.changed', { userIds: [by, whom], on });

  async function learnRoles(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const [id, { role, displayName }] of await personViews(ids)) table.stands(id, role, displayName === '');
  }
  bus.on('user.changed', ({ userId }) => {
    if (table.knows(userId)) void learnRoles([userId]).catch(() => undefined); // the next look mends it
  });

  /** Page after page, oldest first. */
  async function* changedSince(start: Date): AsyncGenerator<Block[]> {
    let since = start;
    for (let after = ''; ;) {
      const rows = await blocks.changedSince(since, after, ROWS);
      yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < ROWS) return;
      since = last.changedAt;
      after = last.id;
    }
  }

  /** Of erased people nobody is told: what is stored no more is not kept in memory either. Roles are read anew. */
  async function tidy(): Promise<void> {
    tidied = clock.now();
    const kept = new Set<string>();
    for await (const rows of changedSince(new Date(0)))
      for (const { by, whom, endedAt } of rows) if (endedAt === null) kept.add(pairKey(by, whom));
    table.keepOnly(kept, new Date(tidied.getTime() - DAY_MS));
    const all = table.everybody();
    for (let from = 0; from < all.length; from += ROWS) await learnRoles(all.slice(from, from + ROWS));
  }

  async function person(userId: string): Promise<PersonView> {
    const found = (await personViews([userId])).get(userId);
    if (!found?.displayName) throw new AppError('not-found');
    return found;
  }

  return {
    /**
     * Holds in every process that answers when it resolves, in others within five seconds. Twice is no error. Raises
     * input.invalid (herself), 'block.staff', 'block.full', not-found. The other is not told.
     */
    async block(actor: Actor, input: unknown): Promise<null> {
      const { userId } = parse(blockSchema, input);
      if (userId === actor.id) throw new AppError('input.invalid', { field: 'userId' });
      const other = await person(userId);
      insist(canBlock(actor, other));
      if (!(await blocks.holds(actor.id, userId))) {
        if ((await blocks.count(actor.id)) >= LIMITS.blocks) throw new AppError('block.full', { max: LIMITS.blocks });
        await blocks.begin(actor.id, userId, clock.now());
      }
      table.stands(actor.id, actor.role);
      table.stands(userId, other.role);
      table.take({ by: actor.id, whom: userId, endedAt: null, changedAt: clock.now() });
      // again too: what a crash cut off is done now
      const others = elsewhere();
      await part(actor.id, userId);
      told(actor.id, userId, true);
      await others;
      return null;
    },

    /** Twice is no error. */
    async unblock(actor: Actor, input: unknown): Promise<null> {
      const { userId } = parse(blockSchema, input);
      const now = clock.now();
      await blocks.end(actor.id, userId, now);
      if (!table.take({ by: actor.id, whom: userId, endedAt: now, changedAt: now })) return null;
      told(actor.id, userId, false);
      await elsewhere();
      return null;
    },

    /** Whom she blocked, newest first. */
    async list(actor: Actor, input: unknown): Promise<Page<BlockedView>> {
      const { before = null } = parse(blockedPageSchema, input);
      const [time = '', whom = ''] = before?.split('-') ?? [];
      const below = before === null ? null : { at: new Date(Number(time)), whom };
      const found = await blocks.page(actor.id, below, LIMITS.listPage + 1);
      const list = found.slice(0, LIMITS.listPage);
      const people = await personViews(list.map((row) => row.whom));
      const last = list.at(-1);
      return {
        items: list.flatMap((row) => {
          const view = people.get(row.whom);
          return view ? [{ person: view, since: row.at.toISOString() }] : [];
        }),
        next: found.length > list.length && last ? `${last.at.getTime()}-${last.whom}` : null,
      };
    },

    /** Somebody whom she may want to block. Raises input.invalid (herself), not-found, also for whom she cannot see. */
    async person(actor: Actor, input: unknown): Promise<BlockableView> {
      const { userId } = parse(blockSchema, input);
      if (userId === actor.id) throw new AppError('input.invalid', { field: 'userId' });
      const pair = table.of(actor.id);
      if (pair?.theirs.has(userId)) throw new AppError('not-found');
      const other = await person(userId);
      const blocked = pair?.mine.has(userId) ?? false;
      return { person: other, blocked, refusal: canBlock(actor, other).ok ? null : 'block.staff' };
    },

    /** One look behind a stone of somebody whom she blocked, and who did not block her. Raises not-found otherwise. */
    async peek(actor: Actor, input: unknown): Promise<PeekView> {
      const found = await behindStone(actor, parse(peekSchema, input));
      const pair = table.of(actor.id);
      const hers = found && pair?.mine.has(found.author.id) && !pair.theirs.has(found.author.id);
      if (!hers) throw new AppError('not-found');
      return found;
    },

    pairOf: (userId: string): Pair | null => table.of(userId),
    apart: (one: string, other: string): boolean => table.apart(one, other),
    changedLately: (userId: string): boolean => table.changedLately(userId, clock.now()),

    /** Looks for what other processes changed; at start everything is new. */
    async refresh(): Promise<void> {
      const first = !started;
      const since = new Date(Math.max(0, seen.getTime() - OVERLAP_MS));
      for await (const rows of changedSince(since)) {
        const news = rows.filter(({ by, whom }) => !table.knows(by) || !table.knows(whom));
        await learnRoles([...new Set(news.flatMap(({ by, whom }) => [by, whom]))]);
        for (const row of rows) {
          if (table.take(row) && !first) told(row.by, row.whom, row.endedAt === null);
          seen = new Date(Math.max(seen.getTime(), row.changedAt.getTime()));
        }
      }
      started = true;
      if (clock.now().getTime() - tidied.getTime() > TIDY_MS) await tidy();
    },
  };
}
