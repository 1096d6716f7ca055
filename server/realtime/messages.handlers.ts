// Socket events of messages: writing, changing, lists, older pages. Realtime only.
import { answering } from './handle.ts';
import type { Live } from './index.ts';
import type { LiveSocket } from './types.ts';

export function handleMessages(socket: LiveSocket, { hub }: Live): void {
  const { messages } = hub;
  const on = answering(socket, hub.log, hub.talks.personaFor);
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

  const { actor } = socket.data;
  const off = hub.bus.on('mentions.changed', ({ userIds, roomId }) => {
    if (!userIds.includes(actor.id)) return;
    messages.mentionCounts(actor).then(
      (counts) => socket.emit('mentions:count', { roomId, count: counts[roomId] ?? 0 }),
      (error: unknown) => hub.log.warn({ err: error }, 'mentions not counted'),
    );
  });
  socket.on('disconnect', off);
}
