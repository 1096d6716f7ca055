// A mentor's saved answers as both sides know them: schemas and views. The server parses with them; pages take the types.
import * as v from 'valibot';
import type { Page } from './accounts.ts';
import { LIMITS } from './limits.ts';
import { COMMUNITY_LANGUAGES, type CommunityLanguage } from './text/languages.ts';

const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
const visible = (text: string): boolean => /[^\p{Cc}\p{Cf}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u.test(text);
const title = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(LIMITS.answerTitle, 'too-long'),
  v.regex(/^[^\p{Cc}\p{Cs}\p{Co}\p{Cn}]*$/u, 'invalid'),
  v.check(visible, 'empty'),
);
const text = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(LIMITS.messageLength, 'too-long'),
  v.check((words) => words.isWellFormed(), 'invalid'),
  v.transform((words) => (visible(words) ? words : '')),
);
const lang = v.picklist(COMMUNITY_LANGUAGES);
/** The same answer by language; a language without words is left out, and one has to have some. */
const texts = v.pipe(
  v.record(lang, v.optional(text, '')),
  v.transform((given) => COMMUNITY_LANGUAGES.flatMap((one) => (given[one] ? [{ lang: one, text: given[one] }] : []))),
  v.check((versions) => versions.length > 0, 'empty'),
);

/** `before` is the `next` of the page before: when the last one there was used, and its id. */
export const answersSchema = v.object({
  before: v.nullish(v.pipe(v.string(), v.regex(/^\d{1,15}-[0-9a-f]{24}$/, 'invalid'))),
});
/** `clientId`: a form that is sent twice makes one answer. */
export const newAnswerSchema = v.object({ clientId: v.pipe(v.string(), v.uuid('invalid')), title, texts });
/** `version`: of the answer she saw; a later one is not overwritten. */
export const editAnswerSchema = v.object({
  answerId: id,
  version: v.pipe(
    v.union([v.number(), v.string()]),
    v.transform(Number),
    v.integer('invalid'),
    v.minValue(1, 'invalid'),
  ),
  title,
  texts,
});
export const oneAnswerSchema = v.object({ answerId: id });
export const takeAnswerSchema = v.object({ answerId: id, lang });

export interface AnswerText {
  lang: CommunityLanguage;
  text: string;
}
export interface SavedAnswerView {
  id: string;
  version: number;
  title: string;
  texts: AnswerText[];
}
/** One line of her list: the last used ones first. */
export interface AnswerLineView {
  id: string;
  title: string;
  langs: CommunityLanguage[];
  /** How its first version begins. */
  excerpt: string;
}
export type AnswersPage = Page<AnswerLineView>;
