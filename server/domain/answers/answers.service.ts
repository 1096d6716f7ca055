// A mentor's saved answers: she keeps them, in several languages each, and inserts them. Imported by the hub; doors call it with (actor, input).
import {
  answersSchema,
  editAnswerSchema,
  newAnswerSchema,
  oneAnswerSchema,
  takeAnswerSchema,
  type AnswerLineView,
  type AnswersPage,
  type AnswerText,
  type SavedAnswerView,
} from '#shared/answers.ts';
import { LIMITS } from '#shared/limits.ts';
import { excerptOf } from '#shared/messages.reduce.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { canKeepAnswers } from './answers.policy.ts';
import type { Answer, AnswersRepository } from './answers.repository.ts';

export interface AnswersServiceParts {
  answers: AnswersRepository;
  clock: Clock;
  limits?: { listPage?: number; savedAnswers?: number };
}
export type AnswersService = ReturnType<typeof createAnswersService>;

const viewOf = ({ id, version, title, texts }: Answer): SavedAnswerView => ({ id, version, title, texts });
const lineOf = ({ id, title, texts }: Answer): AnswerLineView => ({
  id,
  title,
  langs: texts.map(({ lang }) => lang),
  excerpt: excerptOf(texts[0]?.text ?? ''),
});

export function createAnswersService({ answers, clock, limits = {} }: AnswersServiceParts) {
  const { listPage, savedAnswers } = { ...LIMITS, ...limits };

  async function own(actor: Actor, id: string): Promise<Answer> {
    const found = await answers.one(actor.id, id);
    if (!found) throw new AppError('not-found');
    return found;
  }

  return {
    /** The last used ones first. */
    async list(actor: Actor, input: unknown): Promise<AnswersPage> {
      const { before = null } = parse(answersSchema, input);
      insist(canKeepAnswers(actor));
      const [time = '', id = ''] = before?.split('-') ?? [];
      const after = before === null ? null : { usedAt: new Date(Number(time)), id };
      const found = await answers.page(actor.id, after, listPage + 1);
      const list = found.slice(0, listPage);
      const last = list.at(-1);
      const next = found.length > list.length && last ? `${last.usedAt.getTime()}-${last.id}` : null;
      return { items: list.map(lineOf), next };
    },

    async one(actor: Actor, input: unknown): Promise<SavedAnswerView> {
      const { answerId } = parse(oneAnswerSchema, input);
      insist(canKeepAnswers(actor));
      return viewOf(await own(actor, answerId));
    },

    /** The same `clientId` makes one answer. Raises 'conflict' when she has as many as she may. */
    async create(actor: Actor, input: unknown): Promise<SavedAnswerView> {
      const { clientId, title, texts } = parse(newAnswerSchema, input);
      insist(canKeepAnswers(actor));
      const known = await answers.byClientId(actor.id, clientId);
      if (known) return viewOf(known);
      if ((await answers.count(actor.id)) >= savedAnswers) throw new AppError('conflict');
      const row = { _id: newId(), userId: actor.id, clientId, version: 1, title, texts, usedAt: clock.now() };
      if (await answers.insert(row)) return { id: row._id, version: row.version, title, texts };
      const first = await answers.byClientId(actor.id, clientId);
      if (!first) throw new AppError('conflict');
      return viewOf(first);
    },

    /** Raises 'conflict' when she changed it elsewhere since. */
    async edit(actor: Actor, input: unknown): Promise<SavedAnswerView> {
      const { answerId: id, ...change } = parse(editAnswerSchema, input);
      insist(canKeepAnswers(actor));
      const edited = await answers.edit(actor.id, { id, ...change }, clock.now());
      if (edited) return viewOf(edited);
      await own(actor, id);
      throw new AppError('conflict');
    },

    /** Removing twice is no error. */
    async remove(actor: Actor, input: unknown): Promise<null> {
      const { answerId } = parse(oneAnswerSchema, input);
      insist(canKeepAnswers(actor));
      await answers.remove(actor.id, answerId);
      return null;
    },

    /** The words in one language, to be inserted; its answer goes to the top of her list. */
    async take(actor: Actor, input: unknown): Promise<AnswerText> {
      const { answerId, lang } = parse(takeAnswerSchema, input);
      insist(canKeepAnswers(actor));
      const found = (await own(actor, answerId)).texts.find((text) => text.lang === lang);
      if (!found) throw new AppError('not-found');
      await answers.use(actor.id, answerId, clock.now());
      return found;
    },
  };
}
