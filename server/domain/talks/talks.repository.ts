// The database work of talks, next steps and feedback, in domain words. Imported by the talks service and the hub's wiring.
import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import type { Face } from '#shared/talks.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { NoteDocument, TalkDocument, TalkModels } from './talks.model.ts';

export interface TalkOwner {
  ticketId: string;
  userId: string;
  /** The alias: a first name she chose, or her number. */
  name: string;
  phone: string;
  rated: boolean;
}
export interface Talk {
  id: string;
  dropInId: string;
  hostId: string;
  owners: TalkOwner[];
  startedAt: Date;
  endedAt: Date | null;
  deleteAt: Date | null;
}
export interface Note {
  id: string;
  ownerId: string;
  ticketId: string;
  text: string;
  by: string;
  at: Date;
  sharedWith: string | null;
}

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const DURABLE = { writeConcern: { w: 'majority' as const } };
const talkOf = ({ _id, hostId, owners, ...rest }: TalkDocument): Talk => ({
  ...rest,
  id: _id.toHexString(),
  hostId: hostId.toHexString(),
  owners: owners.map((one) => ({ ...one, ticketId: one.ticketId.toHexString(), userId: one.userId.toHexString() })),
});
const noteOf = ({ _id, ownerId, ticketId, by, sharedWith, ...rest }: NoteDocument): Note => ({
  ...rest,
  id: _id.toHexString(),
  ownerId: ownerId.toHexString(),
  ticketId: ticketId.toHexString(),
  by: by.toHexString(),
  sharedWith: sharedWith?.toHexString() ?? null,
});

export type TalksRepository = ReturnType<typeof createTalksRepository>;

