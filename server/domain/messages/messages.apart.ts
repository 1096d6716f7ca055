// What has to be looked up to show a room to somebody from whom messages of some people are kept, most of it from memory. Imported by the hub's wiring of blocks.
import mongoose from 'mongoose';
import type { RoomChanges } from '#shared/messages.ts';
import { retryIdempotent } from '../../database/errors.ts';
import type { MessageModels } from './messages.model.ts';

export type ApartLookups = ReturnType<typeof createApartLookups>;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const MAJORITY = { readConcern: { level: 'majority' as const } };
/** So many are remembered; with more it begins anew. */
const MOST = { authors: 10_000, places: 2_000 };

/** Which posts of a room one person wrote under her name, up to a number. They never change. */
interface Places {
  roomId: string;
  authorId: string;
  upTo: number;
  posts: number[];
}

/** How many of these ascending numbers are not above `most`. */
function countUpTo(posts: readonly number[], most: number): number {
  let [low, high] = [0, posts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((posts[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function createApartLookups({ messages }: Pick<MessageModels, 'messages'>) {
  const known = new Map<string, string>();
  const places = new Map<string, Promise<Places>>();
  /** By room, those of `places` that are loaded: what is posted goes on in them. */
  const loaded = new Map<string, Set<Places>>();

  /** What these people wrote under their names. */
  const named = (authorIds: readonly string[]) => ({
    authorId: { $in: authorIds.map(objectId) },
    anonymous: { $ne: true },
  });
  const others = (authorIds: readonly string[]) => ({
    $or: [{ authorId: { $nin: authorIds.map(objectId) } }, { anonymous: true }],
  });

  /** Up to the newest post that there is: numbers above it are somebody's to come. */
  async function read({ roomId, authorId, upTo, posts }: Places): Promise<Places> {
    const newest = () =>
      messages.collection
        .find({ roomId: objectId(roomId) }, { ...MAJORITY, projection: { post: 1 } })
        .sort({ roomId: -1, seq: -1 })
        .limit(1)
        .toArray();
    const to = Math.max(upTo, (await retryIdempotent(newest))[0]?.post ?? 0);
    const filter = { roomId: objectId(roomId), ...named([authorId]), post: { $gt: upTo, $lte: to } };
    const query = () => messages.collection.find(filter, { ...MAJORITY, projection: { post: 1 } }).toArray();
    const more = (await retryIdempotent(query)).map(({ post }) => post).sort((one, other) => one - other);
    const next = { roomId, authorId, upTo: to, posts: [...posts, ...more] };
    const ofRoom = loaded.get(roomId) ?? new Set();
    loaded.set(roomId, ofRoom.add(next));
    return next;
  }

  /** One after the other for the same person and room. */
  function placesOf(roomId: string, authorId: string, to: number): Promise<Places> {
    const key = `${roomId} ${authorId}`;
    if (places.size >= MOST.places && !places.has(key)) {
      places.clear();
      loaded.clear();
    }
    const before = places.get(key) ?? Promise.resolve({ roomId, authorId, upTo: 0, posts: [] });
    const next = before.then((found) => {
      if (found.upTo >= to) return found;
      loaded.get(roomId)?.delete(found);
      return read(found);
    });
    places.set(key, next);
    next.catch(() => places.get(key) === next && places.delete(key));
    return next;
  }

  return {
    /** What was posted goes on in what is remembered, so that nobody has to look it up. */
    follow({ roomId, changes }: RoomChanges): void {
      const ofRoom = loaded.get(roomId);
      if (!ofRoom) return;
      for (const change of changes) {
        if (change.kind !== 'posted') continue;
        const { post, author } = change.message;
        for (const one of ofRoom) {
          if (one.upTo !== post - 1) continue;
          one.upTo = post;
          if (author?.id === one.authorId) one.posts.push(post);
        }
      }
    },

    /** Who wrote these messages; anonymous ones have no author. */
    async authors(ids: readonly string[]): Promise<Map<string, string>> {
      const missing = ids.filter((id) => !known.has(id));
      if (missing.length > 0) {
        if (known.size + missing.length > MOST.authors) known.clear();
        const filter = { _id: { $in: missing.map(objectId) }, anonymous: { $ne: true } };
        const query = () => messages.collection.find(filter, { ...MAJORITY, projection: { authorId: 1 } }).toArray();
        for (const { _id, authorId } of await retryIdempotent(query)) {
          known.set(_id.toHexString(), authorId.toHexString());
        }
      }
      return new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? '']] : [])));
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
      const last = Math.max(0, ...posts);
      const found = await Promise.all(authorIds.map((authorId) => placesOf(roomId, authorId, last)));
      return new Map(posts.map((post) => [post, found.reduce((sum, one) => sum + countUpTo(one.posts, post), 0)]));
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
