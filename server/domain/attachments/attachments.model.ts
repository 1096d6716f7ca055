// Uploads, their pieces and what became of them: schemas and indexes. Imported by the attachments repository only.
import mongoose, { type Connection, type Types } from 'mongoose';
import type { AttachmentKind, UploadFailure } from '#shared/attachments.ts';
import { ATTACHMENT_LIMITS } from '#shared/attachments.limits.ts';

/** `over`: cancelled, refused for the day, or its message was removed; kept without content until the day's count is past. */
type AttachmentState = 'uploading' | 'working' | 'ready' | 'failed' | 'over';

export interface StoredSize {
  /** Id in the blob store. */
  blob: string;
  bytes: number;
  width: number | null;
  height: number | null;
}

export interface AttachmentDocument {
  _id: Types.ObjectId;
  ownerId: Types.ObjectId;
  roomId: Types.ObjectId;
  clientId: string;
  name: string;
  /** As announced. */
  bytes: number;
  received: number;
  state: AttachmentState;
  failure: UploadFailure | null;
  /** Since when somebody works on it: others leave it alone for a while. */
  workAt: Date | null;
  /** Every blob that was ever begun for it, so that none is forgotten. */
  blobs: string[];
  kind: AttachmentKind | null;
  file: StoredSize | null;
  thumb: StoredSize | null;
  messageId: Types.ObjectId | null;
  usedAt: Date | null;
  /** A message was seen that uses it. */
  settled: boolean;
  createdAt: Date;
}

export interface PieceDocument {
  _id: Types.ObjectId;
  attachmentId: Types.ObjectId;
  offset: number;
  data: Buffer;
  createdAt: Date;
}

const { ObjectId } = mongoose.Schema.Types;
const size = { blob: String, bytes: Number, width: Number, height: Number };
const schemaOptions = { versionKey: false as const };

const attachmentSchema = new mongoose.Schema<AttachmentDocument>(
  {
    ownerId: { type: ObjectId, required: true },
    roomId: { type: ObjectId, required: true },
    clientId: { type: String, required: true },
    name: { type: String, default: '' },
    bytes: { type: Number, required: true },
    received: { type: Number, required: true },
    state: { type: String, required: true },
    failure: { type: String, default: null },
    workAt: { type: Date, default: null },
    blobs: [String],
    kind: { type: String, default: null },
    file: { type: new mongoose.Schema(size, { _id: false }), default: null },
    thumb: { type: new mongoose.Schema(size, { _id: false }), default: null },
    messageId: { type: ObjectId, default: null },
    usedAt: { type: Date, default: null },
    settled: { type: Boolean, default: false },
    createdAt: { type: Date, required: true },
  },
  { ...schemaOptions, collection: 'attachments' },
);
attachmentSchema.index({ ownerId: 1, clientId: 1 }, { unique: true });
attachmentSchema.index({ ownerId: 1, createdAt: 1 });
attachmentSchema.index({ messageId: 1 });
// for the cleaning: what no message is known to use
attachmentSchema.index({ createdAt: 1 }, { partialFilterExpression: { settled: false } });

const pieceSchema = new mongoose.Schema<PieceDocument>(
  {
    attachmentId: { type: ObjectId, required: true },
    offset: { type: Number, required: true },
    data: { type: Buffer, required: true },
    createdAt: { type: Date, required: true },
  },
  { ...schemaOptions, collection: 'attachmentPieces' },
);
pieceSchema.index({ attachmentId: 1, offset: 1 }, { unique: true });
pieceSchema.index({ createdAt: 1 }, { expireAfterSeconds: ATTACHMENT_LIMITS.orphanHours * 60 * 60 });

export type AttachmentModels = ReturnType<typeof createAttachmentModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createAttachmentModels(connection: Connection) {
  return {
    attachments: connection.model<AttachmentDocument>('Attachment', attachmentSchema),
    pieces: connection.model<PieceDocument>('AttachmentPiece', pieceSchema),
  };
}
