// Messages in languages that she does not read, folded into one line per run. Pure: the list of a room draws the rows.
import type { MessageView } from '../messages.ts';

/** What folding looks at. */
export type Foldable = Pick<MessageView, 'id' | 'lang' | 'mentions' | 'author' | 'text'> &
  Partial<Pick<MessageView, 'replyTo' | 'threadId' | 'answerTo'>>;

/** Who is looking. */
export interface Reader {
  id: string;
  /** ISO 639-1; empty: she is shown everything. */
  reads: readonly string[];
  /** Ids of her own anonymous messages: they name no author, not even to her. */
  anonymous?: readonly string[];
  /** Ids of what she wrote, as far as it is at hand: what answers it is to her. */
  hers?: ReadonlySet<string>;
  /** Messages that stay open whatever their language: a search hit, the target of a link. */
  open?: ReadonlySet<string>;
}

export type FoldedRow<M extends Foldable> =
  | { kind: 'message'; message: M }
  | {
      kind: 'folded';
      /** Of its first message: stays the same while the run grows at its end. */
      id: string;
      messages: M[];
      /** Most frequent first, then in the order of appearance. */
      languages: { lang: string; count: number }[];
    };

/** Hers, to her (she is named, quoted or answered), without words, or of a language that could not be told: always shown. */
export function isFolded(message: Foldable, { id, reads, anonymous = [], hers, open }: Reader): boolean {
  if (reads.length === 0 || message.lang === null || message.text === null) return false;
  if (reads.includes(message.lang) || message.mentions.includes(id)) return false;
  const { replyTo, threadId, answerTo } = message;
  if (replyTo?.author?.id === id) return false;
  if ([replyTo?.id, threadId, answerTo].some((one) => one && (hers?.has(one) || anonymous.includes(one)))) return false;
  return message.author?.id !== id && !anonymous.includes(message.id) && open?.has(message.id) !== true;
}

function languagesOf(messages: Foldable[]): { lang: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { lang } of messages) if (lang !== null) counts.set(lang, (counts.get(lang) ?? 0) + 1);
  return [...counts].map(([lang, count]) => ({ lang, count })).sort((a, b) => b.count - a.count);
}

/**
 * Rows in the order of the messages; nothing is left out. `apart(message)` begins a new run: the unread line, a new day.
 */
export function fold<M extends Foldable>(
  messages: readonly M[],
  reader: Reader,
  apart: (message: M) => boolean = () => false,
): FoldedRow<M>[] {
  const runs: M[][] = [];
  let folding = false;
  for (const message of messages) {
    const folds = isFolded(message, reader);
    const run = runs.at(-1);
    if (folds && folding && run && !apart(message)) run.push(message);
    else runs.push([message]);
    folding = folds;
  }
  return runs.flatMap((run): FoldedRow<M>[] => {
    const [first] = run;
    if (!first) return [];
    if (!isFolded(first, reader)) return [{ kind: 'message', message: first }];
    return [{ kind: 'folded', id: first.id, messages: run, languages: languagesOf(run) }];
  });
}
