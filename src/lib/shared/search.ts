// Searching messages as both sides know it: what is asked, limits, results. Browser code imports types only.
import * as v from 'valibot';
import type { PersonView } from './accounts.ts';
import { LIMITS } from './limits.ts';
import type { LocalizedText } from './locales.ts';
import { slugSchema } from './rooms.ts';

export const SEARCH_LIMITS = {
  queryLength: 200,
  /** Names that the form suggests; people whom a name may mean. */
  authors: 100,
  sameName: 20,
  page: 20,
  /** Searches of one person: this many at once, then this many a second. */
  rate: { burst: 12, perSecond: 0.5 },
} as const;

const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};
/** A day as `<input type="date">` writes it; an empty field is none. */
const daySchema = v.nullish(
  v.union([
    v.pipe(
      v.literal(''),
      v.transform(() => null),
    ),
    v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'invalid'), v.check(isDay, 'invalid')),
  ]),
);

export const searchSchema = v.object({
  /** Empty: everything that somebody wrote. */
  query: v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(SEARCH_LIMITS.queryLength, 'too-long'),
    v.check((text) => text.isWellFormed(), 'invalid'),
  ),
  /** Left out: all rooms that she may read. */
  room: v.nullish(slugSchema),
  /** Only what this person wrote under her name. */
  author: v.nullish(v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'))),
  /** Only what was written under this name, or one that begins so; `author` says which of those it is. */
  by: v.nullish(
    v.pipe(
      v.string(),
      v.trim(),
      v.maxLength(LIMITS.displayName.max, 'too-long'),
      v.check((text) => text.isWellFormed(), 'invalid'),
    ),
  ),
  /** From the beginning of this day … */
  from: daySchema,
  /** … to the end of this one, in Germany. */
  to: daySchema,
  /** `next` of the page before. */
  before: v.nullish(v.pipe(v.string(), v.regex(/^\d{1,15}-[0-9a-f]{24}$/, 'invalid'))),
});

/** A piece of a text; `hit`: what was searched for. */
export interface MarkedPart {
  text: string;
  hit: boolean;
}
/** A message that was found, and where it stands. */
export interface SearchResultView {
  messageId: string;
  roomSlug: string;
  roomName: LocalizedText;
  seq: number;
  /** Of a message in a thread: the root, which stands in the room. */
  root: { messageId: string; seq: number } | null;
  /** null: someone from the community. */
  author: PersonView | null;
  /** ISO 8601 */
  at: string;
  /** The words around the first hit. */
  parts: MarkedPart[];
}
/** Newest first; `next` goes into `before` of the next call, null at the end. */
export interface SearchPageView {
  results: SearchResultView[];
  next: string | null;
}
