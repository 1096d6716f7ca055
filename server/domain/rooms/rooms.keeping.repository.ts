// The database work of how long rooms keep their messages. Part of the rooms repository.
import mongoose from 'mongoose';
import { KEPT_DAYS } from '#shared/rooms.keeping.ts';
import { retryIdempotent } from '../../database/errors.ts';
import type { RoomModels } from './rooms.model.ts';

/** A room whose messages are looked at next; `after`: where the last step ended. */
export interface DueRoom {
  id: string;
  keepDays: number;
  after: number;
}
const objectId = (id: string) => new mongoose.Types.ObjectId(id);
/** Talks have an end of their own. */
const NEVER = new Date('9999-01-01T00:00:00Z');
const DUE = { keepDays: 1, purgeAfter: 1, access: 1 } as const;

export function createKeepingPart({ rooms, members }: RoomModels) {
  const set = (id: string, change: object): Promise<unknown> =>
    retryIdempotent(() => rooms.collection.updateOne({ _id: objectId(id) }, change));

  return {
    /** From the beginning of the room at the next turn. */
    setKeepDays: (id: string, keepDays: number): Promise<unknown> =>
      set(id, { $set: { keepDays }, $unset: { purgeAt: '', purgeAfter: '' } }),

    /** One whose messages nobody looked at since `now`; null: none. */
    async due(now: Date): Promise<DueRoom | null> {
      for (;;) {
        const first = (purgeAt: null | { $lte: Date }) =>
          retryIdempotent(() => rooms.findOne({ purgeAt }, DUE).sort({ purgeAt: 1 }).lean().exec());
        const found = (await first(null)) ?? (await first({ $lte: now }));
        if (!found) return null;
        const id = found._id.toHexString();
        if (found.access !== 'talk') return { id, keepDays: found.keepDays ?? KEPT_DAYS, after: found.purgeAfter ?? 0 };
        await set(id, { $set: { purgeAt: NEVER } });
      }
    },
    /** The next step goes on after seq `after`. */
    goOn: (id: string, after: number): Promise<unknown> => set(id, { $set: { purgeAfter: after } }),
    /** Through for now; below seq `below` nothing is left. */
    through: (id: string, again: Date, below: number): Promise<unknown> =>
      set(id, { $set: { purgeAt: again }, $unset: { purgeAfter: '' }, $max: { purgedBelow: below } }),

    /** Whoever has not read so far has: what came before is gone. */
    countAsRead: (id: string, posts: number): Promise<unknown> =>
      retryIdempotent(() =>
        members.collection.updateMany(
          { roomId: objectId(id), readPosts: { $lt: posts } },
          { $set: { readPosts: posts } },
        ),
      ),
  };
}
