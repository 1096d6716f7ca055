// Word lists as both sides know them: languages, what an entry does, forms, views. Browser code imports types only.
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import type { PersonView } from '../accounts.ts';
import type { CommunityLanguage } from '../text/languages.ts';
import { entryWords } from './matcher.ts';

/** Languages with a list of their own. */
export const LIST_LANGUAGES = ['de', 'en', 'ar', 'uk', 'ru', 'fa', 'tr'] as const satisfies CommunityLanguage[];
export type ListLanguage = (typeof LIST_LANGUAGES)[number];

/** `flag`: it is posted, moderators are told. `hold`: it waits for a moderator, and she is told so. */
const LIST_ACTS = ['flag', 'hold'] as const;
export type ListAct = (typeof LIST_ACTS)[number];

const language = v.picklist(LIST_LANGUAGES);
const act = v.picklist(LIST_ACTS);
const text = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'empty'),
  v.maxLength(LIMITS.wordEntry, 'too-long'),
  v.check((entry) => entryWords(entry) !== null, 'invalid'),
);
const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));

export const addWordSchema = v.object({ language, text, act });
export const changeWordSchema = v.object({ id, act });
export const removeWordSchema = v.object({ id });
export const reviewWordsSchema = v.object({ language });
export const tryWordsSchema = v.object({ text: v.pipe(v.string(), v.maxLength(LIMITS.messageLength, 'too-long')) });
export const wordPageSchema = v.object({
  language: v.optional(language, 'de'),
  before: v.optional(v.pipe(v.string(), v.maxLength(200))),
});

export interface WordView {
  id: string;
  language: ListLanguage;
  text: string;
  act: ListAct;
}
export interface WordListView {
  language: ListLanguage;
  /** In all languages, as many as each list has. */
  counts: Record<ListLanguage, number>;
  items: WordView[];
  next: string | null;
  /** When a native speaker read the whole list, and who said so; null: nobody did. */
  reviewed: { at: string; by: PersonView | null } | null;
}
export interface TriedView {
  /** The strictest of what was hit; null: nothing was. */
  act: ListAct | null;
  hits: { entry: WordView; found: string }[];
}
