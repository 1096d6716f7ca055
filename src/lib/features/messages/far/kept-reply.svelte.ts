// The reply of a half-written message: kept with it on the device, looked for again when she comes back. For the composer's extras.
import type { RoomsLive } from '#lib/features/rooms/rooms.live.svelte.ts';
import type { MessageView } from '#shared/messages.ts';
import type { Answered } from '../composer-options.ts';
import type { Composing } from '../composer.live.svelte.ts';
import type { RoomLive } from '../room.live.svelte.ts';

/** As it is now: null where it is gone, moved away or cannot be asked for; undefined where nobody could be asked. */
async function answered(
  all: RoomsLive,
  live: RoomLive,
  { id, seq }: Answered,
): Promise<MessageView | null | undefined> {
  const { roomId, threadId: rootId } = live;
  let found = live.messages.find((message) => message.id === id);
  if (!found) {
    const answer =
      rootId === null
        ? await all.connection?.ask('room:history', { roomId, around: seq })
        : await all.connection?.ask('thread:open', { roomId, rootId, before: seq + 1 });
    if (!answer) return undefined;
    if (!answer.ok) return null;
    const { messages } = 'page' in answer.data ? answer.data.page : answer.data;
    found = messages.find((message) => message.id === id);
  }
  return found && found.text !== null && !found.moved ? found : null;
}

/** Call it while a component begins. Only the place of the answered message is kept, never its words. */
export function createKeptReply(all: RoomsLive, live: RoomLive, composing: Composing): void {
  /** What is kept has been looked for: from now on it follows what she does. */
  let looked = $state(false);
  let looking = false;

  $effect(() => {
    const to = live.replying;
    if (to) {
      looked = true;
      if (composing.reply?.id !== to.id) composing.reply = { id: to.id, seq: to.seq };
    } else if (looked) {
      if (composing.reply) composing.reply = null;
    } else if (composing.reply && all.link === 'online' && !looking) {
      looking = true;
      void answered(all, live, composing.reply).then((found) => {
        looking = false;
        if (found === undefined || live.replying) return;
        if (found) live.replying = found;
        looked = true;
      });
    }
  });
}
