// What of a new message is said to those who listen instead of looking. Pure; for hear.ts.
import { formatNumber as number } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/generated/messages.js';
import type { MessageView } from '#shared/messages.ts';
import { isFolded, type Reader } from '#shared/text/folding.ts';
import { languageName } from '#shared/text/languages.ts';
import { authorName } from '../words.ts';

/** So many characters are read out; the rest is in the list. */
const LONGEST = 300;

/** The line that stands for what is folded stays the same while more is folded, so it is said once. */
export function heardWords(message: MessageView, reader: Reader): { text: string; lang: string | null } {
  const { author, text, lang } = message;
  if (isFolded(message, reader) && lang !== null)
    return { text: m.message_folded({ count: number(1), language: languageName(lang) }), lang: null };
  return { text: text ? `${authorName(author)}: ${text.slice(0, LONGEST)}` : '', lang };
}
