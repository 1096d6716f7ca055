// Accounts and their record in the database: plain entities out, driver errors as AppError. Only this area's services import it.
import type { Role } from '#shared/accounts.ts';
import type { ExitSite } from '#shared/exit.ts';
import type { Locale } from '#shared/locales.ts';
import type { CommunityLanguage } from '#shared/text/languages.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { AppError } from '../kernel/app-error.ts';
import { newId } from '../kernel/ids.ts';
import { createTogether } from '../kernel/together.ts';
import type { ActiveSanction } from '../kernel/sanctions.ts';
import type { AccountLogRow, AccountModels, UserRow } from './accounts.model.ts';

export interface User {
  id: string;
  userName: string;
  displayName: string;
  role: Role;
  locale: Locale;
  reads: CommunityLanguage[];
  invitedBy: string | null;
  showsPresence: boolean;
  sanctions: ActiveSanction[];
  exitTo: ExitSite;
  disguise: boolean;
  epoch: number;
  createdAt: Date;
}
export interface UserWithPassword extends User {
  passwordHash: string;
  invitationId: string | null;
}
export type Person = Pick<User, 'id' | 'displayName' | 'role'>;

const PLAIN = {
  userName: 1,
  displayName: 1,
  role: 1,
  locale: 1,
  reads: 1,
  showsPresence: 1,
  sanctions: 1,
  exitTo: 1,
  disguise: 1,
  epoch: 1,
  createdAt: 1,
  invitedBy: 1,
} as const;

type PlainRow = Pick<UserRow, '_id' | keyof typeof PLAIN>;

function entity(row: PlainRow): User {
  const { _id: id, userName, displayName, role, locale, reads = [], showsPresence = false, epoch, createdAt } = row;
  const { sanctions = [], exitTo = 'weather', disguise = false, invitedBy = null } = row;
  return {
    id,
    userName,
    displayName,
    role,
    locale,
    reads,
    showsPresence,
    sanctions,
    exitTo,
    invitedBy,
    disguise,
    epoch,
    createdAt,
  };
}
const orNull = (row: PlainRow | null): User | null => (row ? entity(row) : null);
const withPassword = (row: UserRow | null): UserWithPassword | null =>
  row ? { ...entity(row), passwordHash: row.passwordHash, invitationId: row.invitationId } : null;

export type AccountsRepository = ReturnType<typeof createAccountsRepository>;

