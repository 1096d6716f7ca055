// Socket events of messages: writing, changing, lists, older pages. Realtime only.
import type { Hub } from '../hub.ts';
import { socketsIn, userChannel } from './channels.ts';
import type { Live } from './index.ts';
import type { LiveServer } from './types.ts';

export function handleMessages({ hub, events }: Live): void {
  const { messages } = hub;
  const on = events.answering(hub.talks.personaFor);
  on('message:post', async (actor, input) => {
    const posted = await messages.post(actor, input);
    // a sign of typing that ends with an anonymous message would say whose it is
    if (posted.message.author) hub.presence.typed(posted.message.roomId, actor.id);
    return posted;
  });
  on('message:remove', (actor, input) => messages.remove(actor, input));
  on('message:edit', (actor, input) => messages.edit(actor, input));
  on('message:react', (actor, input) => messages.react(actor, input));
  on('message:pin', (actor, input) => messages.pin(actor, input));
  on('message:mark', (actor, input) => messages.mark(actor, input));
  on('message:verify', (actor, input) => messages.verify(actor, input));
  on('message:language', (actor, input) => messages.language(actor, input));
  on('message:save', (actor, input) => messages.save(actor, input));
  on('message:reveal', (actor, input) => messages.reveal(actor, input));
  on('message:looks', (actor, input) => messages.looks(actor, input));
  on('message:review', (actor, input) => messages.review(actor, input));
  on('message:held', (actor, input) => hub.moderation.held(actor, input));
  on('message:versions', (actor, input) => messages.versions(actor, input));
  on('message:move', (actor, input) => messages.move(actor, input));
  on('message:locate', (actor, input) => messages.locate(actor, input));
  on('thread:open', (actor, input) => messages.thread(actor, input));
  on('room:history', (actor, input) => messages.history(actor, input));
  on('room:unread', (actor, input) => messages.unread(actor, input));
  on('room:pins', (actor, input) => messages.pins(actor, input));
  on('room:questions', (actor, input) => messages.questions(actor, input));
  on('answers:expired', (actor, input) => messages.expired(actor, input));
  on('saved:list', (actor, input) => messages.saved(actor, input));
  on('mentions:list', (actor, input) => messages.mentions(actor, input));
  on('mentions:counts', (actor) => messages.mentionCounts(actor));
}

/** Counts of mentions to all devices of those whom a change concerns, here or in another process. */
export function createMentionsLive(io: LiveServer, hub: Hub): { stop(): void } {
  async function tell(userId: string, roomId: string): Promise<void> {
    const [socket] = socketsIn(io, userChannel(userId));
    if (!socket) return;
    const counts = await hub.messages.mentionCounts(socket.data.actor);
    io.to(userChannel(userId)).emit('mentions:count', { roomId, count: counts[roomId] ?? 0 });
  }
  const stop = hub.bus.on('mentions.changed', ({ userIds, roomId }) => {
    for (const userId of userIds)
      tell(userId, roomId).catch((error: unknown) => hub.log.warn({ err: error }, 'mentions not counted'));
  });
  return { stop };
}
