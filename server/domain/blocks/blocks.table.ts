// All blocks of the hub in memory, kept right by its own changes and by looking for those of other processes. Only the blocks service writes it.
import type { Role } from '#shared/accounts.ts';
import type { Block } from './blocks.repository.ts';
import { staysReachable } from './blocks.policy.ts';

/** Whom she blocked, and who blocked her. */
export interface Pair {
  mine: ReadonlySet<string>;
  theirs: ReadonlySet<string>;
}

interface Sides {
  mine: Set<string>;
  theirs: Set<string>;
  changedAt: number;
}

const LATELY_MS = 86_400_000;

export const pairKey = (by: string, whom: string): string => `${by} ${whom}`;

export function createBlockTable() {
  const people = new Map<string, Sides>();
  /** From whom nobody is kept. */
  const free = new Set<string>();

  function sidesOf(userId: string): Sides {
    const sides = people.get(userId) ?? { mine: new Set(), theirs: new Set(), changedAt: 0 };
    people.set(userId, sides);
    return sides;
  }
  const reachable = (ids: Set<string>): ReadonlySet<string> =>
    [...ids].some((id) => free.has(id)) ? new Set([...ids].filter((id) => !free.has(id))) : ids;

  return {
    /** True when that was news. */
    take({ by, whom, endedAt, changedAt }: Pick<Block, 'by' | 'whom' | 'endedAt' | 'changedAt'>): boolean {
      const on = endedAt === null;
      const [one, other] = [sidesOf(by), sidesOf(whom)];
      if (one.mine.has(whom) === on) return false;
      if (on) {
        one.mine.add(whom);
        other.theirs.add(by);
      } else {
        one.mine.delete(whom);
        other.theirs.delete(by);
      }
      for (const sides of [one, other]) sides.changedAt = Math.max(sides.changedAt, changedAt.getTime());
      return true;
    },
    /** `gone`: she deleted her account, and what is left of her is nobody's. */
    stands(userId: string, role: Role, gone = false): void {
      if (gone || staysReachable(role)) free.add(userId);
      else free.delete(userId);
    },
    everybody: (): string[] => [...people.keys()],
    /**
     * What is stored no more is forgotten: `kept` are all that hold, by `key`. People about whom something changed after
     * `before` are left as they are: it may be newer than what was read.
     */
    keepOnly(kept: ReadonlySet<string>, before: Date): void {
      const quiet = (id: string): boolean => (people.get(id)?.changedAt ?? 0) < before.getTime();
      for (const [by, { mine }] of people) {
        for (const whom of mine) {
          if (kept.has(pairKey(by, whom)) || !quiet(by) || !quiet(whom)) continue;
          mine.delete(whom);
          people.get(whom)?.theirs.delete(by);
        }
      }
      for (const [id, { mine, theirs }] of people) {
        if (mine.size + theirs.size > 0 || !quiet(id)) continue;
        people.delete(id);
        free.delete(id);
      }
    },
    knows: (userId: string): boolean => people.has(userId),

    /** null: nothing stands between her and anybody. */
    of(userId: string): Pair | null {
      const sides = people.get(userId);
      if (!sides || free.has(userId)) return null;
      const [mine, theirs] = [reachable(sides.mine), reachable(sides.theirs)];
      return mine.size + theirs.size === 0 ? null : { mine, theirs };
    },
    apart(one: string, other: string): boolean {
      const sides = people.get(one);
      if (!sides || free.has(one) || free.has(other)) return false;
      return sides.mine.has(other) || sides.theirs.has(other);
    },
    /** What she has on her screen may be from before a block, or from during one. */
    changedLately: (userId: string, now: Date): boolean =>
      now.getTime() - (people.get(userId)?.changedAt ?? -Infinity) < LATELY_MS,
  };
}
