// Deletes everything that was ever written in one room, in all collections that know of it. Only the hub's wiring imports it.
import mongoose from 'mongoose';
import { retryIdempotent } from './database/errors.ts';

interface EraseParts {
  connection: mongoose.Connection;
  /** Files of a message go with their blobs. */
  release(messageId: string): Promise<void>;
  forget(messageIds: readonly string[]): Promise<void>;
}
const BATCH = 200;

/** May run twice, and be cut off anywhere: the room's own document goes last. */
export function createErase({ connection, release, forget }: EraseParts) {
  const collection = (name: string) => connection.collection(name);
  return async (roomId: string): Promise<void> => {
    const id = new mongoose.Types.ObjectId(roomId);
    for (;;) {
      const found = await retryIdempotent(() =>
        collection('messages')
          .find({ roomId: id }, { projection: { _id: 1 } })
          .limit(BATCH)
          .toArray(),
      );
      if (found.length === 0) break;
      const ids = found.map(({ _id }) => _id);
      for (const one of ids) await release(one.toHexString());
      await forget(ids.map((one) => one.toHexString()));
      const theirs = { messageId: { $in: ids } };
      for (const name of ['savedMessages', 'mentions'])
        await retryIdempotent(() => collection(name).deleteMany(theirs));
      await retryIdempotent(() => collection('messages').deleteMany({ _id: { $in: ids } }));
    }
    for (const name of ['roomLog', 'roomMembers', 'searchAuthors'])
      await retryIdempotent(() => collection(name).deleteMany({ roomId: id }));
    for (const name of ['searchRooms', 'rooms']) await retryIdempotent(() => collection(name).deleteOne({ _id: id }));
  };
}
