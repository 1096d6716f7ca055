// The database work of uploads and attachments, in domain words. Imported by the services of this area and the hub's wiring.
import mongoose from 'mongoose';
import type { UploadFailure } from '#shared/attachments.ts';
import { guardDatabase, isDuplicateKey, isNew, retryIdempotent } from '../../database/errors.ts';
import type { AttachmentDocument, AttachmentModels, StoredSize } from './attachments.model.ts';

type Ids = '_id' | 'ownerId' | 'roomId' | 'messageId';
export interface Attachment extends Omit<AttachmentDocument, Ids> {
  id: string;
  ownerId: string;
  roomId: string;
  messageId: string | null;
}
export interface NewUpload {
  id: string;
  ownerId: string;
  roomId: string;
  clientId: string;
  name: string;
  bytes: number;
  createdAt: Date;
}
export type Finished = { kind: 'image' | 'pdf'; name: string; file: StoredSize; thumb: StoredSize | null };

export type AttachmentsRepository = ReturnType<typeof createAttachmentsRepository>;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const attachmentOf = ({ _id, ...document }: AttachmentDocument): Attachment => ({
  ...document,
  id: _id.toHexString(),
  ownerId: document.ownerId.toHexString(),
  roomId: document.roomId.toHexString(),
  messageId: document.messageId?.toHexString() ?? null,
});
const nothing = { failure: null, workAt: null, blobs: [], kind: null, file: null, thumb: null };
const unused = { messageId: null, usedAt: null, settled: false };

