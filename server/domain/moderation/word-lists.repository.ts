// The database work of word lists. Imported by the word lists service only.
import type { ListAct, ListLanguage } from '#shared/moderation/word-lists.ts';
import { isDuplicateKey, isNew, retryIdempotent } from '../../database/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { ListRow, WordListModels, WordRow } from './word-lists.model.ts';

export interface Word {
  id: string;
  language: ListLanguage;
  text: string;
  act: ListAct;
}
export type WordListsRepository = ReturnType<typeof createWordListsRepository>;

const MAJORITY = { readConcern: { level: 'majority' as const } };
const DURABLE = { writeConcern: { w: 'majority' as const, journal: true } };
const wordOf = ({ _id: id, language, text, act }: WordRow): Word => ({ id, language, text, act });

export function createWordListsRepository({ words, lists }: WordListModels) {
  const changed = (language: ListLanguage, set: Partial<ListRow> = {}) =>
    retryIdempotent(() =>
      lists.collection.updateOne({ _id: language } as never, { $inc: { version: 1 }, $set: set }, DURABLE),
    );

  return {
    /** Puts the start list in, once for all time; may run twice, also in two processes. */
    async begin(language: ListLanguage, entries: readonly { text: string; act: ListAct }[]): Promise<void> {
      const own = { _id: language } as never;
      if (await retryIdempotent(() => lists.collection.findOne(own, MAJORITY))) return;
      const operations = entries.map(({ text, act }) => ({
        updateOne: {
          filter: { language, text },
          update: { $setOnInsert: { _id: newId(), act } },
          upsert: true,
        },
      }));
      const put = () => words.collection.bulkWrite(operations as never, { ordered: false, ...DURABLE });
      await retryIdempotent(put).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // another process put the same
      });
      const known = { begun: true as const, version: 1, reviewedAt: null, reviewedBy: null };
      const note = () => lists.collection.updateOne(own, { $setOnInsert: known }, { upsert: true, ...DURABLE });
      await retryIdempotent(note).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      });
    },

    /** Newest first. */
    async page(language: ListLanguage, before: string | null, limit: number): Promise<Word[]> {
      const filter = { language, ...(before === null ? {} : { _id: { $lt: before } }) };
      const query = () =>
        words.collection
          .find<WordRow>(filter as never, MAJORITY)
          .sort({ language: -1, _id: -1 })
          .limit(limit)
          .toArray();
      return (await retryIdempotent(query)).map(wordOf);
    },

    /** Of all languages: at most as many as LIMITS.words for each. */
    async all(): Promise<Word[]> {
      return (await retryIdempotent(() => words.collection.find<WordRow>({}, MAJORITY).toArray())).map(wordOf);
    },

    async byId(id: string): Promise<Word | null> {
      const row = await retryIdempotent(() => words.collection.findOne<WordRow>({ _id: id } as never, MAJORITY));
      return row && wordOf(row);
    },

    count: (language: ListLanguage): Promise<number> =>
      retryIdempotent(() => words.collection.countDocuments({ language }, MAJORITY)),

    lists: (): Promise<ListRow[]> => retryIdempotent(() => lists.collection.find<ListRow>({}, MAJORITY).toArray()),

    /** False: it is there already. */
    async add({ id, ...word }: Word): Promise<boolean> {
      if (!(await isNew(() => words.collection.insertOne({ _id: id, ...word } as never, DURABLE)))) return false;
      await changed(word.language);
      return true;
    },

    async setAct({ id, language }: Word, act: ListAct): Promise<void> {
      await retryIdempotent(() => words.collection.updateOne({ _id: id } as never, { $set: { act } }, DURABLE));
      await changed(language);
    },

    async remove({ id, language }: Word): Promise<void> {
      await retryIdempotent(() => words.collection.deleteOne({ _id: id } as never, DURABLE));
      await changed(language);
    },

    review: (language: ListLanguage, reviewedAt: Date, reviewedBy: string): Promise<unknown> =>
      changed(language, { reviewedAt, reviewedBy }),
  };
}
