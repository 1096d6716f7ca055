// Invitations in the database, with their atomic count of uses. Only this area's services import it.
import { guardDatabase, isDuplicateKey, isNew, retryIdempotent } from '../../database/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { AccountModels, InvitationRow } from './accounts.model.ts';

export type Invitation = Omit<InvitationRow, '_id'> & { id: string };

function entity({ _id: id, ...rest }: InvitationRow): Invitation {
  return { id, ...rest };
}
const orNull = (row: InvitationRow | null): Invitation | null => (row ? entity(row) : null);

const open = (now: Date) => ({ revokedAt: null, expiresAt: { $gt: now }, usesLeft: { $gt: 0 } });

export type InvitationsRepository = ReturnType<typeof createInvitationsRepository>;

export function createInvitationsRepository({ invitations }: Pick<AccountModels, 'invitations'>) {
  return {
    insert: (row: InvitationRow): Promise<Invitation> =>
      guardDatabase(async () => {
        await invitations.insertOne(row);
        return entity(row);
      }),

    /** False: there is one of this code. */
    insertOnce: (row: InvitationRow): Promise<boolean> => isNew(() => invitations.insertOne(row), ['codeHash']),

    /** As if it had never been made. */
    remove: (id: string): Promise<unknown> => retryIdempotent(() => invitations.deleteOne({ _id: id })),

    openByCode: (codeHash: string, now: Date): Promise<Invitation | null> =>
      retryIdempotent(async () => orNull(await invitations.findOne({ codeHash, ...open(now) }).lean<InvitationRow>())),

    /** How many may still join by open invitations of hers; at most `most` invitations are read. */
    openPlaces: (createdBy: string, now: Date, most: number): Promise<number> =>
      retryIdempotent(async () => {
        const rows = await invitations
          .find({ createdBy, ...open(now) }, { usesLeft: 1 })
          .limit(most)
          .lean<InvitationRow[]>();
        return rows.reduce((sum, { usesLeft }) => sum + usesLeft, 0);
      }),

    /** Whatever became of it. */
    byCode: (codeHash: string): Promise<Invitation | null> =>
      retryIdempotent(async () => orNull(await invitations.findOne({ codeHash }).lean<InvitationRow>())),

    /** Takes one use, or answers false: used up, expired or revoked meanwhile. */
    take: (id: string, codeHash: string, now: Date): Promise<boolean> =>
      guardDatabase(async () => {
        const taken = await invitations.updateOne({ _id: id, codeHash, ...open(now) }, { $inc: { usesLeft: -1 } });
        return taken.modifiedCount === 1;
      }),

    /** Gives a use back that made no account; the code must be the same one still. */
    giveBack: (id: string, codeHash: string): Promise<unknown> =>
      guardDatabase(() => invitations.updateOne({ _id: id, codeHash }, { $inc: { usesLeft: 1 } })),

    /** Newest first, at most `limit`, before the invitation `before`; only those of `createdBy` unless null. */
    page: (createdBy: string | null, before: string | undefined, limit: number): Promise<Invitation[]> =>
      retryIdempotent(async () => {
        const mine = createdBy === null ? {} : { createdBy };
        const older = before === undefined ? {} : { _id: { $lt: before } };
        const filter = { ...mine, ...older, first: { $ne: true as const } };
        const rows = await invitations.find(filter).sort({ _id: -1 }).limit(limit).lean<InvitationRow[]>();
        return rows.map(entity);
      }),

    /** Whether there is such an invitation, of `createdBy` unless null. */
    has: (id: string, createdBy: string | null): Promise<boolean> =>
      retryIdempotent(async () => {
        const mine = createdBy === null ? {} : { createdBy };
        return (await invitations.exists({ _id: id, ...mine, first: { $ne: true as const } })) !== null;
      }),

    /** False: no such invitation, or not one of `createdBy` (null: anyone's). Revoking twice is not an error. */
    revoke: (id: string, createdBy: string | null, now: Date): Promise<boolean> =>
      retryIdempotent(async () => {
        const mine = createdBy === null ? {} : { createdBy };
        const filter = { _id: id, ...mine, first: { $ne: true as const } };
        const result = await invitations.updateOne(filter, { $set: { revokedAt: now } });
        return result.matchedCount === 1;
      }),

    /** The one-time link of an empty hub: there is one document, and the newest link is in it. */
    async replaceFirst(row: Omit<InvitationRow, '_id' | 'first'>): Promise<void> {
      const write = () =>
        invitations.updateOne({ first: true }, { $set: row, $setOnInsert: { _id: newId() } }, { upsert: true });
      await guardDatabase(async () => {
        try {
          await write();
        } catch (error) {
          // two processes began at once on an empty hub: the other one's document is there now
          if (!isDuplicateKey(error)) throw error;
          await write();
        }
      });
    },
  };
}
