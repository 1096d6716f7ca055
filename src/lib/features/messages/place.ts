// Where a message stands, as an address: in its room, or in its thread. Works without JavaScript.
import type { MessagePlaceView } from '#shared/messages.ts';

/** The room of a talk has no page of its own: the talk behind such a room, else null. */
export const talkOf = (roomSlug: string): string | null => /^talk-([0-9a-f]{24})$/.exec(roomSlug)?.[1] ?? null;
const roomPath = (roomSlug: string): string => {
  const talk = talkOf(roomSlug);
  return talk ? `/talks/${talk}` : `/rooms/${roomSlug}`;
};

/** In its room; or, with a thread, on the page of the thread. */
export const pathOf = (roomSlug: string, seq: number, threadId: string | null): string =>
  threadId === null ? `${roomPath(roomSlug)}?at=${seq}` : `${roomPath(roomSlug)}/thread/${threadId}`;

/** `at` asks the page for the part of the conversation around the message. */
export const placeOf = ({ roomSlug, messageId, threadId, seq }: MessagePlaceView): string =>
  `${roomPath(roomSlug)}${threadId === null ? '' : `/thread/${threadId}`}?at=${seq}#${messageId}`;

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
