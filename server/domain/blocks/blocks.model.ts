// How blocks are stored: one row per pair and direction; an ended one stays a day, so that other processes learn of it. Imported by the blocks repository only.
import mongoose, { type Connection } from 'mongoose';

/** `_id`: "by whom", so that a pair is one row whatever comes twice. */
export interface BlockRow {
  _id: string;
  by: string;
  whom: string;
  at: Date;
  /** null: it holds. */
  endedAt: Date | null;
  changedAt: Date;
}

const DAY_S = 86_400;

const blockSchema = new mongoose.Schema<BlockRow>(
  {
    _id: { type: String, required: true },
    by: { type: String, required: true },
    whom: { type: String, required: true },
    at: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    changedAt: { type: Date, required: true },
  },
  { collection: 'blocks', versionKey: false },
);
blockSchema.index({ by: 1, endedAt: 1, at: 1, whom: 1 });
// erasure
blockSchema.index({ whom: 1 });
blockSchema.index({ changedAt: 1, _id: 1 });
blockSchema.index({ endedAt: 1 }, { expireAfterSeconds: DAY_S });

export type BlockModels = ReturnType<typeof createBlockModels>;

/** Compiles the model on a connection; `createIndexes()` is the business of database/indexes.ts. */
export const createBlockModels = (connection: Connection) => ({
  blocks: connection.model<BlockRow>('Block', blockSchema),
});
