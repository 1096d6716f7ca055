// Blocking as both sides know it: input of its verbs, what she sees of those whom she blocked.
import * as v from 'valibot';
import type { PersonView } from './accounts.ts';

const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'invalid'));
export const blockSchema = v.object({ userId: id });
export const blockedPageSchema = v.object({
  before: v.nullish(v.pipe(v.string(), v.regex(/^\d{1,16}-[0-9a-f]{24}$/, 'invalid'))),
});
export const peekSchema = v.object({ roomId: id, messageId: id });

export interface BlockedView {
  person: PersonView;
  /** ISO 8601 */
  since: string;
}
/** Somebody whom she may want to block. */
export interface BlockableView {
  person: PersonView;
  /** She did so already. */
  blocked: boolean;
  /** Why it is not possible, else null. */
  refusal: 'block.staff' | null;
}
/** What stands behind a stone, for her who blocked its author: shown for one tap, until she leaves the page; kept nowhere. */
export interface PeekView {
  author: PersonView;
  text: string;
  /** So many pictures and files, which are not shown. */
  files: number;
  /** ISO 8601 */
  at: string;
  seq: number;
  threadId: string | null;
}
