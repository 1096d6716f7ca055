// Logins in the database; tokens come in hashed. Only this area's services and sessions.lucia.ts import it.
import { guardDatabase, retryIdempotent } from '../../database/errors.ts';
import { createTogether } from '../kernel/together.ts';
import type { AccountModels, SessionRow } from './accounts.model.ts';

export type Session = Omit<SessionRow, '_id' | 'tokenHash'> & { id: string };

type Row = Omit<SessionRow, 'tokenHash'>;

const WITHOUT_TOKEN = { tokenHash: 0 } as const;
const entity = ({ _id: id, ...rest }: Row): Session => ({ id, ...rest });

export type SessionsRepository = ReturnType<typeof createSessionsRepository>;

export function createSessionsRepository({ sessions }: Pick<AccountModels, 'sessions'>) {
  const byHash = createTogether((hashes) =>
    retryIdempotent(async () => {
      const rows = await sessions.find({ tokenHash: { $in: hashes } }).lean<SessionRow[]>();
      return new Map(rows.map(({ tokenHash, ...row }) => [tokenHash, entity(row)]));
    }),
  );

  return {
    insert: (row: SessionRow): Promise<unknown> => guardDatabase(() => sessions.insertOne(row)),

    byTokenHash: async (tokenHash: string): Promise<Session | null> => (await byHash(tokenHash)) ?? null,

    byIds: (ids: string[], now: Date): Promise<Session[]> =>
      retryIdempotent(async () => {
        const rows = await sessions.find({ _id: { $in: ids }, expiresAt: { $gt: now } }, WITHOUT_TOKEN).lean<Row[]>();
        return rows.map(entity);
      }),

    /** Her logins, last used first; `skip` of them left out. */
    ofUser: (userId: string, limit: number, skip = 0): Promise<Session[]> =>
      retryIdempotent(async () => {
        const rows = await sessions
          .find({ userId }, WITHOUT_TOKEN)
          .sort({ lastUsedAt: -1 })
          .skip(skip)
          .limit(limit)
          .lean<Row[]>();
        return rows.map(entity);
      }),

    touch: (id: string, lastUsedAt: Date): Promise<unknown> =>
      retryIdempotent(() => sessions.updateOne({ _id: id }, { $max: { lastUsedAt } })),

    extend: (tokenHash: string, expiresAt: Date): Promise<unknown> =>
      retryIdempotent(() => sessions.updateOne({ tokenHash }, { $max: { expiresAt } })),

    /** Keeps this login alive through the epoch that her account is about to reach. */
    raiseEpoch: (id: string, epoch: number): Promise<unknown> =>
      retryIdempotent(() => sessions.updateOne({ _id: id }, { $max: { epoch } })),

    /** False: not one of hers. */
    removeOne: (userId: string, id: string): Promise<boolean> =>
      guardDatabase(async () => (await sessions.deleteOne({ _id: id, userId })).deletedCount === 1),

    removeByTokenHash: (tokenHash: string): Promise<unknown> =>
      retryIdempotent(() => sessions.deleteOne({ tokenHash })),

    removeMany: (userId: string, ids: string[]): Promise<unknown> =>
      retryIdempotent(() => sessions.deleteMany({ userId, _id: { $in: ids } })),

    removeAll: (userId: string): Promise<unknown> => retryIdempotent(() => sessions.deleteMany({ userId })),

    removeExpired: (now: Date): Promise<unknown> =>
      retryIdempotent(() => sessions.deleteMany({ expiresAt: { $lte: now } })),
  };
}