/** Every function raises 'unavailable' when the database is away. */
export function createAttachmentsRepository({ attachments, pieces }: AttachmentModels) {
  const one = async (filter: object): Promise<Attachment | null> => {
    const found = await retryIdempotent(() => attachments.findOne(filter).readConcern('majority').lean().exec());
    return found && attachmentOf(found);
  };
  const list = async (filter: object, limit = 1_000): Promise<Attachment[]> => {
    const query = () =>
      attachments.find(filter).sort({ createdAt: 1 }).limit(limit).readConcern('majority').lean().exec();
    return (await retryIdempotent(query)).map(attachmentOf);
  };
  /** Changes one when it still is what `filter` says; answers it as it is then. */
  const change = async (filter: object, update: object): Promise<Attachment | null> => {
    const run = () => attachments.findOneAndUpdate(filter, update, { returnDocument: 'after' }).lean().exec();
    const found = await guardDatabase(run);
    return found && attachmentOf(found);
  };

  return {
    byId: (id: string): Promise<Attachment | null> => one({ _id: objectId(id) }),
    byClientId: (ownerId: string, clientId: string): Promise<Attachment | null> =>
      one({ ownerId: objectId(ownerId), clientId }),
    byIds: (ids: readonly string[]): Promise<Attachment[]> => list({ _id: { $in: ids.map(objectId) } }),
    ofMessage: (messageId: string): Promise<Attachment[]> => list({ messageId: objectId(messageId) }),

    /** False: her other request with this clientId was first. */
    async create({ id, ownerId, roomId, ...rest }: NewUpload): Promise<boolean> {
      const ids = { _id: objectId(id), ownerId: objectId(ownerId), roomId: objectId(roomId) };
      const document = { ...ids, ...rest, ...nothing, ...unused, received: 0, state: 'uploading' as const };
      return isNew(() => attachments.collection.insertOne(document));
    },

    /** What she began since then, whatever became of it. */
    async sumSince(ownerId: string, since: Date): Promise<{ files: number; bytes: number; oldest: Date | null }> {
      const filter = { ownerId: objectId(ownerId), createdAt: { $gt: since } };
      const fields = { bytes: 1, createdAt: 1 } as const;
      const rows = await retryIdempotent(() =>
        attachments.find(filter, fields).sort({ createdAt: 1 }).readConcern('majority').lean().exec(),
      );
      const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
      return { files: rows.length, bytes, oldest: rows[0]?.createdAt ?? null };
    },

    /** Forgets an upload that never began. */
    drop: (id: string): Promise<unknown> => guardDatabase(() => attachments.deleteOne({ _id: objectId(id) }).exec()),

    /** Stores a piece at its offset; twice is once. Null: it is not the next one, or the upload is over. */
    async append(id: string, offset: number, data: Buffer, now: Date): Promise<Attachment | null> {
      const piece = { attachmentId: objectId(id), offset, data, createdAt: now };
      await guardDatabase(() => pieces.collection.insertOne(piece as never)).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      });
      const next = { received: offset + data.length };
      return change({ _id: objectId(id), state: 'uploading', received: offset }, { $set: next });
    },

    async content(id: string): Promise<Buffer> {
      const query = () =>
        pieces.collection
          .find({ attachmentId: objectId(id) }, { promoteBuffers: true })
          .sort({ offset: 1 })
          .toArray();
      const all = await retryIdempotent(query);
      return Buffer.concat(all.map(({ data }) => data as unknown as Buffer));
    },

    dropPieces: (id: string): Promise<unknown> =>
      retryIdempotent(() => pieces.deleteMany({ attachmentId: objectId(id) }).exec()),

    /** One of all who ask gets the work, and again when whoever had it was not heard of since `staleBefore`. */
    beginWork: (id: string, blobs: string[], now: Date, staleBefore: Date): Promise<Attachment | null> =>
      change(
        {
          _id: objectId(id),
          $expr: { $eq: ['$received', '$bytes'] },
          $or: [{ state: 'uploading' }, { state: 'working', workAt: { $lt: staleBefore } }],
        },
        { $set: { state: 'working', workAt: now }, $push: { blobs: { $each: blobs } } },
      ),

    /** Null: cancelled, or given to somebody else meanwhile. */
    finish: (id: string, workAt: Date, done: Finished | UploadFailure): Promise<Attachment | null> =>
      change(
        { _id: objectId(id), state: 'working', workAt },
        {
          $set:
            typeof done === 'string'
              ? { state: 'failed', failure: done, workAt: null }
              : { ...done, state: 'ready', workAt: null },
        },
      ),

    /** Gives it to a message: unused ones, and those that `from` (a message that never was) had. */
    async claim(id: string, messageId: string, from: string | null, now: Date): Promise<boolean> {
      const filter = { _id: objectId(id), state: 'ready', messageId: from === null ? null : objectId(from) };
      const used = { messageId: objectId(messageId), usedAt: now, settled: false };
      return (await change(filter, { $set: used })) !== null;
    },
    letGo: (messageId: string, ids: readonly string[]): Promise<unknown> => {
      const filter = { _id: { $in: ids.map(objectId) }, messageId: objectId(messageId), settled: false };
      return guardDatabase(() => attachments.updateMany(filter, { $set: unused }).exec());
    },
    settle: (ids: readonly string[]): Promise<unknown> =>
      guardDatabase(() =>
        attachments.updateMany({ _id: { $in: ids.map(objectId) } }, { $set: { settled: true } }).exec(),
      ),
    move: (from: string, to: { messageId: string; roomId: string }): Promise<unknown> => {
      const place = { roomId: objectId(to.roomId), messageId: objectId(to.messageId), settled: false };
      return retryIdempotent(() => attachments.updateMany({ messageId: objectId(from) }, { $set: place }).exec());
    },

    /** Ends it: from now on nobody gets it. Its bytes stay counted for the day. Null: `filter` does not hold any more. */
    end: (id: string, still: { messageId: string | null } | null): Promise<Attachment | null> => {
      const messageId = still && { messageId: still.messageId === null ? null : objectId(still.messageId) };
      const over = { ...nothing, ...unused, state: 'over' as const, name: '' };
      // the blobs stay named until they are gone
      const { blobs: _kept, ...rest } = over;
      return change({ _id: objectId(id), ...messageId }, { $set: rest });
    },
    forgetBlobs: (id: string, blobs: readonly string[]): Promise<unknown> =>
      guardDatabase(() => attachments.updateOne({ _id: objectId(id) }, { $pullAll: { blobs } }).exec()),

    /** Begun before `before`, and no message is known to use it. */
    unsettled: (before: Date): Promise<Attachment[]> => list({ settled: false, createdAt: { $lt: before } }, 200),
  };
}
