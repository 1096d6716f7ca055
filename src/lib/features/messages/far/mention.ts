// The next message to her in this room that she has not read. Loads when she asks for it.
import type { RoomsLive } from '#lib/features/rooms/rooms.live.svelte.ts';
import type { MessageView } from '#shared/messages.ts';

/** The oldest of them first; `seen`: where she was led already, which the hub counts as read with the rest of the room. */
export async function nextMention(all: RoomsLive, roomId: string, seen: string[]): Promise<MessageView | null> {
  const answer = await all.connection?.ask('mentions:list', {});
  if (!answer?.ok) return null;
  const open = answer.data.items.filter(({ read, message }) => !read && message.roomId === roomId);
  return open.findLast(({ message }) => !seen.includes(message.id))?.message ?? null;
}
