// Socket events of messages: post, remove, older pages. Realtime only.
import { answering } from './handle.ts';
import type { Live } from './index.ts';
import type { LiveSocket } from './types.ts';

export function handleMessages(socket: LiveSocket, { hub }: Live): void {
  const on = answering(socket, hub.log);
  on('message:post', async (actor, input) => {
    const posted = await hub.messages.post(actor, input);
    hub.presence.typed(posted.message.roomId, actor.id);
    return posted;
  });
  on('message:remove', (actor, input) => hub.messages.remove(actor, input));
  on('room:history', (actor, input) => hub.messages.history(actor, input));
}
