// What stands between messages: days, the unread line, who goes on speaking. Pure; MessageList.svelte draws it.
import type { MessageView } from '#shared/messages.ts';
import { fold, type FoldedRow, type Reader } from '#shared/text/folding.ts';

export interface MessageRow {
  message: MessageView;
  own: boolean;
  /** A new day begins with it. */
  day: boolean;
  /** The unread line stands before it. */
  unread: boolean;
  /** The same person goes on within a few minutes: no second head. */
  goesOn: boolean;
  /** The names that are mentions in it, as far as they are at hand. */
  named?: string[];
}

const SAME_BREATH = 5 * 60_000;
const dayIn = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone });
/**
 * `lineAfter`: posts she has read, or null for no line; her own messages are never unread. `anonymous`: ids of hers
 * that name nobody.
 */
export function rowsOf(
  messages: readonly MessageView[],
  viewerId: string,
  lineAfter: number | null,
  timeZone: string,
  anonymous: readonly string[] = [],
  viewerName = '',
): MessageRow[] {
  const names = new Map(messages.map(({ author }) => [author?.id, author?.displayName]));
  names.set(viewerId, viewerName);
  const days = dayIn(timeZone);
  let lastDay = '';
  let before: MessageView | undefined;
  let lineDrawn = lineAfter === null;
  return messages.map((message) => {
    const own = message.author ? message.author.id === viewerId : anonymous.includes(message.id);
    const today = days.format(new Date(message.at));
    const day = today !== lastDay;
    const unread = !lineDrawn && !own && message.post > (lineAfter ?? 0);
    const goesOn =
      !day &&
      !unread &&
      before?.author != null &&
      before.author.id === message.author?.id &&
      before.text !== null &&
      Date.parse(message.at) - Date.parse(before.at) < SAME_BREATH;
    lastDay = today;
    before = message;
    lineDrawn ||= unread;
    const named = message.mentions.flatMap((id) => names.get(id) || []);
    return { message, own, day, unread, goesOn, named };
  });
}

/** One message, or a run of them in languages that she does not read. */
export type ListRow =
  { kind: 'message'; id: string; row: MessageRow } | (Omit<RunOf, 'messages'> & { rows: MessageRow[] });
type RunOf = Extract<FoldedRow<MessageView>, { kind: 'folded' }>;

/** A run ends here at the latest: it opens as a whole, and a phone must bear that. By posts, so that older pages move no ends. */
const LONGEST_RUN = 25;

/** A run is a stop of the keyboard by this id. */
export const runId = ({ id }: { id: string }): string => `run-${id}`;

/** A run ends at a new day and at the unread line. */
export function foldRows(rows: readonly MessageRow[], reader: Reader): ListRow[] {
  const byId = new Map(rows.map((row) => [row.message.id, row]));
  const rowOf = ({ id }: MessageView): MessageRow[] => {
    const row = byId.get(id);
    return row ? [row] : [];
  };
  const blockOf = ({ post }: MessageView) => Math.floor(post / LONGEST_RUN);
  const begins = new Set(
    rows.flatMap(({ message, day, unread }, at) => {
      const before = rows[at - 1]?.message;
      return day || unread || (before && blockOf(before) !== blockOf(message)) ? [message.id] : [];
    }),
  );
  const hers = new Set(rows.flatMap(({ own, message: { id } }) => (own ? [id] : [])));
  return fold(
    rows.map(({ message }) => message),
    { ...reader, hers },
    ({ id }) => begins.has(id),
  ).flatMap((folded): ListRow[] => {
    if (folded.kind === 'message')
      return rowOf(folded.message).map((row) => ({ kind: 'message', id: row.message.id, row }));
    const { messages, ...run } = folded;
    return [{ ...run, rows: messages.flatMap(rowOf) }];
  });
}
