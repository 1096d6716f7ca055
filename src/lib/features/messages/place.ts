// Where a message stands, as an address: in its room, or in its thread. Works without JavaScript.
import type { MessagePlaceView } from '#shared/messages.ts';

/** `at` asks the page for the part of the conversation around the message. */
export const placeOf = ({ roomSlug, messageId, threadId, seq }: MessagePlaceView): string =>
  `/rooms/${roomSlug}${threadId === null ? '' : `/thread/${threadId}`}?at=${seq}#${messageId}`;
