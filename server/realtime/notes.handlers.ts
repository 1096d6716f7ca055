// Socket events of the notification centre: what waits for her, and the hint that it changed. Realtime only.
import { rankOf } from '#shared/accounts.ts';
import type { Hub } from '../hub.ts';
import { userChannel } from './channels.ts';
import type { Live } from './index.ts';
import type { LiveServer } from './types.ts';

export function handleNotes({ hub, events }: Live): void {
  const on = events.answering();
  on('notes:look', (actor) => hub.notifications.notes(actor));
}

/** The hint to all devices of the one whom it concerns. */
export function createNotesLive(io: LiveServer, hub: Hub): { stop(): void } {
  const tell = ({ userId }: { userId: string }): void => {
    io.to(userChannel(userId)).emit('notes:changed', {});
  };
  /** Who answers requests there: mentors and above of whom a device is here, each asked once. */
  async function tellHosts(roomId: string): Promise<void> {
    const mentors = [...io.sockets.sockets.values()].filter(({ data }) => rankOf(data.actor.role) >= rankOf('mentor'));
    const byId = new Map(mentors.map(({ data: { actor } }) => [actor.id, actor]));
    for (const actor of byId.values()) {
      const hosts = await hub.rooms.authorise(actor, roomId, 'host').then(
        () => true,
        () => false, // she does not answer there
      );
      if (hosts) tell({ userId: actor.id });
    }
  }
  const off = [
    hub.bus.on('room.requests-changed', ({ roomId }) => void tellHosts(roomId)),
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
