// How a mentor's saved answers are stored. Imported by the answers repository only.
import mongoose, { type Connection } from 'mongoose';
import type { AnswerText } from '#shared/answers.ts';

/** Ids are strings of 24 hex digits, here and in references. */
export interface AnswerRow {
  _id: string;
  userId: string;
  clientId: string;
  /** Goes up with every edit. */
  version: number;
  title: string;
  texts: AnswerText[];
  /** Of the last edit or insertion: the order of her list. */
  usedAt: Date;
}

const answerSchema = new mongoose.Schema<AnswerRow>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    clientId: { type: String, required: true },
    version: { type: Number, required: true },
    title: { type: String, required: true },
    texts: { type: [{ _id: false, lang: String, text: String }], required: true },
    usedAt: { type: Date, required: true },
  },
  { collection: 'savedAnswers', versionKey: false },
);
answerSchema.index({ userId: 1, clientId: 1 }, { unique: true });
answerSchema.index({ userId: 1, usedAt: 1, _id: 1 });

export type AnswerModels = ReturnType<typeof createAnswerModels>;

/** Compiles the model on a connection; `createIndexes()` is the business of database/indexes.ts. */
export function createAnswerModels(connection: Connection) {
  return { answers: connection.model<AnswerRow>('SavedAnswer', answerSchema) };
}
