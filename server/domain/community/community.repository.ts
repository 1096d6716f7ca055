// The database work on what the community decided. Imported by the community service and the hub's wiring.
import { isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { createShared } from '../kernel/together.ts';
import type { CommunityDocument, CommunityModel } from './community.model.ts';

export type CommunityRepository = ReturnType<typeof createCommunityRepository>;
type Decided = Omit<CommunityDocument, '_id'>;

const KEY = { _id: 'community' as const };

export function createCommunityRepository(model: CommunityModel) {
  const read = createShared(async (): Promise<Decided> => {
    const found = await retryIdempotent(() => model.findOne(KEY).lean<CommunityDocument>());
    if (!found) return {};
    const { _id, ...decided } = found;
    return decided;
  });

  return {
    /** What was decided; empty at first. */
    read: (): Promise<Decided> => read(''),

    /** False: it is closed already. */
    async closeDoor(closed: Pick<Decided, 'closedAt' | 'closedWhy' | 'closedBy'>): Promise<boolean> {
      const write = () => model.updateOne({ ...KEY, closedAt: null }, { $set: closed }, { upsert: true });
      return retryIdempotent(write).then(
        ({ matchedCount, upsertedCount }) => matchedCount + upsertedCount > 0,
        (error: unknown) => {
          if (!isDuplicateKey(error)) throw error;
          return false;
        },
      );
    },
    openDoor: (openedAt: Date): Promise<unknown> =>
      retryIdempotent<unknown>(() => model.updateOne(KEY, { $set: { closedAt: null, closedBy: null, openedAt } })),

    async decide(decided: Decided): Promise<void> {
      const write = () => model.updateOne(KEY, { $set: decided }, { upsert: true });
      await retryIdempotent<unknown>(write).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // somebody else made it at the same moment
        return retryIdempotent<unknown>(write);
      });
    },
  };
}
