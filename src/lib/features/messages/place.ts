// Where a message stands, as an address: in its room, or in its thread. Works without JavaScript.
import type { MessagePlaceView } from '#shared/messages.ts';

/** `at` asks the page for the part of the conversation around the message. */
export const placeOf = ({ roomSlug, messageId, threadId, seq }: MessagePlaceView): string =>
  `/rooms/${roomSlug}${threadId === null ? '' : `/thread/${threadId}`}?at=${seq}#${messageId}`;

/** The place that the address of a conversation asks for; anything else than a seq is none. */
export function placeIn(params: URLSearchParams) {
  for (const [name, by] of [
    ['at', 'around'],
    ['before', 'before'],
    ['after', 'after'],
  ] as const) {
    const seq = Number(params.get(name) ?? 0);
    if (Number.isSafeInteger(seq) && seq > 0) return { name, seq, place: { [by]: seq } };
  }
  return null;
}
