// How word lists are stored: entries, and what is known of each list. Only their repository imports it.
import mongoose, { type Connection } from 'mongoose';
import type { ListAct, ListLanguage } from '#shared/moderation/word-lists.ts';

/** Ids are strings of 24 hex digits. */
export interface WordRow {
  _id: string;
  language: ListLanguage;
  text: string;
  act: ListAct;
}
export interface ListRow {
  _id: ListLanguage;
  /** The start list was put in; what moderators took out since stays out. */
  begun: true;
  /** Raised by every change, so that other processes read anew. */
  version: number;
  reviewedAt: Date | null;
  reviewedBy: string | null;
}

const options = (collection: string) => ({ collection, versionKey: false as const });
const text = { type: String, required: true } as const;

const wordSchema = new mongoose.Schema<WordRow>({ _id: text, language: text, text, act: text }, options('wordEntries'));
wordSchema.index({ language: 1, text: 1 }, { unique: true });
wordSchema.index({ language: 1, _id: -1 });

const listSchema = new mongoose.Schema<ListRow>(
  {
    _id: text,
    begun: Boolean,
    version: { type: Number, required: true },
    reviewedAt: { type: Date, default: null },
    reviewedBy: { type: String, default: null },
  },
  options('wordLists'),
);

export type WordListModels = ReturnType<typeof createWordListModels>;

/** Compiles the models on a connection; `createIndexes()` is the business of database/indexes.ts. Once per connection. */
export function createWordListModels(connection: Connection) {
  return {
    words: connection.model<WordRow>('WordEntry', wordSchema),
    lists: connection.model<ListRow>('WordList', listSchema),
  };
}
