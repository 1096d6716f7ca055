// Counters per day, of everybody and of each host: schema and indexes. Imported by the figures repository only.
import mongoose, { type Connection } from 'mongoose';

export interface FiguresDocument {
  /** `<day>:<who>` */
  _id: string;
  /** yyyy-mm-dd in Germany. */
  day: string;
  /** 'all', or a host's id for her own figures. */
  who: string;
  talks: number;
  notFound: number;
  left: number;
  unserved: number;
  languages: Record<string, number>;
  topics: Record<string, number>;
  /** How many waited so long: by the number of the span, see #shared/figures.ts. */
  waits: Record<string, number>;
  /** Tickets that are counted here, so that none counts twice; forgotten after some days. */
  seen: string[];
  expireAt: Date;
}

const count = { type: Number, default: 0 };
const counts = { type: mongoose.Schema.Types.Mixed, default: {} };
const figuresSchema = new mongoose.Schema<FiguresDocument>(
  {
    _id: { type: String, required: true },
    day: { type: String, required: true },
    who: { type: String, required: true },
    ...{ talks: count, notFound: count, left: count, unserved: count },
    ...{ languages: counts, topics: counts, waits: counts },
    seen: [String],
    expireAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false, collection: 'figures' },
);
figuresSchema.index({ who: 1, day: 1 });
// days that still know which tickets they counted
figuresSchema.index({ 'seen.0': 1, day: 1 }, { partialFilterExpression: { 'seen.0': { $exists: true } } });
figuresSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });

export const createFiguresModel = (connection: Connection) =>
  connection.model<FiguresDocument>('Figures', figuresSchema);
export type FiguresModel = ReturnType<typeof createFiguresModel>;
