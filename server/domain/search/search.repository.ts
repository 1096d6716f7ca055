// The database work of the search index, in domain words. Imported by the search services and the hub's wiring.
import mongoose from 'mongoose';
import { prefixKey } from '#shared/search/keys.ts';
import type { SearchTerm } from '#shared/search/query.ts';
import { isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import type { SearchAuthorDocument, SearchModels, SearchRowDocument } from './search.model.ts';

export interface SearchRow {
  messageId: string;
  roomId: string;
  authorId: string | null;
  at: Date;
  seq: number;
  rev: number;
  tokens: string[];
}
/** Where the next page goes on: after this one, newest first. */
export interface SearchPlace {
  at: Date;
  messageId: string;
}
export interface RowQuery {
  roomIds: readonly string[];
  /** At least one, unless there are authors. */
  terms: readonly SearchTerm[];
  /** null: whoever wrote it. */
  authorIds: readonly string[] | null;
  /** `from` is the first moment, `until` the first one after. */
  from: Date | null;
  until: Date | null;
  before: SearchPlace | null;
  limit: number;
}

export type SearchRepository = ReturnType<typeof createSearchRepository>;

/** Raised with every change of folding, stemmers, keys or what is kept: rooms indexed by older rules are indexed anew at start. */
export const RULES = 2;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const MAJORITY = { readConcern: { level: 'majority' as const } };

/** A term as the index can look it up: by keys alone; a beginning is compared afterwards. */
function conditions({ keys, prefix }: SearchTerm): object[] {
  if (prefix === null) return [{ tokens: { $in: keys } }];
  const begins = { tokens: { $regex: `^${prefix}` } }; // letters and digits only: folding left nothing else
  return [{ tokens: { $in: [...keys, prefixKey(prefix)] } }, { $or: [{ tokens: { $in: keys } }, begins] }];
}

const longest = (term: SearchTerm): number => term.keys[0]?.length ?? 0;

/** The longest word first: the index is asked for it, the others are compared. */
function filterOf({ roomIds, terms, authorIds, from, until, before }: RowQuery): object {
  const words = [...terms].sort((a, b) => longest(b) - longest(a)).flatMap(conditions);
  const at = { ...(from ? { $gte: from } : {}), ...(until ? { $lt: until } : {}) };
  const older = before && {
    $or: [{ at: { $lt: before.at } }, { at: before.at, _id: { $lt: objectId(before.messageId) } }],
  };
  const all = [...words, ...(older ? [older] : [])];
  return {
    ...(all.length > 0 ? { $and: all } : {}),
    roomId: { $in: roomIds.map(objectId) },
    ...(authorIds ? { authorId: { $in: authorIds.map(objectId) } } : {}),
    ...(from || until ? { at } : {}),
  };
}

/** Every function raises 'unavailable' when the database is away. */
export function createSearchRepository({ searchRows, searchRooms, searchAuthors }: SearchModels) {
  return {
    /** The messages that meet every term, newest first. */
    async find(query: RowQuery): Promise<SearchPlace[]> {
      const options = { ...MAJORITY, projection: { at: 1 } };
      const run = () =>
        searchRows.collection
          .find<Pick<SearchRowDocument, '_id' | 'at'>>(filterOf(query), options)
          .sort({ at: -1, _id: -1 })
          .limit(query.limit)
          .toArray();
      return (await retryIdempotent(run)).map(({ _id, at }) => ({ messageId: _id.toHexString(), at }));
    },

    /** Whose name stands above messages of these rooms, each of them once, who wrote last first; at most `limit` places are read. */
    async authors(roomIds: readonly string[], limit: number): Promise<string[]> {
      const run = () =>
        searchAuthors.collection
          .find<Pick<SearchAuthorDocument, 'authorId'>>(
            { roomId: { $in: roomIds.map(objectId) } },
            { projection: { authorId: 1 } },
          )
          .sort({ at: -1 })
          .limit(limit)
          .toArray();
      return [...new Set((await retryIdempotent(run)).map(({ authorId }) => authorId.toHexString()))];
    },

    /** Writes down whose names stand above these. May run twice. */
    async putAuthors(rows: readonly SearchRow[]): Promise<void> {
      const operations = rows.flatMap(({ roomId, authorId, at, tokens }) => {
        if (authorId === null || tokens.length === 0) return [];
        const author = { roomId: objectId(roomId), authorId: objectId(authorId) };
        const filter = { _id: `${roomId}:${authorId}` };
        return { updateOne: { filter, update: { $set: author, $max: { at } }, upsert: true } };
      });
      if (operations.length === 0) return;
      try {
        await retryIdempotent(() => searchAuthors.bulkWrite(operations, { ordered: false }));
      } catch (error) {
        if (!isDuplicateKey(error)) throw error; // another process wrote her down in the same moment
      }
    },

    /** Writes rows unless newer ones are there. May run twice, and beside other processes. */
    async put(rows: readonly SearchRow[]): Promise<void> {
      if (rows.length === 0) return;
      const operations = rows.map(({ messageId, roomId, authorId, rev, ...rest }) => ({
        updateOne: {
          filter: { _id: objectId(messageId), rev: { $lte: rev } },
          update: {
            $set: { ...rest, rev, roomId: objectId(roomId), authorId: authorId === null ? null : objectId(authorId) },
          },
          upsert: true,
        },
      }));
      try {
        await retryIdempotent(() => searchRows.collection.bulkWrite(operations, { ordered: false }));
      } catch (error) {
        if (!isDuplicateKey(error)) throw error; // a newer row is there
      }
    },

    /** The rev up to which the room is in the index; 0 when it has to be indexed from its beginning. */
    async indexedUpTo(roomId: string): Promise<number> {
      const run = () => searchRooms.findById(roomId).readConcern('majority').lean().exec();
      const found = await retryIdempotent(run);
      return found?.rules === RULES ? found.rev : 0;
    },

    /** Moves the room forward, never back unless the rules are new. May run twice. */
    async raise(roomId: string, rev: number): Promise<void> {
      const filter = { _id: objectId(roomId) };
      const older = { ...filter, $or: [{ rev: { $lt: rev } }, { rules: { $ne: RULES } }] };
      const run = () => searchRooms.collection.updateOne(older, { $set: { rev, rules: RULES } }, { upsert: true });
      await retryIdempotent(run).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // it stands there already, or higher
      });
    },

    /** Erasure: takes these messages out, whoever wrote them. */
    async forget(messageIds: readonly string[]): Promise<void> {
      const filter = { _id: { $in: messageIds.map(objectId) } };
      await retryIdempotent(() => searchRows.collection.deleteMany(filter));
    },

    /** Erasure: takes out all that she wrote under her name. Her anonymous messages need `forget`. */
    async forgetAuthor(authorId: string): Promise<void> {
      const hers = { authorId: objectId(authorId) };
      await retryIdempotent(() => searchRows.collection.deleteMany(hers));
      await retryIdempotent(() => searchAuthors.collection.deleteMany(hers));
    },
  };
}
