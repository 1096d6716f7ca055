// Devices that are told, the hub's keys for it, quiet hours: schemas and indexes. Imported by the push repository only.
import mongoose, { type Connection, type Types } from 'mongoose';

export interface DeviceDocument {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  /** Public id of the login that switched it on; nothing is sent when that is over. */
  sessionId: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  at: Date;
  /** The push service wants to be left alone until then. */
  restUntil: Date | null;
  /** Tries in a row that failed. */
  failures: number;
}
export interface KeysDocument {
  _id: string;
  publicKey: string;
  privateKey: string;
}
export interface QuietDocument {
  _id: Types.ObjectId;
  quietFrom: string;
  quietTo: string;
}

/** A device that was not seen for so long is forgotten. */
const DEVICE_DAYS = 180;
const { ObjectId } = mongoose.Schema.Types;
const text = { type: String, required: true } as const;
const deviceSchema = new mongoose.Schema<DeviceDocument>(
  {
    userId: { type: ObjectId, required: true },
    sessionId: text,
    endpoint: text,
    p256dh: text,
    auth: text,
    at: { type: Date, required: true },
    restUntil: { type: Date, default: null },
    failures: { type: Number, default: 0 },
  },
  { collection: 'pushDevices', versionKey: false },
);
// one browser, one row, whoever uses it
deviceSchema.index({ endpoint: 1 }, { unique: true });
deviceSchema.index({ userId: 1, at: -1 });
deviceSchema.index({ at: 1 }, { expireAfterSeconds: DEVICE_DAYS * 24 * 60 * 60 });
const keysSchema = new mongoose.Schema<KeysDocument>(
  { _id: text, publicKey: text, privateKey: text },
  { collection: 'pushKeys', versionKey: false },
);
const quietSchema = new mongoose.Schema<QuietDocument>(
  { _id: { type: ObjectId, required: true }, quietFrom: text, quietTo: text },
  { collection: 'pushQuiet', versionKey: false },
);

export type PushModels = ReturnType<typeof createPushModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createPushModels(connection: Connection) {
  return {
    devices: connection.model<DeviceDocument>('PushDevice', deviceSchema),
    keys: connection.model<KeysDocument>('PushKeys', keysSchema),
    quiet: connection.model<QuietDocument>('PushQuiet', quietSchema),
  };
}
