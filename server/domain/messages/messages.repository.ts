// The database work of the messages projection, in domain words. Imported by the messages services and the hub's wiring.
import mongoose from 'mongoose';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { LogEntry, LogHead, Message } from './messages.entities.ts';
import { messageOf } from './messages.entities.ts';
import { withClientIds, type MessageDocument, type MessageModels } from './messages.model.ts';

export type MessagesRepository = ReturnType<typeof createMessagesRepository>;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const MAJORITY = { readConcern: { level: 'majority' as const } };
// on disk before the room's rev says so: otherwise a database that crashes could forget what this process takes as projected
const DURABLE = { writeConcern: { w: 'majority' as const, journal: true } };

function toMessage(document: MessageDocument): Message {
  const { _id, roomId, authorId, ...rest } = document;
  return { ...rest, id: _id.toHexString(), roomId: roomId.toHexString(), authorId: authorId.toHexString() };
}

function toInsert(message: Message): Omit<MessageDocument, '_id'> {
  const { id: _id, roomId, authorId, ...rest } = message;
  return { ...rest, roomId: objectId(roomId), authorId: objectId(authorId) };
}

/** All reads see only what a majority has. Every function raises 'unavailable' when the database is away. */
export function createMessagesRepository({ messages, roomLog }: MessageModels) {
  /** Every posting makes its message unless it is there. Answers the ids that another message keeps out: never, if all is well. */
  async function insertMissing(posted: Message[]): Promise<string[]> {
    const operations = posted.map((message) => ({
      updateOne: {
        filter: { _id: objectId(message.id) },
        update: { $setOnInsert: toInsert(message) },
        upsert: true,
      },
    }));
    try {
      await retryIdempotent(() => messages.collection.bulkWrite(operations, { ordered: false, ...DURABLE }));
      return [];
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // another process projects the same entries: what matters is that all are there
      const ids = posted.map((message) => objectId(message.id));
      const find = () => messages.collection.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
      const there = new Set((await retryIdempotent(find)).map((found) => found._id.toHexString()));
      return posted.map((message) => message.id).filter((id) => !there.has(id));
    }
  }

  async function putStones(removals: Extract<LogEntry, { kind: 'removed' }>[]): Promise<void> {
    const stones = removals.map(({ messageId, rev, removedBy }) => ({
      updateOne: {
        filter: { _id: objectId(messageId), rev: { $lt: rev } },
        update: { $set: { rev, text: null, removedBy } },
      },
    }));
    const scrubs = removals.map(({ roomId, seq, rev, removedBy }) => ({
      updateOne: {
        filter: { roomId: objectId(roomId), rev: seq },
        update: { $set: { text: null, removedBy }, $max: { removedRev: rev } },
      },
    }));
    await retryIdempotent(() => messages.collection.bulkWrite(stones, { ordered: true, ...DURABLE }));
    await retryIdempotent(() => roomLog.collection.bulkWrite(scrubs, { ordered: true, ...DURABLE }));
  }

  return {
    /** Brings entries of the log into the projection; any part may run twice. Answers as `insertMissing`. */
    async apply(entries: readonly LogEntry[]): Promise<string[]> {
      const posted = entries.filter((entry) => entry.kind === 'posted').map(messageOf);
      const removals = entries.filter((entry) => entry.kind === 'removed');
      const keptOut = posted.length > 0 ? await insertMissing(posted) : [];
      if (removals.length > 0) await putStones(removals);
      return keptOut;
    },

    async byId(roomId: string, id: string): Promise<Message | null> {
      const filter = { _id: objectId(id), roomId: objectId(roomId) };
      const found = await retryIdempotent(() => messages.collection.findOne<MessageDocument>(filter, MAJORITY));
      return found && toMessage(found);
    },

    /** At most `limit` messages before seq `before` (null: the newest ones), ascending. */
    async pageBefore(roomId: string, before: number | null, limit: number): Promise<Message[]> {
      const filter = { roomId: objectId(roomId), ...(before === null ? {} : { seq: { $lt: before } }) };
      const query = () =>
        messages.collection
          .find<MessageDocument>(filter, MAJORITY)
          .sort({ roomId: -1, seq: -1 })
          .limit(limit)
          .toArray();
      return (await retryIdempotent(query)).map(toMessage).reverse();
    },

    async byIds(ids: string[]): Promise<Message[]> {
      const filter = { _id: { $in: ids.map(objectId) } };
      const query = () => messages.collection.find<MessageDocument>(filter, MAJORITY).toArray();
      return (await retryIdempotent(query)).map(toMessage);
    },

    /** The messages with one of these client ids, by whomever: the caller looks at the author. */
    async byClientIds(clientIds: string[]): Promise<Message[]> {
      const query = () => messages.collection.find<MessageDocument>(withClientIds(clientIds), MAJORITY).toArray();
      return (await guardDatabase(query)).map(toMessage);
    },

    /** What the newest message says about the log; null in an empty room. */
    async newestHead(roomId: string): Promise<LogHead | null> {
      const query = () =>
        messages.collection
          .find({ roomId: objectId(roomId) }, MAJORITY)
          .sort({ roomId: -1, seq: -1 })
          .limit(1)
          .toArray();
      const [newest] = await retryIdempotent(query);
      return newest ? { rev: newest.seq, posts: newest.post } : null;
    },
  };
}
