// The reads of messages by their age. Part of the messages repository.
import mongoose from 'mongoose';
import { retryIdempotent } from '../../database/errors.ts';
import type { Hidden } from './messages.entities.ts';
import type { MessageDocument, MessageFacets, MessageModels } from './messages.model.ts';

/** What of a message decides whether it goes by its age. */
export interface Aged {
  id: string;
  seq: number;
  rev: number;
  post: number;
  at: Date;
  authorId: string;
  anonymous: boolean;
  threadId: string | null;
  /** When somebody wrote into its thread last; null: nobody ever did. */
  threadLastAt: Date | null;
  hidden: Hidden | null;
  pinned: boolean;
  checkedUntil: Date | null;
  question: boolean;
  files: boolean;
}
type Stored = MessageDocument & MessageFacets;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const NO_WORDS = { readConcern: { level: 'majority' as const }, projection: { text: 0, versions: 0, reactors: 0 } };

const agedOf = (stored: Stored): Aged => ({
  ...{ id: stored._id.toHexString(), authorId: stored.authorId.toHexString(), at: stored.at },
  ...{ seq: stored.seq, rev: stored.rev, post: stored.post },
  anonymous: Boolean(stored.anonymous),
  threadId: stored.threadId ?? null,
  threadLastAt: stored.threadLastAt ?? null,
  hidden: stored.hidden ?? null,
  pinned: Boolean(stored.pinned),
  checkedUntil: stored.verified?.until ?? null,
  question: Boolean(stored.question),
  files: (stored.attachments ?? []).length > 0,
});

export function createAges({ messages }: Pick<MessageModels, 'messages'>) {
  return {
    /** Of the room and its threads, after seq `after`, in the order in which they came. */
    async oldest(roomId: string, after: number, limit: number): Promise<Aged[]> {
      const filter = { roomId: objectId(roomId), seq: { $gt: after } };
      const query = () =>
        messages.collection.find<Stored>(filter, NO_WORDS).sort({ roomId: 1, seq: 1 }).limit(limit).toArray();
      return (await retryIdempotent(query)).map(agedOf);
    },

    /** Of one thread, the same. */
    async oldestIn(roomId: string, threadId: string, after: number, limit: number): Promise<Aged[]> {
      const filter = { roomId: objectId(roomId), threadId, seq: { $gt: after } };
      const sort = { roomId: 1, threadId: 1, seq: 1 } as const;
      const query = () => messages.collection.find<Stored>(filter, NO_WORDS).sort(sort).limit(limit).toArray();
      return (await retryIdempotent(query)).map(agedOf);
    },
  };
}
