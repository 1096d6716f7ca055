// Socket events of the notification centre: what waits for her, and the hint that it changed. Realtime only.
import { rankOf } from '#shared/accounts.ts';
import { answering } from './handle.ts';
import type { Live } from './index.ts';
import type { LiveSocket } from './types.ts';

export function handleNotes(socket: LiveSocket, { hub }: Live): void {
  const on = answering(socket, hub.log);
  on('notes:look', (actor) => hub.notifications.notes(actor));

  const hers = ({ userId }: { userId: string }): void => {
    if (userId === socket.data.actor.id) socket.emit('notes:changed', {});
  };
  const off = [
    hub.bus.on('room.member-changed', hers),
    hub.bus.on('notes.seen', hers),
    hub.bus.on('case.told', hers),
    hub.bus.on('notice.created', hers),
    hub.bus.on('notices.read', hers),
    hub.bus.on('room.requests-changed', ({ roomId }) => {
      if (rankOf(socket.data.actor.role) < rankOf('mentor')) return;
      hub.rooms.authorise(socket.data.actor, roomId, 'host').then(
        () => socket.emit('notes:changed', {}),
        () => undefined, // she does not answer there
      );
    }),
  ];
  socket.on('disconnect', () => {
    for (const end of off) end();
  });
}
