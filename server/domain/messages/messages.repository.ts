// The database work of the messages projection, in domain words. Imported by the messages services and the hub's wiring.
import mongoose from 'mongoose';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { createShared, createTogether } from '../kernel/together.ts';
import { createAges } from './messages.ages.ts';
import { messageOf, NO_EXTRAS, UNTOUCHED, type LogEntry, type LogHead, type Message } from './messages.entities.ts';
import { withClientIds, type MessageDocument, type MessageFacets, type MessageModels } from './messages.model.ts';
import { forgetting, operationsOf, scrubsOf, type Before } from './messages.operations.ts';

export type MessagesRepository = ReturnType<typeof createMessagesRepository>;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const MAJORITY = { readConcern: { level: 'majority' as const } };
// on disk before the room's rev says so: otherwise a database that crashes could forget what this process takes as projected
const DURABLE = { writeConcern: { w: 'majority' as const, journal: true } };

type Stored = MessageDocument & MessageFacets;

function toMessage({ _id, ...stored }: Stored): Message {
  const { roomId, authorId, textRev, ...rest } = stored;
  return {
    ...UNTOUCHED,
    ...NO_EXTRAS,
    ...rest,
    textRev: textRev ?? (stored.removedBy ? stored.rev : stored.seq),
    id: _id.toHexString(),
    roomId: roomId.toHexString(),
    authorId: authorId.toHexString(),
  };
}

/** So many answers are read for a page of questions. */
const ANSWERS = 200;

