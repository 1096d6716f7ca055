// The database work on what the community decided. Imported by the community service and the hub's wiring.
import { isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { CommunityDocument, CommunityModel } from './community.model.ts';

export type CommunityRepository = ReturnType<typeof createCommunityRepository>;
type Decided = Omit<CommunityDocument, '_id'>;

const KEY = { _id: 'community' as const };

export function createCommunityRepository(model: CommunityModel) {
  return {
    /** What was decided; empty at first. */
    async read(): Promise<Decided> {
      const found = await retryIdempotent(() => model.findOne(KEY).lean<CommunityDocument>());
      if (!found) return {};
      const { _id, ...decided } = found;
      return decided;
    },

    async decide(decided: Decided): Promise<void> {
      const write = () => model.updateOne(KEY, { $set: decided }, { upsert: true });
      await retryIdempotent<unknown>(write).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // somebody else made it at the same moment
        return retryIdempotent<unknown>(write);
      });
    },
  };
}
