// Limits on guessing: failures are counted, never mere requests, and nobody locks another woman out. Only this area imports it.
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { ASKING } from '#shared/asking.limits.ts';
import { isAppError, type ErrorCode } from '#shared/errors.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { LimitsRepository } from './limits.repository.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** `max` failures within fixed windows of `window` milliseconds. */
interface Rule {
  max: number;
  window: number;
}
export const RULES = {
  /** one account from one address */
  pair: { max: 8, window: 15 * MINUTE },
  /** different accounts that fail from one address, except where they signed in before; a community centre has 80 */
  address: { max: 120, window: 15 * MINUTE },
  /** one account from all addresses where it never signed in; a single address cannot reach it (8 per quarter of an hour) */
  account: { max: 100, window: 60 * MINUTE },
  /** wrong codes and taken user names from one address */
  code: { max: 100, window: 15 * MINUTE },
  /** wrong current passwords in her settings */
  current: { max: 10, window: 15 * MINUTE },
  /** invitations and reset codes that one person makes */
  making: { max: 120, window: 60 * MINUTE },
  /** requests to join from one address */
  asking: { max: ASKING.perDay, window: DAY },
  /** copies of all her data; one more than one, since a download may break off */
  saving: { max: 2, window: 60 * MINUTE },
} satisfies Record<string, Rule>;

/** An address where she signed in counts as hers for so long. */
const KNOWN_MS = 90 * DAY;

/** Homes have a /64 of IPv6, so that is one place; IPv4 in IPv6 is the same place as IPv4. */
export function placeOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** A sign-in attempt that was let through: counted as failed until one of these says otherwise. */
export interface Attempt {
  /** The password was right: nothing counts, and the address is hers from now on. */
  succeeded(): Promise<void>;
  /** It was not a failure of hers (the database was away): nothing counts. */
  undone(): Promise<void>;
}

export type AccountsLimiter = ReturnType<typeof createAccountsLimiter>;

/** Every refusal is rate.limited with `seconds`. Addresses are used as keyed hashes only, and expire. */
export function createAccountsLimiter({ limits, clock }: { limits: LimitsRepository; clock: Clock }) {
  let secret: Promise<string> | undefined;
  async function keyed(...parts: string[]): Promise<string> {
    secret ??= limits.secret().catch((error: unknown) => {
      secret = undefined;
      throw error;
    });
    return createHmac('sha256', await secret)
      .update(JSON.stringify(parts))
      .digest('hex');
  }

  async function counter(kind: keyof typeof RULES, ...parts: string[]) {
    const { max, window } = RULES[kind];
    const now = clock.now().getTime();
    const number = Math.floor(now / window);
    const end = (number + 1) * window;
    const id = await keyed(kind, String(number), ...parts);
    const check = (count: number): number => {
      if (count > max) throw new AppError('rate.limited', { seconds: Math.max(1, Math.ceil((end - now) / 1000)) });
      return count;
    };
    return {
      hit: async () => check(await limits.hit(id, new Date(end))),
      look: async () => check(await limits.count(id)),
      giveBack: () => limits.giveBack(id),
      remove: () => limits.remove(id),
    };
  }

  /** Only 16 bits of the place are kept: enough to know it again, too little to find the address from it. */
  async function knownKey(userName: string, place: string): Promise<string> {
    const rough = (await keyed('place', userName, place)).slice(0, 4);
    return `${await keyed('known', userName)}${rough}`;
  }

  async function trust(userName: string, address: string): Promise<void> {
    const until = new Date(clock.now().getTime() + KNOWN_MS);
    await limits.mark(await knownKey(userName, placeOf(address)), until);
  }

  return {
    /** The address is hers from now on: a flood of failures from elsewhere does not keep her out. */
    trust,

    /** Before a password is checked. Counts first, so that parallel guesses cannot slip through together. */
    async signIn(userName: string, address: string): Promise<Attempt> {
      const place = placeOf(address);
      const known = await limits.isMarked(await knownKey(userName, place), clock.now());
      const pair = await counter('pair', userName, place);
      const first = (await pair.hit()) === 1;
      const shared = known ? null : await counter('address', place);
      await (first ? shared?.hit() : shared?.look());
      const account = known ? null : await counter('account', userName);
      await account?.hit();
      return {
        async succeeded() {
          if (await pair.remove()) await shared?.giveBack();
          await account?.giveBack();
          await trust(userName, address);
        },
        async undone() {
          await pair.giveBack();
          if (first) await shared?.giveBack();
          await account?.giveBack();
        },
      };
    },

    /** Runs something that can be guessed at; only the errors in `failures` count. `who` is an address or an id. */
    async guess<T>(kind: 'code' | 'current', who: string, failures: ErrorCode[], run: () => Promise<T>): Promise<T> {
      const own = await counter(kind, kind === 'code' ? placeOf(who) : who);
      await own.hit();
      try {
        const result = await run();
        await own.giveBack();
        return result;
      } catch (error) {
        if (!isAppError(error) || !failures.includes(error.code)) await own.giveBack().catch(() => undefined);
        throw error;
      }
    },

    async making(actorId: string): Promise<void> {
      await (await counter('making', actorId)).hit();
    },

    async asking(address: string): Promise<void> {
      await (await counter('asking', placeOf(address))).hit();
    },

    async saving(actorId: string): Promise<void> {
      await (await counter('saving', actorId)).hit();
    },
  };
}
