// Notices: schema and indexes. Imported by the notifications repository only.
import mongoose, { type Connection, type Types } from 'mongoose';
import { NOTICE_DAYS, NOTICE_KINDS, type NoticeKind, type NoticeParams } from '#shared/notifications.ts';

export interface NoticeDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  key: string;
  kind: NoticeKind;
  params: NoticeParams;
  at: Date;
  readAt: Date | null;
  /** There while a device of hers may still have to be told: when to look at it next. */
  pushAt?: Date;
  /** Of no use on a locked phone after this. */
  pushUntil: Date;
  /** Devices that are done with it. */
  pushedTo: string[];
}

const noticeSchema = new mongoose.Schema<NoticeDocument>(
  {
    userId: { type: mongoose.Schema.Types.ObjectId, required: true },
    key: { type: String, required: true },
    kind: { type: String, enum: NOTICE_KINDS, required: true },
    params: { type: mongoose.Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    readAt: { type: Date, default: null },
    pushAt: Date,
    pushUntil: { type: Date, required: true },
    pushedTo: { type: [String], default: [] },
  },
  { collection: 'notices', versionKey: false, minimize: false },
);
// told once
noticeSchema.index({ userId: 1, key: 1 }, { unique: true });
// her pages, newest first
noticeSchema.index({ userId: 1, _id: -1 });
// how many wait
noticeSchema.index({ userId: 1 }, { name: 'unread', partialFilterExpression: { readAt: null } });
// those that devices wait for
noticeSchema.index({ pushAt: 1 }, { sparse: true });
noticeSchema.index({ at: 1 }, { expireAfterSeconds: NOTICE_DAYS * 24 * 60 * 60 });

export type NotificationModels = ReturnType<typeof createNotificationModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createNotificationModels(connection: Connection) {
  return { notices: connection.model<NoticeDocument>('Notice', noticeSchema) };
}
