// What stands between messages: days, the unread line, who goes on speaking. Pure; MessageList.svelte draws it.
import type { MessageView } from '#shared/messages.ts';

export interface MessageRow {
  message: MessageView;
  own: boolean;
  /** A new day begins with it. */
  day: boolean;
  /** The unread line stands before it. */
  unread: boolean;
  /** The same person goes on within a few minutes: no second head. */
  goesOn: boolean;
}

const SAME_BREATH = 5 * 60_000;
const dayIn = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone });

/** `lineAfter`: posts she has read, or null for no line; her own messages are never unread. */
export function rowsOf(
  messages: readonly MessageView[],
  viewerId: string,
  lineAfter: number | null,
  timeZone: string,
): MessageRow[] {
  const days = dayIn(timeZone);
  let lastDay = '';
  let before: MessageView | undefined;
  let lineDrawn = lineAfter === null;
  return messages.map((message) => {
    const own = message.author?.id === viewerId;
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
    return { message, own, day, unread, goesOn };
  });
}
