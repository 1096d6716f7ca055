// The database work of who is in a room and how far she has read it. Only rooms.repository.ts imports it.
import mongoose, { type QueryFilter } from 'mongoose';
import type { RoomNotice } from '#shared/rooms.news.ts';
import type { RoomLevel, Standing } from '#shared/rooms.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { createTogether } from '../kernel/together.ts';
import type { RoomMemberDocument, RoomModels } from './rooms.model.ts';

export interface Member {
  id: string;
  roomId: string;
  userId: string;
  readPosts: number;
  standing: Standing;
  since: Date;
  host: boolean;
  shown: boolean;
  aside: boolean;
  note: string;
  /** What others made of her here, as long as she has not seen it. */
  notice: RoomNotice | null;
  level: RoomLevel;
  quietFrom: string;
  quietTo: string;
}
export type MemberChange = Partial<Omit<Member, 'id' | 'roomId' | 'userId' | 'readPosts'>>;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const keyOf = (roomId: string, userId: string) => ({ userId: objectId(userId), roomId: objectId(roomId) });

const memberOf = (row: RoomMemberDocument): Member => ({
  id: row._id.toHexString(),
  roomId: row.roomId.toHexString(),
  userId: row.userId.toHexString(),
  readPosts: row.readPosts,
  standing: row.standing ?? 'visitor',
  since: row.since ?? row._id.getTimestamp(),
  host: row.host ?? false,
  shown: row.shown ?? false,
  aside: row.aside ?? false,
  note: row.note ?? '',
  notice: row.notice ?? null,
  level: row.level ?? 'all',
  quietFrom: row.quietFrom ?? '',
  quietTo: row.quietTo ?? '',
});

