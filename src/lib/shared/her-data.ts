// What a woman may ask for about her own data: input schemas, the parts of an export. Both sides; pages import types only.
import * as v from 'valibot';
import { LIMITS } from './limits.ts';

const password = v.pipe(v.string(), v.minLength(1, 'empty'), v.maxLength(LIMITS.password.max, 'too-long'));

export const exportSchema = v.object({ password });

/** In the order of her page. */
export const DATA_PARTS = [
  ...(['account', 'logins', 'devices', 'rooms', 'messages', 'reactions', 'saved', 'pictures'] as const),
  ...(['places', 'talks', 'steps', 'answers', 'hours', 'follows', 'invitations', 'blocks'] as const),
  ...(['notices', 'reports', 'decisions', 'record'] as const),
] as const;
export type DataPart = (typeof DATA_PARTS)[number];

/** One thing of hers. For her page: when, where, in which words. `data`: the same and more, for machines. */
export interface DataRow {
  at: string | null;
  where: string;
  words: string[];
  data: Record<string, unknown>;
  /** A file of hers: its name in the ZIP. */
  file?: { id: string; name: string };
}

/** What becomes of her messages when she deletes her account: they stay without her name, or they go. */
const MESSAGES_CHOICES = ['stay', 'go'] as const;
export type MessagesChoice = (typeof MESSAGES_CHOICES)[number];

export const deleteAccountSchema = v.object({ password, messages: v.picklist(MESSAGES_CHOICES) });
