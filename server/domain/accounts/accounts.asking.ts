// What accounts do for strangers who ask to join: her code, how often she may ask, and the invitation that lets her in. Part of the accounts service.
import { ASKING } from '#shared/asking.limits.ts';
import type { Actor } from '../kernel/actor.ts';
import { newId } from '../kernel/ids.ts';
import { hoursFrom, placesLeft, type Parts } from './accounts.parts.ts';
import { hashCode, makeCode } from './codes.ts';

export function createAskingPort(parts: Parts) {
  const { invitations, limiter, clock } = parts;
  return {
    /** A code that nobody has; only its hash is ever stored. */
    newCode: (): string => makeCode(),
    /** The stored form of what she typed; null when it cannot be a code. */
    codeHashOf: (code: string): string | null => hashCode(code),
    /** Counts one more request from this address. Raises rate.limited. */
    countAsking: (address: string): Promise<void> => limiter.asking(address),

    /** How many more may join by her invitations. */
    placesLeft: async (actor: Pick<Actor, 'id' | 'role'>): Promise<number> =>
      Math.max(0, await placesLeft(parts, actor)),

    /**
     * An invitation for one, by the code that she has already; may run twice. False: more would be open than the maker's
     * role may have, and nothing was made. Rights and the record are the caller's.
     */
    async admit(maker: Pick<Actor, 'id' | 'role'>, codeHash: string): Promise<boolean> {
      const now = clock.now();
      const id = newId();
      const made = await invitations.insertOnce({
        ...{ _id: id, codeHash, role: 'member', note: '', createdBy: maker.id, createdAt: now, uses: 1, usesLeft: 1 },
        ...{ expiresAt: hoursFrom(now, ASKING.answerDays * 24), revokedAt: null, asked: true },
      });
      if (!made || (await placesLeft(parts, maker)) >= 0) return true;
      await invitations.remove(id);
      return false;
    },

    /** Whether somebody may still join by it. */
    isOpenCode: async (codeHash: string): Promise<boolean> =>
      (await invitations.openByCode(codeHash, clock.now())) !== null,
  };
}
