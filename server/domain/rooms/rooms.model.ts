// Rooms, and what each person is to them: schemas and indexes. Imported by the rooms repositories only.
import mongoose, { type Connection, type Types } from 'mongoose';
import type { LocalizedText } from '#shared/locales.ts';
import type { RoomNotice } from '#shared/rooms.news.ts';
import { ROOM_WRITING, type RoomWriting } from '#shared/rooms.tools.ts';
import { ROOM_ACCESS, ROOM_LEVELS, STANDINGS, type RoomAccess, type RoomLevel, type Standing } from '#shared/rooms.ts';

/** Fields with `?` are missing on rooms that were made before there was a choice. */
export interface RoomDocument {
  _id: Types.ObjectId;
  slug: string;
  /** Texts are empty in languages that have none of their own. */
  name: LocalizedText;
  purpose: LocalizedText;
  rules: LocalizedText;
  welcome: LocalizedText;
  position: number;
  access?: RoomAccess;
  /** Raised by every change of texts and access. */
  version?: number;
  /** Raised when people may have lost the room: other processes look again. */
  accessRev?: number;
  archivedAt?: Date | null;
  /** Of the form that made it, so that it makes one room however often it arrives. */
  clientId?: string;
  /** Who writes, how often, from when on. */
  writing?: RoomWriting;
  slowSeconds?: number;
  newcomerHours?: number;
  /** Days that messages are kept. */
  keepDays?: number;
  /** When its messages are looked at for their age next, and after which seq; missing: at once, from the beginning. */
  purgeAt?: Date;
  purgeAfter?: number;
  /** Up to here the room's log is projected into `messages`; never above something unprojected. */
  rev: number;
  /** Posts up to `rev`, the removed ones included. */
  posts: number;
  /** Time of the newest post. */
  lastAt: Date | null;
  /** Messages with a lower seq were purged by retention. */
  purgedBelow: number;
}

/** One row per person and room, made when she first looks at it; what she is to it changes in one atomic step. */
export interface RoomMemberDocument {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  userId: Types.ObjectId;
  /** Posts of the room that she has seen. */
  readPosts: number;
  standing?: Standing;
  /** Of her standing. */
  since?: Date;
  host?: boolean;
  /** Her name may stand in the list of members. */
  shown?: boolean;
  /** Put aside: not among her rooms in the list. */
  aside?: boolean;
  /** What she wrote when she asked; emptied with the answer. */
  note?: string;
  /** What others made of her here, until she has seen it; null: nothing new. */
  notice?: RoomNotice | null;
  level?: RoomLevel;
  /** hh:mm; empty: none */
  quietFrom?: string;
  quietTo?: string;
  /** Slow mode: from when on she posts again, and the post that took the last turn. */
  nextAt?: Date;
  turn?: string;
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
    access: { type: String, enum: [...ROOM_ACCESS, 'talk'] },
    version: Number,
    accessRev: Number,
    archivedAt: Date,
    clientId: String,
    writing: { type: String, enum: ROOM_WRITING },
    slowSeconds: Number,
    newcomerHours: Number,
    keepDays: Number,
    purgeAt: Date,
    purgeAfter: Number,
    rev: { type: Number, default: 0 },
    posts: { type: Number, default: 0 },
    lastAt: { type: Date, default: null },
    purgedBelow: { type: Number, default: 0 },
  },
  { collection: 'rooms', versionKey: false, minimize: false },
);
roomSchema.index({ slug: 1 }, { unique: true });
roomSchema.index({ clientId: 1 }, { unique: true, partialFilterExpression: { clientId: { $exists: true } } });
roomSchema.index({ position: 1, _id: 1 });
roomSchema.index({ purgeAt: 1 });
// archivedAt null or missing: the list in its order
roomSchema.index({ archivedAt: 1, position: 1, _id: 1 });

const memberSchema = new mongoose.Schema<RoomMemberDocument>(
  {
    roomId: { type: ObjectId, required: true },
    userId: { type: ObjectId, required: true },
    readPosts: { type: Number, required: true },
    standing: { type: String, enum: STANDINGS },
    since: Date,
    host: Boolean,
    shown: Boolean,
    aside: Boolean,
    note: String,
    notice: String,
    level: { type: String, enum: ROOM_LEVELS },
    quietFrom: String,
    quietTo: String,
    nextAt: Date,
    turn: String,
  },
  { collection: 'roomMembers', versionKey: false },
);
// userId first: the same index answers "all her positions"
memberSchema.index({ userId: 1, roomId: 1 }, { unique: true });
// pages of members and requests, and the same of those whose names are shown
memberSchema.index({ roomId: 1, standing: 1, _id: 1 });
memberSchema.index({ roomId: 1, standing: 1, shown: 1, _id: 1 });

export type RoomModels = ReturnType<typeof createRoomModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createRoomModels(connection: Connection) {
  return {
    rooms: connection.model<RoomDocument>('Room', roomSchema),
    members: connection.model<RoomMemberDocument>('RoomMember', memberSchema),
  };
}