/** Every function raises 'unavailable' when the database is away. */
export function createTalksRepository({ talks, notes, feedback }: TalkModels) {
  const find = async (filter: object, limit: number): Promise<Talk[]> => {
    const query = () => talks.collection.find<TalkDocument>(filter).sort({ startedAt: -1 }).limit(limit).toArray();
    return (await retryIdempotent(query)).map(talkOf);
  };

  return {
    async byId(id: string): Promise<Talk | null> {
      return (await find({ _id: objectId(id) }, 1))[0] ?? null;
    },
    /** Those in which these tickets are. */
    ofTickets: (ticketIds: string[]): Promise<Talk[]> =>
      find({ 'owners.ticketId': { $in: ticketIds.map(objectId) } }, ticketIds.length * 2),
    ofPerson: async (userId: string, limit: number): Promise<Talk[]> => {
      const [hers, hosted] = await Promise.all([
        find({ 'owners.userId': objectId(userId) }, limit),
        find({ hostId: objectId(userId) }, limit),
      ]);
      return [...hers, ...hosted].sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime()).slice(0, limit);
    },
    open: (limit: number): Promise<Talk[]> => find({ endedAt: null }, limit),
    toDelete: (now: Date, limit: number): Promise<Talk[]> => find({ deleteAt: { $lte: now } }, limit),

    /** Makes it, or brings host and owners up to date. May run twice. Answers the host before, when it was another one. */
    async make(talk: Pick<Talk, 'id' | 'dropInId' | 'hostId' | 'startedAt'>, owner: TalkOwner): Promise<string | null> {
      const { id, dropInId, startedAt } = talk;
      const hostId = objectId(talk.hostId);
      const fresh = { dropInId, startedAt, endedAt: null, deleteAt: null, owners: [], hostId };
      const insert = () => talks.collection.updateOne({ _id: objectId(id) }, { $setOnInsert: fresh }, { upsert: true });
      await guardDatabase(insert).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      });
      const ticketId = objectId(owner.ticketId);
      const row = { ...owner, ticketId, userId: objectId(owner.userId) };
      const add = () =>
        talks.collection.updateOne(
          { _id: objectId(id), 'owners.ticketId': { $ne: ticketId } },
          { $push: { owners: row } as never },
          DURABLE,
        );
      await retryIdempotent(add);
      const hand = () =>
        talks.collection.findOneAndUpdate(
          { _id: objectId(id), hostId: { $ne: hostId } },
          { $set: { hostId } },
          { returnDocument: 'before', ...DURABLE },
        );
      const before = (await retryIdempotent(hand)) as TalkDocument | null;
      return before?.hostId.toHexString() ?? null;
    },
    async end(id: string, endedAt: Date, deleteAt: Date): Promise<boolean> {
      const run = () =>
        talks.collection.updateOne({ _id: objectId(id), endedAt: null }, { $set: { endedAt, deleteAt } }, DURABLE);
      return (await retryIdempotent(run)).modifiedCount > 0;
    },
    remove: (id: string): Promise<unknown> =>
      retryIdempotent(() => talks.collection.deleteOne({ _id: objectId(id) }, DURABLE)),
    async setPhone(id: string, userId: string, phone: string): Promise<void> {
      const filter = { _id: objectId(id), 'owners.userId': objectId(userId) };
      await retryIdempotent(() => talks.collection.updateOne(filter, { $set: { 'owners.$.phone': phone } }));
    },

    /** True for the first time only. */
    async rate(ticketId: string, userId: string): Promise<boolean> {
      const one = { ticketId: objectId(ticketId), userId: objectId(userId), rated: { $ne: true } };
      const run = () =>
        talks.collection.updateOne({ owners: { $elemMatch: one } }, { $set: { 'owners.$.rated': true } }, DURABLE);
      return (await guardDatabase(run)).modifiedCount > 0;
    },
    /** Its id says nothing about the time. */
    addFeedback: (face: Face, words: string, week: string, expireAt: Date): Promise<unknown> => {
      const _id = new mongoose.Types.ObjectId(randomBytes(12));
      return guardDatabase(() => feedback.collection.insertOne({ _id, face, words, day: week, expireAt }, DURABLE));
    },
    /** How often each face was given in weeks before `before`, oldest week first; the newest weeks when there are more. */
    async feedbackWeeks(before: string, limit: number): Promise<{ week: string; faces: Record<Face, number> }[]> {
      const query = () =>
        feedback.collection
          .aggregate<{ _id: { day: string; face: Face }; count: number }>([
            { $match: { day: { $lt: before } } },
            { $group: { _id: { day: '$day', face: '$face' }, count: { $sum: 1 } } },
          ])
          .toArray();
      const weeks = new Map<string, Record<Face, number>>();
      for (const { _id, count } of await retryIdempotent(query)) {
        const faces = weeks.get(_id.day) ?? { good: 0, fair: 0, poor: 0 };
        weeks.set(_id.day, { ...faces, [_id.face]: faces[_id.face] + count });
      }
      const sorted = [...weeks].sort(([a], [b]) => a.localeCompare(b)).slice(-limit);
      return sorted.map(([week, faces]) => ({ week, faces }));
    },
    /** Sentences of the weeks from `from` to `to`. */
    async feedbackWords(from: string, to: string, limit: number): Promise<string[]> {
      const query = () =>
        feedback
          .find({ day: { $gte: from, $lte: to }, words: { $ne: '' } })
          .sort({ day: -1, _id: -1 })
          .limit(limit)
          .lean()
          .exec();
      return (await retryIdempotent(query)).map(({ words }) => words);
    },

    async writeNote(note: Omit<Note, 'id' | 'sharedWith'>): Promise<void> {
      const { ticketId, ownerId, by, text, at } = note;
      const update = {
        $set: { text, at, by: objectId(by) },
        $setOnInsert: { ownerId: objectId(ownerId), sharedWith: null },
      };
      const run = () =>
        notes.collection.updateOne({ ticketId: objectId(ticketId) }, update, { upsert: true, ...DURABLE });
      await retryIdempotent(run);
    },
    async noteOf(ticketId: string): Promise<Note | null> {
      const query = () => notes.collection.findOne<NoteDocument>({ ticketId: objectId(ticketId) });
      const found = await retryIdempotent(query);
      return found && noteOf(found);
    },
    /** Hers, or shown to her by somebody. */
    async notesFor(userId: string, shared: boolean, limit: number): Promise<Note[]> {
      const filter = shared ? { sharedWith: objectId(userId) } : { ownerId: objectId(userId) };
      const query = () => notes.collection.find<NoteDocument>(filter).sort({ at: -1 }).limit(limit).toArray();
      return (await retryIdempotent(query)).map(noteOf);
    },
    async shareNote(noteId: string, ownerId: string, userId: string | null): Promise<boolean> {
      const set = { sharedWith: userId ? objectId(userId) : null };
      const filter = { _id: objectId(noteId), ownerId: objectId(ownerId) };
      return (await retryIdempotent(() => notes.collection.updateOne(filter, { $set: set }))).matchedCount > 0;
    },
    async dropNote(noteId: string, ownerId: string): Promise<boolean> {
      const filter = { _id: objectId(noteId), ownerId: objectId(ownerId) };
      return (await retryIdempotent(() => notes.collection.deleteOne(filter, DURABLE))).deletedCount > 0;
    },
  };
}
