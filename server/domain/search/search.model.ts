// The index of the search: schemas and indexes. Imported by the search repository only.
import mongoose, { type Connection, type Types } from 'mongoose';

/** What is kept of a message so that it is found. A stone keeps its row without tokens, so that no late write brings them back. */
export interface SearchRowDocument {
  /** The message's id. */
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  /** null: written anonymously, so that no search by author finds it. */
  authorId: Types.ObjectId | null;
  at: Date;
  seq: number;
  /** The message's rev when it was read for this row. */
  rev: number;
  tokens: string[];
}

/** How far a room's log is in the index. */
export interface SearchRoomDocument {
  /** The room's id. */
  _id: Types.ObjectId;
  rev: number;
  /** By which rules its tokens were made. */
  rules: number;
}

const { ObjectId } = mongoose.Schema.Types;

const rowSchema = new mongoose.Schema<SearchRowDocument>(
  {
    roomId: { type: ObjectId, required: true },
    authorId: { type: ObjectId, default: null },
    at: { type: Date, required: true },
    seq: { type: Number, required: true },
    rev: { type: Number, required: true },
    tokens: { type: [String], required: true },
  },
  { collection: 'searchMessages', versionKey: false },
);
rowSchema.index({ tokens: 1, roomId: 1 });
// all that somebody wrote; and erasure
rowSchema.index({ authorId: 1, at: -1, _id: -1 });

const roomSchema = new mongoose.Schema<SearchRoomDocument>(
  { rev: { type: Number, required: true }, rules: { type: Number, required: true } },
  { collection: 'searchRooms', versionKey: false },
);

/** Whose name stands above messages of a room: whom a search by author can be about. Nobody is here for what she asked anonymously. */
export interface SearchAuthorDocument {
  /** `<room>:<author>` */
  _id: string;
  roomId: Types.ObjectId;
  authorId: Types.ObjectId;
  /** Her newest message there. */
  at: Date;
}

const authorSchema = new mongoose.Schema<SearchAuthorDocument>(
  {
    _id: { type: String, required: true },
    roomId: { type: ObjectId, required: true },
    authorId: { type: ObjectId, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'searchAuthors', versionKey: false },
);
authorSchema.index({ roomId: 1, at: -1 });
// for erasure
authorSchema.index({ authorId: 1 });

export type SearchModels = ReturnType<typeof createSearchModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createSearchModels(connection: Connection) {
  return {
    searchRows: connection.model<SearchRowDocument>('SearchRow', rowSchema),
    searchAuthors: connection.model<SearchAuthorDocument>('SearchAuthor', authorSchema),
    searchRooms: connection.model<SearchRoomDocument>('SearchRoom', roomSchema),
  };
}