export function createAccountsRepository({ users, log }: Pick<AccountModels, 'users' | 'log'>) {
  const known = createTogether((ids) =>
    retryIdempotent(async () => {
      const rows = await users.find({ _id: { $in: ids } }, PLAIN).lean<PlainRow[]>();
      return new Map(rows.map((row) => [row._id, entity(row)]));
    }),
  );

  return {
    byId: async (id: string): Promise<User | null> => (await known(id)) ?? null,

    byIdWithPassword: (id: string): Promise<UserWithPassword | null> =>
      retryIdempotent(async () => withPassword(await users.findById(id).lean<UserRow>())),

    byUserName: (userName: string): Promise<User | null> =>
      retryIdempotent(async () => orNull(await users.findOne({ userName }, PLAIN).lean<PlainRow>())),

    byUserNameWithPassword: (userName: string): Promise<UserWithPassword | null> =>
      retryIdempotent(async () => withPassword(await users.findOne({ userName }).lean<UserRow>())),

    /** The account whose open reset code this is, or null. */
    byResetCode: (userName: string, codeHash: string, now: Date): Promise<User | null> =>
      retryIdempotent(async () =>
        orNull(
          await users
            .findOne({ userName, 'reset.codeHash': codeHash, 'reset.expiresAt': { $gt: now } }, PLAIN)
            .lean<PlainRow>(),
        ),
      ),

    async persons(ids: string[]): Promise<Person[]> {
      const found = await Promise.all(ids.map(known));
      return found.flatMap((user) => (user ? [{ id: user.id, displayName: user.displayName, role: user.role }] : []));
    },

    /** The current epochs of these accounts; unknown ones are missing. */
    epochs: (ids: string[]): Promise<Map<string, number>> =>
      retryIdempotent(async () => {
        const rows = await users.find({ _id: { $in: ids } }, { epoch: 1 }).lean<Pick<UserRow, '_id' | 'epoch'>[]>();
        return new Map(rows.map((row) => [row._id, row.epoch]));
      }),

    /** Newest accounts first, at most `limit`, those made before the account `before`; none that is being deleted. */
    page: (before: string | undefined, limit: number, invitedBy?: string): Promise<User[]> =>
      retryIdempotent(async () => {
        const older = before === undefined ? {} : { _id: { $lt: before } };
        const filter = { ...older, leavingAt: { $exists: false }, ...(invitedBy === undefined ? {} : { invitedBy }) };
        const rows = await users.find(filter, PLAIN).sort({ _id: -1 }).limit(limit).lean<PlainRow[]>();
        return rows.map(entity);
      }),

    /** By the time in their ids; counts at most `most`. */
    countJoined: (since: Date, most: number): Promise<number> => {
      const first =
        Math.floor(since.getTime() / 1000)
          .toString(16)
          .padStart(8, '0') + '0'.repeat(16);
      return retryIdempotent(() => users.countDocuments({ _id: { $gte: first } }).limit(most));
    },
    idsWithRole: (roles: Role[]): Promise<string[]> =>
      retryIdempotent(async () => {
        const rows = await users.find({ role: { $in: roles } }, { _id: 1 }).lean<Pick<UserRow, '_id'>[]>();
        return rows.map(({ _id }) => _id);
      }),

    hasCoordinator: (): Promise<boolean> =>
      retryIdempotent(async () => (await users.findOne({ role: 'coordinator' }, { _id: 1 }).lean()) !== null),

    /** Raises auth.name-taken, and auth.invitation-invalid for a second account by the one-time link. */
    async insert(row: UserRow): Promise<User> {
      try {
        await guardDatabase(() => users.insertOne(row));
      } catch (error) {
        if (isDuplicateKey(error, ['userName'])) throw new AppError('auth.name-taken');
        if (isDuplicateKey(error, ['first'])) throw new AppError('auth.invitation-invalid');
        throw error;
      }
      return entity(row);
    },

    /** The mark of the one-time link must not outlive its holder's role, or an empty hub could never begin again. */
    forgetFirst: (): Promise<unknown> =>
      retryIdempotent(() => users.updateMany({ first: true, role: { $ne: 'coordinator' } }, { $unset: { first: 1 } })),

    update: (
      id: string,
      change: Partial<Pick<UserRow, 'displayName' | 'locale' | 'reads' | 'showsPresence' | 'exitTo' | 'disguise'>>,
    ): Promise<User | null> =>
      retryIdempotent(async () =>
        orNull(
          await users
            .findOneAndUpdate({ _id: id }, { $set: change }, { returnDocument: 'after', projection: PLAIN })
            .lean<PlainRow>(),
        ),
      ),

    /** null: she stays. */
    setLeaving: (id: string, at: Date | null): Promise<unknown> =>
      retryIdempotent(() =>
        users.updateOne({ _id: id }, at ? { $set: { leavingAt: at } } : { $unset: { leavingAt: 1 } }),
      ),

    /** Somebody else has the role and is not about to leave. */
    otherCoordinator: (id: string): Promise<boolean> =>
      retryIdempotent(async () => {
        const other = { role: 'coordinator', _id: { $ne: id }, leavingAt: { $exists: false } } as const;
        return (await users.findOne(other, { _id: 1 }).lean()) !== null;
      }),

    /** One atomic change: her names are gone, no password fits, all logins are over, she has no power. */
    close: (id: string, passwordHash: string): Promise<unknown> =>
      retryIdempotent(() =>
        users.updateOne(
          { _id: id },
          {
            $set: { passwordHash, userName: `~${id}`, displayName: '', role: 'member' },
            $unset: { reset: 1, first: 1 },
            $inc: { epoch: 1 },
          },
        ),
      ),

    /** Ends all her logins at once; the rows are removed after. */
    raiseEpoch: (id: string): Promise<unknown> =>
      guardDatabase(() => users.updateOne({ _id: id }, { $inc: { epoch: 1 } })),

    setReset: (id: string, reset: { codeHash: string; expiresAt: Date }): Promise<unknown> =>
      retryIdempotent(() => users.updateOne({ _id: id }, { $set: { reset } })),

    /** One atomic change: the code is used up, the password is new, the logins are over. False: the code was not open. */
    resetPassword: (id: string, codeHash: string, now: Date, passwordHash: string): Promise<boolean> =>
      guardDatabase(async () => {
        const open = { _id: id, 'reset.codeHash': codeHash, 'reset.expiresAt': { $gt: now } };
        const change = { $set: { passwordHash }, $unset: { reset: 1 }, $inc: { epoch: 1 } };
        return (await users.updateOne(open, change)).modifiedCount === 1;
      }),

    /** Only while the password and the epoch are those that were read. False otherwise. */
    changePassword: (user: UserWithPassword, passwordHash: string): Promise<boolean> =>
      guardDatabase(async () => {
        const same = { _id: user.id, passwordHash: user.passwordHash, epoch: user.epoch };
        const change = { $set: { passwordHash }, $unset: { reset: 1 }, $inc: { epoch: 1 } };
        return (await users.updateOne(same, change)).modifiedCount === 1;
      }),

    /** The same password at another cost; nothing else changes. */
    rehash: (user: UserWithPassword, passwordHash: string): Promise<unknown> =>
      guardDatabase(() =>
        users.updateOne({ _id: user.id, passwordHash: user.passwordHash }, { $set: { passwordHash } }),
      ),

    record: (entry: Omit<AccountLogRow, '_id'>): Promise<unknown> =>
      guardDatabase(() => log.insertOne({ _id: newId(), ...entry })),
  };
}
