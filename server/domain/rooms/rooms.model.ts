// Rooms and how far each member has read them: schemas and indexes. Imported by the rooms repository only.
import mongoose, { type Connection, type Types } from 'mongoose';
import type { LocalizedText } from '#shared/locales.ts';

export interface RoomDocument {
  _id: Types.ObjectId;
  slug: string;
  name: LocalizedText;
  purpose: LocalizedText;
  rules: LocalizedText;
  welcome: LocalizedText;
  position: number;
  /** Up to here the room's log is projected into `messages`; never above something unprojected. */
  rev: number;
  /** Posts up to `rev`, the removed ones included. */
  posts: number;
  /** Time of the newest post. */
  lastAt: Date | null;
  /** Messages with a lower seq were purged by retention. */
  purgedBelow: number;
}

export interface RoomMemberDocument {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  userId: Types.ObjectId;
  /** Posts of the room that she has seen. */
  readPosts: number;
}

const { ObjectId } = mongoose.Schema.Types;
const text = { de: String, en: String, ar: String, uk: String };

const roomSchema = new mongoose.Schema<RoomDocument>(
  {
    slug: { type: String, required: true },
    name: text,
    purpose: text,
    rules: text,
    welcome: text,
    position: { type: Number, required: true },
    rev: { type: Number, default: 0 },
    posts: { type: Number, default: 0 },
    lastAt: { type: Date, default: null },
    purgedBelow: { type: Number, default: 0 },
  },
  { collection: 'rooms', versionKey: false },
);
roomSchema.index({ slug: 1 }, { unique: true });
roomSchema.index({ position: 1, _id: 1 });

const memberSchema = new mongoose.Schema<RoomMemberDocument>(
  {
    roomId: { type: ObjectId, required: true },
    userId: { type: ObjectId, required: true },
    readPosts: { type: Number, required: true },
  },
  { collection: 'roomMembers', versionKey: false },
);
// userId first: the same index answers "all her positions"
memberSchema.index({ userId: 1, roomId: 1 }, { unique: true });

export type RoomModels = ReturnType<typeof createRoomModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createRoomModels(connection: Connection) {
  return {
    rooms: connection.model<RoomDocument>('Room', roomSchema),
    members: connection.model<RoomMemberDocument>('RoomMember', memberSchema),
  };
}
