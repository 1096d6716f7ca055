// Where finished files lie: the interface, and GridFS behind it. Attachments services and the hub's wiring use it.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose, { type Connection } from 'mongoose';
import { guardDatabase, retryIdempotent } from '../../database/errors.ts';

/** Ids are 24 hex digits and made by the caller before anything is written: so what a crash leaves can be found. */
export interface BlobStore {
  /** Resolves when the whole of it is durable; otherwise nothing can be read under this id. */
  put(id: string, data: Uint8Array): Promise<void>;
  /** From the first byte on; the stream fails when there is none (or no more) under this id. */
  open(id: string): Readable;
  /** Removing what is not there is no error. */
  remove(ids: readonly string[]): Promise<void>;
}

/** In the hub's database, as `blobs.files` and `blobs.chunks`. Raises 'unavailable' when it is away. */
export function createGridFsStore(connection: Connection): BlobStore {
  let made: mongoose.mongo.GridFSBucket | undefined;
  const objectId = (id: string) => new mongoose.Types.ObjectId(id);

  /** Made late: the connection's database changes when the embedded engine is started again. */
  function bucket(): mongoose.mongo.GridFSBucket {
    const { db } = connection;
    if (!db) throw new mongoose.mongo.MongoNotConnectedError('no connection');
    made ??= new mongoose.mongo.GridFSBucket(db, { bucketName: 'blobs' });
    return made;
  }
  connection.on('close', () => (made = undefined));

  return {
    put: (id, data) =>
      guardDatabase(async () => {
        const to = bucket().openUploadStreamWithId(objectId(id), id);
        await pipeline(Readable.from([data], { objectMode: true }), to);
      }),

    open: (id) => bucket().openDownloadStream(objectId(id)),

    async remove(ids) {
      if (ids.length === 0) return;
      const all = ids.map(objectId);
      await retryIdempotent(async () => {
        const { db } = connection;
        if (!db) throw new mongoose.mongo.MongoNotConnectedError('no connection');
        // the file first: nobody opens what is half gone
        await db.collection('blobs.files').deleteMany({ _id: { $in: all } });
        await db.collection('blobs.chunks').deleteMany({ files_id: { $in: all } });
      });
    },
  };
}
