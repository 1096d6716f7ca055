// Where the search reads what was written: the log says what changed, the messages' own views say what is there now.
// Imported by the hub's wiring.
import mongoose from 'mongoose';
import type { MessageView } from '#shared/messages.ts';
import { retryIdempotent } from '../../database/errors.ts';
import type { MessageModels } from '../messages/messages.model.ts';
import type { RoomsRepository } from '../rooms/rooms.repository.ts';

export interface SearchSource {
  roomIds(): Promise<string[]>;
  /** The rev up to which the room's messages may be read. */
  rev(roomId: string): Promise<number>;
  /** The messages whose words came or went with revs `from` to `to`; null when the log does not hold all of these any more. */
  changed(roomId: string, from: number, to: number): Promise<string[] | null>;
  /** At most `limit` messages with a seq above `after`, ascending. */
  after(roomId: string, after: number, limit: number): Promise<{ id: string; seq: number }[]>;
  /** Messages as everybody sees them now, in any order; without an author where nobody shall know. */
  messages(ids: string[]): Promise<MessageView[]>;
}

interface Changed {
  kind: string;
  messageId: mongoose.Types.ObjectId;
  /** Of those that went by their age. */
  what?: { units?: { id: string }[][] };
}
interface SourceParts {
  models: Pick<MessageModels, 'messages' | 'roomLog'>;
  rooms: Pick<RoomsRepository, 'allIds' | 'revs'>;
  views: SearchSource['messages'];
}

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
/** Reactions, pins and marks change no words. */
const WORDS: ReadonlySet<string> = new Set(['posted', 'edited', 'removed', 'moved', 'hidden', 'purged']);
const MAJORITY = { readConcern: { level: 'majority' as const } };

/** Every function raises 'unavailable' when the database is away. */
export function createSearchSource({ models, rooms, views }: SourceParts): SearchSource {
  return {
    roomIds: () => rooms.allIds(),
    rev: async (roomId) => (await rooms.revs([roomId])).get(roomId) ?? 0,

    async changed(roomId, from, to) {
      const filter = { roomId: objectId(roomId), rev: { $gte: from, $lte: to } };
      const options = { ...MAJORITY, projection: { kind: 1, messageId: 1, 'what.units.id': 1 } };
      const run = () => models.roomLog.collection.find<Changed>(filter, options).sort({ roomId: 1, rev: 1 }).toArray();
      const entries = await retryIdempotent(run);
      if (entries.length < to - from + 1) return null;
      const written = entries.filter(({ kind }) => WORDS.has(kind));
      const gone = written.flatMap(({ what }) => (what?.units ?? []).flat().map(({ id }) => id));
      return [...new Set([...written.map(({ messageId }) => messageId.toHexString()), ...gone])];
    },

    async after(roomId, after, limit) {
      const filter = { roomId: objectId(roomId), seq: { $gt: after } };
      const options = { ...MAJORITY, projection: { seq: 1 } };
      const run = () =>
        models.messages.collection
          .find<{ _id: mongoose.Types.ObjectId; seq: number }>(filter, options)
          .sort({ roomId: 1, seq: 1 })
          .limit(limit)
          .toArray();
      return (await retryIdempotent(run)).map(({ _id, seq }) => ({ id: _id.toHexString(), seq }));
    },

    messages: views,
  };
}