/** All reads see only what a majority has. Every function raises 'unavailable' when the database is away. */
export function createMembersPart({ members }: Pick<RoomModels, 'members'>) {
  const rows = async (filter: QueryFilter<RoomMemberDocument>, limit: number): Promise<Member[]> => {
    const query = () => members.find(filter).sort({ _id: 1 }).limit(limit).readConcern('majority').lean().exec();
    return (await retryIdempotent(query)).map(memberOf);
  };

  async function standingsOf(roomId: string, userIds: string[]): Promise<Map<string, Member>> {
    const filter = { roomId: objectId(roomId), userId: { $in: userIds.map(objectId) } };
    const query = () => members.find(filter).readConcern('majority').lean().exec();
    return new Map((await retryIdempotent(query)).map((row) => [row.userId.toHexString(), memberOf(row)]));
  }
  const known = createTogether(async (keys) => {
    const byRoom = Map.groupBy(
      keys.map((key) => key.split(' ') as [string, string]),
      ([roomId]) => roomId,
    );
    const found = await Promise.all(
      [...byRoom].map(async ([roomId, pairs]) => {
        const standings = await standingsOf(
          roomId,
          pairs.map(([, userId]) => userId),
        );
        return [...standings].map(([userId, member]) => [`${roomId} ${userId}`, member] as const);
      }),
    );
    return new Map(found.flat());
  });
  const member = async (roomId: string, userId: string): Promise<Member | null> =>
    (await known(`${objectId(roomId).toHexString()} ${objectId(userId).toHexString()}`)) ?? null;

  return {
    /** What she is to the room; null: she was never there. */
    member,

    /** Her rows of all rooms, by room. */
    async membershipsOf(userId: string): Promise<Map<string, Member>> {
      const query = () =>
        members
          .find({ userId: objectId(userId) })
          .readConcern('majority')
          .lean()
          .exec();
      return new Map((await retryIdempotent(query)).map((row) => [row.roomId.toHexString(), memberOf(row)]));
    },

    /** What these people are to the room. */
    standingsOf,

    /** In the order in which they first came; those after the row `after`. `shown`: only whose names may be shown. */
    page(roomId: string, standing: Standing, after: string | null, limit: number, shown = false): Promise<Member[]> {
      const more = after === null ? {} : { _id: { $gt: objectId(after) } };
      return rows({ roomId: objectId(roomId), standing, ...(shown ? { shown } : {}), ...more }, limit);
    },

    count: (roomId: string, standing: Standing): Promise<number> =>
      retryIdempotent(() => members.countDocuments({ roomId: objectId(roomId), standing }).exec()),

    /**
     * One atomic step: from one of the standings `from` to what `set` says. Null: she was in none of them. With
     * `readPosts` a row is made where there was none (she counts as a visitor).
     */
    async step(
      roomId: string,
      userId: string,
      from: readonly Standing[],
      set: MemberChange,
      readPosts?: number,
    ): Promise<Member | null> {
      const standing = { $in: from.includes('visitor') ? [...from, null] : [...from] };
      const filter = { ...keyOf(roomId, userId), standing } as QueryFilter<RoomMemberDocument>;
      const run = (upsert: boolean) =>
        guardDatabase(() =>
          members
            .findOneAndUpdate(
              filter,
              { $set: set, ...(upsert ? { $setOnInsert: { readPosts } } : {}) },
              { upsert, returnDocument: 'after', writeConcern: { w: 'majority' } },
            )
            .lean()
            .exec(),
        );
      const done = await run(readPosts !== undefined && from.includes('visitor')).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
        return run(false); // her row is there, perhaps in another standing
      });
      return done && memberOf(done);
    },

    /** How many wait for an answer, by room; at most `limit` are counted. Rooms where nobody waits are left out. */
    async asking(roomIds: string[], limit: number, counts: (userId: string) => boolean): Promise<Map<string, number>> {
      const filter = { roomId: { $in: roomIds.map(objectId) }, standing: 'asked' as const };
      const query = () =>
        members.find(filter, { _id: 0, roomId: 1, userId: 1 }).limit(limit).readConcern('majority').lean().exec();
      const found = new Map<string, number>();
      if (roomIds.length === 0) return found;
      for (const { roomId, userId } of await retryIdempotent(query)) {
        const id = roomId.toHexString();
        if (counts(userId.toHexString())) found.set(id, (found.get(id) ?? 0) + 1);
      }
      return found;
    },

    /** She has seen what others made of her there. */
    async seen(userId: string, roomIds: string[]): Promise<void> {
      const filter = { userId: objectId(userId), roomId: { $in: roomIds.map(objectId) } };
      await retryIdempotent(() => members.updateMany(filter, { $set: { notice: null } }).exec());
    },

    /** Slow mode, in one atomic step: null, she has her turn; otherwise until when she waits. May run twice. */
    async takeTurn(
      roomId: string,
      userId: string,
      turn: { clientId: string; now: Date; next: Date; readPosts: number },
    ): Promise<Date | null> {
      const { clientId, now, next, readPosts } = turn;
      const free = { $or: [{ nextAt: null }, { nextAt: { $lte: now } }, { turn: clientId }] };
      const filter = { ...keyOf(roomId, userId), ...free } as QueryFilter<RoomMemberDocument>;
      const change = { $set: { nextAt: next, turn: clientId }, $setOnInsert: { readPosts } };
      try {
        await guardDatabase(() => members.updateOne(filter, change, { upsert: true }).exec());
        return null;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const found = await retryIdempotent(() => members.findOne(keyOf(roomId, userId)).lean().exec());
        return found?.nextAt ?? next; // her row is there, and it is not her turn
      }
    },

    /** How many posts she has seen; null: she was never in the room. */
    readPosts: async (roomId: string, userId: string): Promise<number | null> =>
      (await member(roomId, userId))?.readPosts ?? null,

    /** Moves her position forward to `readPosts` posts, never back. Answers whether it moved, and where it stands now. */
    async readUpTo(roomId: string, userId: string, readPosts: number): Promise<{ moved: boolean; readPosts: number }> {
      const raise = () =>
        members
          .findOneAndUpdate(keyOf(roomId, userId), { $max: { readPosts } }, { upsert: true, returnDocument: 'before' })
          .lean()
          .exec();
      const before = await guardDatabase(raise).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
        return guardDatabase(raise); // her other device was first: now there is something to raise
      });
      const had = before?.readPosts ?? -1;
      return { moved: had < readPosts, readPosts: Math.max(had, readPosts) };
    },

    /** Moves her position back: what comes after `readPosts` posts is unread again. Answers false when she has no position. */
    async unreadFrom(roomId: string, userId: string, readPosts: number): Promise<boolean> {
      const filter = { ...keyOf(roomId, userId), readPosts: { $gt: readPosts } } as QueryFilter<RoomMemberDocument>;
      const back = () => members.updateOne(filter, { $set: { readPosts } }).exec();
      return (await retryIdempotent(back)).matchedCount > 0;
    },
  };
}
