// Socket events of the notification centre: what waits for her, and the hint that it changed. Realtime only.
import { rankOf } from '#shared/accounts.ts';
import type { Hub } from '../hub.ts';
import { userChannel } from './channels.ts';
import { answering } from './handle.ts';
import type { Live } from './index.ts';
import type { LiveServer, LiveSocket } from './types.ts';

export function handleNotes(socket: LiveSocket, { hub }: Live): void {
  const on = answering(socket, hub.log);
  on('notes:look', (actor) => hub.notifications.notes(actor));

  const end = hub.bus.on('room.requests-changed', ({ roomId }) => {
    if (rankOf(socket.data.actor.role) < rankOf('mentor')) return;
    hub.rooms.authorise(socket.data.actor, roomId, 'host').then(
      () => socket.emit('notes:changed', {}),
      () => undefined, // she does not answer there
    );
  });
  socket.on('disconnect', end);
}

/** The hint to all devices of the one whom it concerns. */
export function createNotesLive(io: LiveServer, hub: Hub): { stop(): void } {
  const tell = ({ userId }: { userId: string }): void => {
    io.to(userChannel(userId)).emit('notes:changed', {});
  };
  const off = [
    hub.bus.on('room.member-changed', tell),
    hub.bus.on('notes.seen', tell),
    hub.bus.on('case.told', tell),
    hub.bus.on('notice.created', tell),
    hub.bus.on('notices.read', tell),
  ];
  return {
    stop() {
      for (const end of off) end();
    },
  };
}
