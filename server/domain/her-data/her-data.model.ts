// Accounts that are being erased: one row each until nothing is left of her, not even in the rooms' logs. Only this area imports it.
import mongoose, { type Connection } from 'mongoose';
import type { MessagesChoice } from '#shared/her-data.ts';

export interface ErasureDocument {
  /** Her account's id. */
  _id: string;
  messages: MessagesChoice;
  askedAt: Date;
  /** How many steps are done: see her-data.erasure.ts. */
  step: number;
  doneAt: Date | null;
  /** By then the rooms' logs keep nothing of her. */
  forgetAt?: Date;
}

const erasureSchema = new mongoose.Schema<ErasureDocument>(
  {
    _id: { type: String, required: true },
    messages: { type: String, required: true },
    askedAt: { type: Date, required: true },
    step: { type: Number, required: true },
    doneAt: { type: Date, default: null },
    forgetAt: Date,
  },
  { collection: 'erasures', versionKey: false },
);
erasureSchema.index({ doneAt: 1, askedAt: 1 });
erasureSchema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export type HerDataModels = ReturnType<typeof createHerDataModels>;

/** Compiles the model on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createHerDataModels(connection: Connection) {
  return { erasures: connection.model<ErasureDocument>('Erasure', erasureSchema) };
}
