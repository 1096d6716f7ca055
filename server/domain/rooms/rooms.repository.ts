// The database work of rooms and read positions, in domain words. Imported by services of the domain and the hub's wiring.
import mongoose from 'mongoose';
import type { LocalizedText } from '#shared/locales.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { RoomDocument, RoomModels } from './rooms.model.ts';

export interface RoomTexts {
  slug: string;
  name: LocalizedText;
  purpose: LocalizedText;
  rules: LocalizedText;
  welcome: LocalizedText;
  position: number;
}
/** What of a room changes with every message. */
export interface RoomHead {
  rev: number;
  posts: number;
  lastAt: Date | null;
  purgedBelow: number;
}
export interface Room extends RoomTexts, RoomHead {
  id: string;
}

export type RoomsRepository = ReturnType<typeof createRoomsRepository>;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);

const headOf = (document: RoomHead): RoomHead => ({
  rev: document.rev,
  posts: document.posts,
  lastAt: document.lastAt,
  purgedBelow: document.purgedBelow,
});
const roomOf = ({ _id, ...document }: RoomDocument): Room => ({ id: _id.toHexString(), ...document });
const HEAD = { rev: 1, posts: 1, lastAt: 1, purgedBelow: 1 } as const;

/** All reads see only what a majority has. Every function raises 'unavailable' when the database is away. */
export function createRoomsRepository({ rooms, members }: RoomModels) {
  async function upsertOnce(run: () => Promise<unknown>): Promise<void> {
    await retryIdempotent(run).catch((error: unknown) => {
      // two processes at once: the other one made it
      if (!isDuplicateKey(error)) throw error;
    });
  }

  return {
    async byId(id: string): Promise<Room | null> {
      const found = await retryIdempotent(() => rooms.findById(id).readConcern('majority').lean().exec());
      return found && roomOf(found);
    },

    async bySlug(slug: string): Promise<Room | null> {
      const found = await retryIdempotent(() => rooms.findOne({ slug }).readConcern('majority').lean().exec());
      return found && roomOf(found);
    },

    /** In the order of the list. */
    async all(): Promise<Room[]> {
      const query = () => rooms.find().sort({ position: 1, _id: 1 }).readConcern('majority').lean().exec();
      return (await retryIdempotent(query)).map(roomOf);
    },

    async allIds(): Promise<string[]> {
      const query = () => rooms.find({}, { _id: 1 }).sort({ position: 1, _id: 1 }).lean().exec();
      return (await retryIdempotent(query)).map((room) => room._id.toHexString());
    },

    async head(id: string): Promise<RoomHead | null> {
      const found = await retryIdempotent(() => rooms.findById(id, HEAD).readConcern('majority').lean().exec());
      return found && headOf(found);
    },

    async revs(ids: string[]): Promise<Map<string, number>> {
      const query = () =>
        rooms
          .find({ _id: { $in: ids } }, { rev: 1 })
          .readConcern('majority')
          .lean()
          .exec();
      const found = await retryIdempotent(query);
      return new Map(found.map((room) => [room._id.toHexString(), room.rev]));
    },

    /** After the projection: moves the room forward, never back. May run twice. */
    async raise(id: string, head: { rev: number; posts: number; lastAt: Date | null }): Promise<void> {
      const { rev, posts, lastAt } = head;
      const $max = lastAt ? { rev, posts, lastAt } : { rev, posts };
      const options = { writeConcern: { w: 'majority' as const } };
      await retryIdempotent(() => rooms.collection.updateOne({ _id: objectId(id) }, { $max }, options));
    },

    /** Makes the room unless one with this slug exists, which is left as it is. Two processes may do so at once. */
    async makeSure(texts: RoomTexts): Promise<void> {
      const { slug, ...rest } = texts;
      const start = { rev: 0, posts: 0, lastAt: null, purgedBelow: 0 };
      await upsertOnce(() =>
        rooms.updateOne({ slug }, { $setOnInsert: { ...rest, ...start } }, { upsert: true }).exec(),
      );
    },

    /** How many posts she has seen; null: she was never in the room. */
    async readPosts(roomId: string, userId: string): Promise<number | null> {
      const filter = { userId: objectId(userId), roomId: objectId(roomId) };
      const found = await retryIdempotent(() => members.findOne(filter).readConcern('majority').lean().exec());
      return found?.readPosts ?? null;
    },

    async positionsOf(userId: string): Promise<Map<string, number>> {
      const filter = { userId: objectId(userId) };
      const found = await retryIdempotent(() => members.find(filter).readConcern('majority').lean().exec());
      return new Map(found.map((member) => [member.roomId.toHexString(), member.readPosts]));
    },

    /** Moves her position forward to `readPosts` posts, never back. Answers whether it moved, and where it stands now. */
    async readUpTo(roomId: string, userId: string, readPosts: number): Promise<{ moved: boolean; readPosts: number }> {
      const filter = { userId: objectId(userId), roomId: objectId(roomId) };
      const raise = () =>
        members
          .findOneAndUpdate(filter, { $max: { readPosts } }, { upsert: true, returnDocument: 'before' })
          .lean()
          .exec();
      const before = await guardDatabase(raise).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
        return guardDatabase(raise); // her other device was first: now there is something to raise
      });
      const had = before?.readPosts ?? -1;
      return { moved: had < readPosts, readPosts: Math.max(had, readPosts) };
    },
  };
}
