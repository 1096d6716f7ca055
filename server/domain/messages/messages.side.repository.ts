// The database work beside messages: saved ones, mentions, moves. Imported by the messages service and the hub's wiring.
import mongoose from 'mongoose';
import { isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { purgedBy, threadOf, type LogEntry, type Moved, type Purged } from './messages.entities.ts';
import type { MentionDocument, MoveDocument, SideModels } from './messages.side-model.ts';
import { toldBy, type Apart } from './messages.told.ts';

export interface MentionRow {
  id: string;
  messageId: string;
  kind: 'mention' | 'reply';
  read: boolean;
}
export interface Move {
  messageId: string;
  fromRoomId: string;
  to: Moved;
  by: string;
}
export type SideRepository = ReturnType<typeof createSideRepository>;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const MAJORITY = { readConcern: { level: 'majority' as const } };
/** So many at a time. */
const CARRIED = 200;
const DURABLE = { writeConcern: { w: 'majority' as const, journal: true } };

const moveOf = ({ _id, fromRoomId, to, by }: MoveDocument): Move => ({
  messageId: _id.toHexString(),
  fromRoomId: fromRoomId.toHexString(),
  to,
  by: by.toHexString(),
});

export function createSideRepository({ saves, mentions, moves }: SideModels) {
  async function addRows(entry: LogEntry, roots: ReadonlyMap<string, string>, apart: Apart): Promise<string[]> {
    if (entry.kind === 'posted' && entry.extras?.writtenAt) return []; // a moved message is no news
    const told = toldBy(entry, roots, apart);
    if (told.size === 0) return [];
    const { messageId, roomId, posts: post, at } = entry;
    const threadId = threadOf(entry);
    const inThread = threadId === null ? {} : { threadId: objectId(threadId) };
    const operations = [...told].map(([userId, kind]) => ({
      updateOne: {
        filter: { messageId: objectId(messageId), userId: objectId(userId) },
        update: { $setOnInsert: { roomId: objectId(roomId), kind, post, at, read: false, ...inThread } },
        upsert: true,
      },
    }));
    await retryIdempotent(() => mentions.collection.bulkWrite(operations, { ordered: false, ...DURABLE })).catch(
      (error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // another process wrote the same rows
      },
    );
    return [...told.keys()];
  }

  /** Rows of a message that went, or of people whom an edit mentions no more. */
  async function dropRows(messageId: string, except: string[] | null): Promise<string[]> {
    const kept = except ? { kind: 'mention' as const, userId: { $nin: except.map(objectId) } } : {};
    const filter = { messageId: objectId(messageId), ...kept };
    const rows = await retryIdempotent(() => mentions.collection.find<MentionDocument>(filter).toArray());
    if (rows.length > 0) await retryIdempotent(() => mentions.collection.deleteMany(filter, DURABLE));
    return rows.map((row) => row.userId.toHexString());
  }

  /** Rows of a message that is kept from members count nothing. */
  async function markRows(messageId: string, hidden: boolean): Promise<string[]> {
    const filter = { messageId: objectId(messageId) };
    const rows = await retryIdempotent(() => mentions.collection.find<MentionDocument>(filter).toArray());
    const update = hidden ? { $set: { hidden } } : { $unset: { hidden: '' as const } };
    if (rows.length > 0) await retryIdempotent(() => mentions.collection.updateMany(filter, update, DURABLE));
    return rows.map((row) => row.userId.toHexString());
  }

  /** What people had of messages that went by their age. */
  async function forget(purged: readonly Purged[]): Promise<string[]> {
    if (purged.length === 0) return [];
    const ids = purged.map(({ id }) => objectId(id));
    const theirs = { messageId: { $in: ids } };
    const told = await retryIdempotent(() => mentions.collection.find<MentionDocument>(theirs).toArray());
    if (told.length > 0) await retryIdempotent(() => mentions.collection.deleteMany(theirs, DURABLE));
    await retryIdempotent(() => saves.collection.deleteMany(theirs, DURABLE));
    await retryIdempotent(() => moves.collection.deleteMany({ _id: { $in: ids } }, DURABLE));
    return told.map((row) => row.userId.toHexString());
  }

  return {
    /**
     * The rows that entries make and take away; may run twice. `roots`: who began the threads that they go on with. Answers
     * whose counts may be others now.
     */
    async follow(entries: readonly LogEntry[], roots: ReadonlyMap<string, string>, apart: Apart = () => false) {
      const touched = new Set<string>();
      for (const entry of entries) {
        const { kind, messageId } = entry;
        // rows of a moved message go with it: `carry`
        const dropped = kind === 'removed' ? await dropRows(messageId, null) : await forget(purgedBy(entry));
        if (kind === 'hidden') for (const id of await markRows(messageId, entry.state !== null)) touched.add(id);
        const unnamed = kind === 'edited' ? await dropRows(messageId, entry.mentions) : [];
        for (const id of [...dropped, ...unnamed, ...(await addRows(entry, roots, apart))]) touched.add(id);
      }
      return touched;
    },

    /** Unread ones by room; rooms without any are left out. */
    async counts(userId: string): Promise<Record<string, number>> {
      const query = () =>
        mentions.collection
          .find<Pick<MentionDocument, 'roomId'>>(
            { userId: objectId(userId), read: false, hidden: null },
            { projection: { _id: 0, roomId: 1 }, ...MAJORITY },
          )
          .limit(1_000)
          .toArray();
      const counts: Record<string, number> = {};
      for (const { roomId } of await retryIdempotent(query)) {
        counts[roomId.toHexString()] = (counts[roomId.toHexString()] ?? 0) + 1;
      }
      return counts;
    },

    /** Newest first. */
    async mentionsOf(userId: string, before: string | null, limit: number): Promise<MentionRow[]> {
      const filter = { userId: objectId(userId), ...(before ? { _id: { $lt: objectId(before) } } : {}) };
      const query = () =>
        mentions.collection.find<MentionDocument>(filter, MAJORITY).sort({ userId: 1, _id: -1 }).limit(limit).toArray();
      return (await retryIdempotent(query)).map(({ _id, messageId, kind, read }) => ({
        ...{ id: _id.toHexString(), messageId: messageId.toHexString(), kind, read },
      }));
    },

    /** Messages of which she was told and has not read them; the oldest first by room. */
    async unreadOf(userId: string, limit: number): Promise<string[]> {
      const hers = { userId: objectId(userId), read: false };
      const query = () => mentions.collection.find<MentionDocument>(hers, MAJORITY).limit(limit).toArray();
      return (await retryIdempotent(query)).map(({ messageId }) => messageId.toHexString());
    },

    /** Reads hers up to a post, outside of threads, or those in a thread, by its id. Answers whether that changed anything. */
    async readMentions(userId: string, roomId: string, where: number | string): Promise<boolean> {
      const place =
        typeof where === 'number' ? { post: { $lte: where }, threadId: null } : { threadId: objectId(where) };
      const filter = { userId: objectId(userId), read: false, roomId: objectId(roomId), ...place };
      const done = await retryIdempotent(() => mentions.collection.updateMany(filter, { $set: { read: true } }));
      return done.modifiedCount > 0;
    },

    /** She marked what follows this post as unread. Answers whether that changed anything. */
    async unreadMentions(userId: string, roomId: string, post: number): Promise<boolean> {
      const after = { roomId: objectId(roomId), post: { $gt: post }, threadId: null };
      const filter = { userId: objectId(userId), read: true, ...after };
      const done = await retryIdempotent(() => mentions.collection.updateMany(filter, { $set: { read: false } }));
      return done.modifiedCount > 0;
    },

    /** Her rows of these messages; the others' stay. Answers the rooms in which that changed anything. */
    async readMentionsOf(userId: string, messageIds: string[]): Promise<string[]> {
      const filter = { userId: objectId(userId), messageId: { $in: messageIds.map(objectId) } };
      const found = await retryIdempotent(() =>
        mentions.collection.find<MentionDocument>(filter, MAJORITY).limit(messageIds.length).toArray(),
      );
      const unread = found.filter(({ read }) => !read);
      if (unread.length === 0) return [];
      const rows = { _id: { $in: unread.map(({ _id }) => _id) } };
      await retryIdempotent(() => mentions.collection.updateMany(rows, { $set: { read: true } }));
      return [...new Set(unread.map(({ roomId }) => roomId.toHexString()))];
    },

    async save(userId: string, messageId: string, on: boolean): Promise<void> {
      const row = { userId: objectId(userId), messageId: objectId(messageId) };
      const run = () =>
        on
          ? saves.collection.updateOne(row, { $setOnInsert: row }, { upsert: true, ...DURABLE })
          : saves.collection.deleteOne(row, DURABLE);
      await retryIdempotent<unknown>(run).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // her other device was first
      });
    },

    /** Which of these she saved. */
    async savedAmong(userId: string, messageIds: string[]): Promise<string[]> {
      if (messageIds.length === 0) return [];
      const filter = { userId: objectId(userId), messageId: { $in: messageIds.map(objectId) } };
      const query = () => saves.collection.find<{ messageId: mongoose.Types.ObjectId }>(filter, MAJORITY).toArray();
      return (await retryIdempotent(query)).map((row) => row.messageId.toHexString());
    },

    /** What she saved, newest first; `id` is the row's. */
    async savedBy(userId: string, before: string | null, limit: number): Promise<{ id: string; messageId: string }[]> {
      const filter = { userId: objectId(userId), ...(before ? { _id: { $lt: objectId(before) } } : {}) };
      const query = () => saves.collection.find(filter, MAJORITY).sort({ userId: 1, _id: -1 }).limit(limit).toArray();
      return (await retryIdempotent(query)).map((row) => ({
        ...{ id: row._id.toHexString(), messageId: (row.messageId as mongoose.Types.ObjectId).toHexString() },
      }));
    },

    /**
     * What people have of a moved message points to its copy from now on: mentions, read or not, and what they saved. May
     * run twice. Answers who was mentioned.
     */
    async carry(
      messageId: string,
      to: { id: string; roomId: string; post: number; threadId: string | null },
    ): Promise<string[]> {
      const from = { messageId: objectId(messageId) };
      const copy = { messageId: objectId(to.id) };
      const told = await retryIdempotent(() => mentions.collection.find<MentionDocument>(from, MAJORITY).toArray());
      const inThread = to.threadId === null ? {} : { threadId: objectId(to.threadId) };
      const there = { ...copy, roomId: objectId(to.roomId), post: to.post, ...inThread };
      if (told.length > 0) await retryIdempotent(() => mentions.collection.updateMany(from, { $set: there }, DURABLE));
      for (;;) {
        const rows = await retryIdempotent(() => saves.collection.find(from, MAJORITY).limit(CARRIED).toArray());
        for (const { _id } of rows) {
          await retryIdempotent<unknown>(() => saves.collection.updateOne({ _id }, { $set: copy }, DURABLE)).catch(
            async (error: unknown) => {
              if (!isDuplicateKey(error)) throw error; // she saved the copy already
              await retryIdempotent(() => saves.collection.deleteOne({ _id }, DURABLE));
            },
          );
        }
        if (rows.length < CARRIED) return told.map((row) => row.userId.toHexString());
      }
    },

    /** The one move of this message: this one, or the one that was first. */
    async claimMove({ messageId, fromRoomId, to, by }: Move, at: Date): Promise<Move> {
      const filter = { _id: objectId(messageId) };
      const row = { fromRoomId: objectId(fromRoomId), to, by: objectId(by), at, open: true as const };
      const claim = () => moves.collection.updateOne(filter, { $setOnInsert: row }, { upsert: true, ...DURABLE });
      await retryIdempotent<unknown>(claim).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      });
      const found = await retryIdempotent(() => moves.collection.findOne<MoveDocument>(filter, MAJORITY));
      return found ? moveOf(found) : { messageId, fromRoomId, to, by };
    },

    async openMoves(): Promise<Move[]> {
      const query = () => moves.collection.find<MoveDocument>({ open: true }, MAJORITY).toArray();
      return (await retryIdempotent(query)).map(moveOf);
    },

    async closeMove(messageId: string): Promise<void> {
      const filter = { _id: objectId(messageId) };
      await retryIdempotent(() => moves.collection.updateOne(filter, { $unset: { open: '' } }, DURABLE));
    },
  };
}
