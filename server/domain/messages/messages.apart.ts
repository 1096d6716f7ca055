// What has to be looked up to show a room to somebody from whom messages of some people are kept. Imported by the hub's wiring of blocks.
import mongoose from 'mongoose';
import { retryIdempotent } from '../../database/errors.ts';
import type { MessageModels } from './messages.model.ts';

export type ApartLookups = ReturnType<typeof createApartLookups>;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
/** So many numbers are counted one by one. */
const FEW = 3;
const MAJORITY = { readConcern: { level: 'majority' as const } };

export function createApartLookups({ messages }: Pick<MessageModels, 'messages'>) {
  /** What these people wrote under their names. */
  const named = (authorIds: readonly string[]) => ({
    authorId: { $in: authorIds.map(objectId) },
    anonymous: { $ne: true },
  });
  const others = (authorIds: readonly string[]) => ({
    $or: [{ authorId: { $nin: authorIds.map(objectId) } }, { anonymous: true }],
  });

  return {
    /** Who wrote these messages; anonymous ones have no author. */
    async authors(ids: readonly string[]): Promise<Map<string, string>> {
      if (ids.length === 0) return new Map();
      const filter = { _id: { $in: ids.map(objectId) }, anonymous: { $ne: true } };
      const query = () => messages.collection.find(filter, { ...MAJORITY, projection: { authorId: 1 } }).toArray();
      return new Map((await retryIdempotent(query)).map((one) => [one._id.toHexString(), one.authorId.toHexString()]));
    },

    /** Living replies in this thread by these people, and when the newest by anybody else was written. */
    async replies(roomId: string, rootId: string, authorIds: readonly string[]) {
      const thread = { roomId: objectId(roomId), threadId: rootId };
      const living = { ...named(authorIds), removedBy: null, moved: null };
      const count = await retryIdempotent(() => messages.collection.countDocuments({ ...thread, ...living }));
      if (count === 0) return { count, lastAt: null };
      const newest = () =>
        messages.collection
          .find({ ...thread, ...others(authorIds) }, MAJORITY)
          .sort({ roomId: -1, threadId: -1, seq: -1 })
          .limit(1)
          .toArray();
      return { count, lastAt: (await retryIdempotent(newest))[0]?.at.toISOString() ?? null };
    },

    /** By each of these posts of the room: how many up to it these people wrote. */
    async postsUpTo(
      roomId: string,
      posts: readonly number[],
      authorIds: readonly string[],
    ): Promise<Map<number, number>> {
      const theirs = { roomId: objectId(roomId), ...named(authorIds) };
      const count = (post: number) =>
        retryIdempotent(() => messages.collection.countDocuments({ ...theirs, post: { $lte: post } }));
      if (posts.length <= FEW) {
        return new Map(
          await Promise.all(posts.map(async (post): Promise<[number, number]> => [post, await count(post)])),
        );
      }
      const [first, last] = [Math.min(...posts), Math.max(...posts)];
      const between = { ...theirs, post: { $gt: first, $lte: last } };
      const query = () => messages.collection.find(between, { ...MAJORITY, projection: { post: 1 } }).toArray();
      const [before, rows] = await Promise.all([count(first), retryIdempotent(query)]);
      return new Map(posts.map((post) => [post, before + rows.filter((row) => row.post <= post).length]));
    },

    /** When the newest message of the room by anybody else was written. */
    async lastAt(roomId: string, authorIds: readonly string[]): Promise<string | null> {
      const query = () =>
        messages.collection
          .find({ roomId: objectId(roomId), ...others(authorIds) }, MAJORITY)
          .sort({ roomId: -1, seq: -1 })
          .limit(1)
          .toArray();
      return (await retryIdempotent(query))[0]?.at.toISOString() ?? null;
    },
  };
}
