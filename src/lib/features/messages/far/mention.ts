// The next message to her in this room that she has not read. Loads when she asks for it.
import type { RoomsLive } from '#lib/features/rooms/rooms.live.svelte.ts';

/**
 * Leads her there, the oldest of them first. `seen`: where she was led already, which the hub counts as read with the
 * rest of the room. Answers what is seen then.
 */
export async function toMention(
  all: RoomsLive,
  roomId: string,
  slug: string,
  seen: string[],
  show: (id: string, seq: number) => boolean,
): Promise<string[]> {
  const answer = await all.connection?.ask('mentions:list', {});
  if (!answer?.ok) return seen;
  const open = answer.data.items.filter(({ read, message }) => !read && message.roomId === roomId);
  const next = open.findLast(({ message }) => !seen.includes(message.id))?.message;
  if (!next) return seen;
  if (next.threadId === null) show(next.id, next.seq);
  else location.assign(`/rooms/${slug}/thread/${next.threadId}#${next.id}`);
  return [...seen, next.id];
}