const NEUTRAL: Record<string, unknown> = { ...UNTOUCHED, ...NO_EXTRAS };
const empty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function toInsert(message: Message): Omit<MessageDocument, '_id'> {
  const { id: _id, roomId, authorId, textRev: _rev, writtenAt: _at, ...rest } = message;
  const said = Object.entries(rest).filter(
    ([name, value]) => !(name in NEUTRAL) || !(value === NEUTRAL[name] || empty(value)),
  );
  const fields = Object.fromEntries(said) as Omit<MessageDocument, '_id' | 'roomId' | 'authorId'>;
  return { ...fields, roomId: objectId(roomId), authorId: objectId(authorId) };
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

  /** The words that are about to be edited. */
  async function wordsBefore(edits: readonly LogEntry[]): Promise<Before> {
    if (edits.length === 0) return new Map();
    const filter = { _id: { $in: edits.map((entry) => objectId(entry.messageId)) } };
    const query = () => messages.collection.find<Stored>(filter, MAJORITY).toArray();
    return new Map((await retryIdempotent(query)).map(toMessage).map((message) => [message.id, message]));
  }

  const known = createTogether(async (ids) => {
    const filter = { _id: { $in: ids.map(objectId) } };
    const query = () => messages.collection.find<Stored>(filter, MAJORITY).toArray();
    return new Map((await retryIdempotent(query)).map(toMessage).map((message) => [message.id, message]));
  });
  const page = createShared(async (key) => {
    const [roomId, before, limit, threadId] = JSON.parse(key) as [string, number | null, number, string | null];
    const filter = { roomId: objectId(roomId), threadId, ...(before === null ? {} : { seq: { $lt: before } }) };
    const sort = { roomId: -1, threadId: -1, seq: -1 } as const;
    const query = () => messages.collection.find<Stored>(filter, MAJORITY).sort(sort).limit(limit).toArray();
    return (await retryIdempotent(query)).map(toMessage).reverse();
  });
  const pinned = createShared(async (roomId) => {
    const filter = { roomId: objectId(roomId), 'pinned.order': { $exists: true }, hidden: null };
    const query = () =>
      messages.collection.find<Stored>(filter, MAJORITY).sort({ roomId: 1, 'pinned.order': 1 }).toArray();
    return (await retryIdempotent(query)).map(toMessage);
  });

  return {
    ...createAges({ messages }),

    /** Brings entries of the log into the projection; any part may run twice. Answers as `insertMissing`. */
    async apply(entries: readonly LogEntry[]): Promise<string[]> {
      const posted = entries.filter((entry) => entry.kind === 'posted').map(messageOf);
      const keptOut = posted.length > 0 ? await insertMissing(posted) : [];
      const before = await wordsBefore(entries.filter((entry) => entry.kind === 'edited'));
      const operations = entries.flatMap((entry) => operationsOf(entry, before));
      const scrubs = entries.flatMap(scrubsOf);
      const options = { ordered: true, ...DURABLE };
      if (operations.length > 0) await retryIdempotent(() => messages.collection.bulkWrite(operations, options));
      if (scrubs.length > 0) await retryIdempotent(() => roomLog.collection.bulkWrite(scrubs, options));
      return keptOut;
    },

    async byId(roomId: string, id: string): Promise<Message | null> {
      const filter = { _id: objectId(id), roomId: objectId(roomId) };
      const found = await retryIdempotent(() => messages.collection.findOne<Stored>(filter, MAJORITY));
      return found && toMessage(found);
    },

    /**
     * At most `limit` messages before seq `before` (null: the newest ones), ascending: of the room outside of threads, or
     * of the thread below `threadId`.
     */
    pageBefore: (roomId: string, before: number | null, limit: number, threadId: string | null = null) =>
      page(JSON.stringify([roomId, before, limit, threadId])),

    /** At most `limit` messages of the room, outside of threads, after seq `after`, ascending. */
    async pageAfter(roomId: string, after: number, limit: number): Promise<Message[]> {
      const filter = { roomId: objectId(roomId), threadId: null, seq: { $gt: after } };
      const sort = { roomId: 1, threadId: 1, seq: 1 } as const;
      const query = () => messages.collection.find<Stored>(filter, MAJORITY).sort(sort).limit(limit).toArray();
      return (await retryIdempotent(query)).map(toMessage);
    },

    /** The pinned messages of a room in their order. */
    pinned,

    /** Newest first, before seq `before` (null: from the newest). */
    async questions(
      roomId: string,
      state: 'open' | 'answered',
      before: number | null,
      limit: number,
    ): Promise<Message[]> {
      const below = before === null ? {} : { seq: { $lt: before } };
      const filter = { roomId: objectId(roomId), question: state, hidden: null, ...below };
      const sort = { roomId: -1, question: -1, seq: -1 } as const;
      const query = () => messages.collection.find<Stored>(filter, MAJORITY).sort(sort).limit(limit).toArray();
      return (await retryIdempotent(query)).map(toMessage);
    },

    /** What is marked as an answer to one of these questions, in the order it was written. */
    async answersTo(questionIds: string[]): Promise<Message[]> {
      if (questionIds.length === 0) return [];
      // the index's own condition as it stands: see withClientIds
      const filter = { answerTo: { $exists: true }, hidden: null, $and: [{ answerTo: { $in: questionIds } }] };
      const query = () => messages.collection.find<Stored>(filter, MAJORITY).limit(ANSWERS).toArray();
      return (await retryIdempotent(query)).map(toMessage).sort((one, other) => one.seq - other.seq);
    },

    /** What quotes this message, and what stands in its thread; newest first, before seq `before` (null: from the newest). */
    async repliesTo({ id, roomId }: Message, before: number | null, limit: number): Promise<Message[]> {
      const below = before === null ? {} : { seq: { $lt: before } };
      const quoting = { 'replyTo.id': { $exists: true }, $and: [{ 'replyTo.id': id }], ...below };
      const inThread = { roomId: objectId(roomId), threadId: id, ...below };
      const found = await Promise.all([
        retryIdempotent(() =>
          messages.collection
            .find<Stored>(quoting, MAJORITY)
            .sort({ 'replyTo.id': -1, seq: -1 })
            .limit(limit)
            .toArray(),
        ),
        retryIdempotent(() =>
          messages.collection
            .find<Stored>(inThread, MAJORITY)
            .sort({ roomId: -1, threadId: -1, seq: -1 })
            .limit(limit)
            .toArray(),
        ),
      ]);
      const byId = new Map(found.flat().map((document) => [document._id.toHexString(), toMessage(document)]));
      return [...byId.values()].sort((one, other) => other.seq - one.seq).slice(0, limit);
    },

    /** Verified messages whose time has passed, longest ago first, after a place in that order. */
    async expired(now: Date, after: { until: Date; id: string } | null, limit: number): Promise<Message[]> {
      // the index's own condition as it stands: see withClientIds
      const filter = {
        'verified.until': { $exists: true },
        hidden: null,
        $and: [
          { 'verified.until': { $lte: now } },
          ...(after
            ? [
                { 'verified.until': { $gte: after.until } },
                { $or: [{ 'verified.until': { $gt: after.until } }, { _id: { $gt: objectId(after.id) } }] },
              ]
            : []),
        ],
      };
      const query = () =>
        messages.collection.find<Stored>(filter, MAJORITY).sort({ 'verified.until': 1, _id: 1 }).limit(limit).toArray();
      return (await retryIdempotent(query)).map(toMessage);
    },

    /** Moved messages stand elsewhere now: here and in the log nothing of them stays. May run twice. */
    async forget(moved: readonly Message[]): Promise<void> {
      const { stones, scrubs } = forgetting(moved);
      if (stones.length === 0) return;
      await retryIdempotent(() => messages.collection.bulkWrite(stones, DURABLE));
      await retryIdempotent(() => roomLog.collection.bulkWrite(scrubs, DURABLE));
    },

    async byIds(ids: string[]): Promise<Message[]> {
      const found = await Promise.all([...new Set(ids)].map((id) => known(objectId(id).toHexString())));
      return found.filter((message) => message !== undefined);
    },

    /** The messages with one of these client ids, by whomever: the caller looks at the author. */
    async byClientIds(clientIds: string[]): Promise<Message[]> {
      const query = () => messages.collection.find<Stored>(withClientIds(clientIds), MAJORITY).toArray();
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
