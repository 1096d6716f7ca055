// The database work of saved answers: every filter says whose. Imported by the answers service and the hub's wiring.
import type { SavedAnswerView } from '#shared/answers.ts';
import { guardDatabase, isNew, retryIdempotent } from '../../database/errors.ts';
import type { AnswerModels, AnswerRow } from './answers.model.ts';

export type Answer = Omit<AnswerRow, '_id'> & { id: string };
export type AnswersRepository = ReturnType<typeof createAnswersRepository>;

const entity = ({ _id: id, ...rest }: AnswerRow): Answer => ({ id, ...rest });
const orNull = (row: AnswerRow | null): Answer | null => (row ? entity(row) : null);

export function createAnswersRepository({ answers }: AnswerModels) {
  return {
    count: (userId: string): Promise<number> => retryIdempotent(() => answers.countDocuments({ userId })),

    /** False: one with this `clientId` is there already. */
    insert: (row: AnswerRow): Promise<boolean> => isNew(() => answers.insertOne(row)),

    byClientId: (userId: string, clientId: string): Promise<Answer | null> =>
      retryIdempotent(async () => orNull(await answers.findOne({ userId, clientId }).lean<AnswerRow>())),

    one: (userId: string, id: string): Promise<Answer | null> =>
      retryIdempotent(async () => orNull(await answers.findOne({ _id: id, userId }).lean<AnswerRow>())),

    /** The last used ones first, after a place in that order. */
    page: (userId: string, after: { usedAt: Date; id: string } | null, limit: number): Promise<Answer[]> =>
      retryIdempotent(async () => {
        const below = after
          ? {
              usedAt: { $lte: after.usedAt },
              $or: [{ usedAt: { $lt: after.usedAt } }, { _id: { $lt: after.id } }],
            }
          : {};
        const sort = { userId: -1, usedAt: -1, _id: -1 } as const;
        const rows = await answers
          .find({ userId, ...below })
          .sort(sort)
          .limit(limit)
          .lean<AnswerRow[]>();
        return rows.map(entity);
      }),

    /** null: it is not there, or has another version by now. */
    edit: (userId: string, { id, version, title, texts }: SavedAnswerView, usedAt: Date): Promise<Answer | null> =>
      guardDatabase(async () => {
        const change = { $set: { title, texts, usedAt, version: version + 1 } };
        const options = { returnDocument: 'after' as const };
        return orNull(await answers.findOneAndUpdate({ _id: id, userId, version }, change, options).lean<AnswerRow>());
      }),

    /** It goes to the top of her list. null: not there. */
    use: (userId: string, id: string, usedAt: Date): Promise<Answer | null> =>
      retryIdempotent(async () =>
        orNull(await answers.findOneAndUpdate({ _id: id, userId }, { $set: { usedAt } }).lean<AnswerRow>()),
      ),

    remove: (userId: string, id: string): Promise<unknown> =>
      retryIdempotent(() => answers.deleteOne({ _id: id, userId })),
  };
}
