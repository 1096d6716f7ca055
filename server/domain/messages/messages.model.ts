// The room log and its projection, the messages: schemas and indexes. Imported by the messages repositories only.
import mongoose, { type Connection, type Types } from 'mongoose';
import { LIMITS } from '#shared/limits.ts';
import { createSideModels } from './messages.side-model.ts';
import type { Extras, Hidden, LogEntry, Message } from './messages.entities.ts';

export interface MessageDocument {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  seq: number;
  rev: number;
  post: number;
  authorId: Types.ObjectId;
  clientId: string;
  /** SHA-256 of the text as it was posted: kept when the text is not. */
  textHash: string;
  text: string | null;
  removedBy: 'author' | 'moderator' | null;
  at: Date;
}
/** Fields that stand there only once something happened; toMessage fills in the rest. Ids in them are hex digits. */
export type MessageFacets = Partial<Omit<Message, keyof MessageDocument | 'id' | 'writtenAt'>>;

export interface RoomLogDocument {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  rev: number;
  posts: number;
  at: Date;
  by: Types.ObjectId;
  kind: LogEntry['kind'];
  messageId: Types.ObjectId;
  clientId?: string;
  textHash?: string;
  text?: string | null;
  /** Of a removed message: the seq of its posting. */
  seq?: number;
  /** Who removed; on a posted entry together with `removedRev` once its text was scrubbed. */
  removedBy?: 'author' | 'moderator' | null;
  removedRev?: number;
  /** What a posting brought along, if it did. */
  extras?: Partial<Extras>;
  /** On edits: the message, so that older words are found when they go. */
  editOf?: Types.ObjectId;
  /** On postings and edits: their message is kept from members. */
  hidden?: Hidden;
  /** What other kinds say. */
  what?: Record<string, unknown>;
}

const { ObjectId } = mongoose.Schema.Types;
const onlyPosts = { clientId: { $exists: true } };
/** Says the index's own condition beside the ids: some planners use a partial index only then. */
export const withClientIds = (clientIds: string[]) => ({ ...onlyPosts, $and: [{ clientId: { $in: clientIds } }] });
const schemaOptions = { versionKey: false as const };

const messageSchema = new mongoose.Schema<MessageDocument>(
  {
    roomId: { type: ObjectId, required: true },
    seq: { type: Number, required: true },
    rev: { type: Number, required: true },
    post: { type: Number, required: true },
    authorId: { type: ObjectId, required: true },
    clientId: String,
    textHash: String,
    text: { type: String, default: null },
    removedBy: { type: String, default: null },
    at: { type: Date, required: true },
  },
  { ...schemaOptions, collection: 'messages' },
);
// of a room outside of threads, or of one thread
messageSchema.index({ roomId: 1, threadId: 1, seq: 1 });
messageSchema.index({ roomId: 1, question: 1, seq: 1 }, { partialFilterExpression: { question: { $exists: true } } });
messageSchema.index({ 'replyTo.id': 1, seq: 1 }, { partialFilterExpression: { 'replyTo.id': { $exists: true } } });
messageSchema.index({ answerTo: 1 }, { partialFilterExpression: { answerTo: { $exists: true } } });
messageSchema.index(
  { roomId: 1, 'pinned.order': 1 },
  { partialFilterExpression: { 'pinned.order': { $exists: true } } },
);
messageSchema.index(
  { 'verified.until': 1, _id: 1 },
  { partialFilterExpression: { 'verified.until': { $exists: true } } },
);
messageSchema.index({ roomId: 1, seq: 1 }, { unique: true });
// what is hers, for her export and for erasure
messageSchema.index({ authorId: 1, _id: 1 });
messageSchema.index({ reactors: 1, _id: 1 }, { partialFilterExpression: { reactors: { $exists: true } } });
// what certain people wrote here: kept from whom they blocked
messageSchema.index({ roomId: 1, authorId: 1, post: 1 });
// clientId first: one look-up serves a batch of several authors
messageSchema.index({ clientId: 1, authorId: 1 }, { unique: true, partialFilterExpression: onlyPosts });

const roomLogSchema = new mongoose.Schema<RoomLogDocument>(
  {
    roomId: { type: ObjectId, required: true },
    rev: { type: Number, required: true },
    posts: { type: Number, required: true },
    at: { type: Date, required: true },
    by: { type: ObjectId, required: true },
    kind: { type: String, required: true },
    messageId: { type: ObjectId, required: true },
    clientId: String,
    textHash: String,
    text: String,
    seq: Number,
    removedBy: String,
    removedRev: Number,
    editOf: ObjectId,
  },
  { ...schemaOptions, collection: 'roomLog' },
);
roomLogSchema.index({ roomId: 1, rev: 1 }, { unique: true });
roomLogSchema.index({ clientId: 1, by: 1 }, { unique: true, partialFilterExpression: onlyPosts });
roomLogSchema.index({ editOf: 1 }, { partialFilterExpression: { editOf: { $exists: true } } });
roomLogSchema.index({ at: 1 }, { expireAfterSeconds: LIMITS.roomLogDays * 24 * 60 * 60 });

export type MessageModels = ReturnType<typeof createMessageModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createMessageModels(connection: Connection) {
  return {
    ...createSideModels(connection),
    messages: connection.model<MessageDocument>('Message', messageSchema),
    roomLog: connection.model<RoomLogDocument>('RoomLogEntry', roomLogSchema),
  };
}
