// Keeps channels and lists in step with who may read a room: who lost it is out at once, everybody else comes in anew. Realtime only.
import type { Hub } from '../hub.ts';
import { lobbyChannel, roomChannel, socketsIn, userChannel } from './channels.ts';
import type { LiveServer, LiveSocket } from './types.ts';

export interface Access {
  /** Rises with every change of access: what was read before may be wrong. */
  readonly generation: number;
  /** A socket came in when the room's mark was at `rev`: from there on losses in other processes are noticed. */
  entered(roomId: string, rev: number): void;
  /** Looks for losses in other processes; by itself every five seconds. */
  poll(): Promise<void>;
  stop(): void;
}

const POLL_MS = 5_000;

export function createAccess(io: LiveServer, hub: Hub): Access {
  const marks = new Map<string, number>();
  let generation = 0;

  /** Nothing of the room reaches this socket any more, until it has joined again. */
  function putOut(socket: LiveSocket, roomId: string): void {
    void socket.leave(roomChannel(roomId));
    void socket.leave(lobbyChannel(roomId));
    hub.presence.leave(roomId, socket.id);
  }

  function everybodyAnew(roomId: string): void {
    generation += 1;
    const inside = socketsIn(io, roomChannel(roomId));
    for (const socket of new Set([...inside, ...socketsIn(io, lobbyChannel(roomId))])) putOut(socket, roomId);
    for (const socket of inside) socket.emit('room:resync', { roomId });
  }

  const off = [
    hub.bus.on('room.access-changed', ({ roomId }) => everybodyAnew(roomId)),
    hub.bus.on('room.access-raised', ({ roomId, rev }) => {
      if (marks.get(roomId) === rev - 1) marks.set(roomId, rev);
    }),
    hub.bus.on('room.updated', () => void io.emit('rooms:changed', {})),
    hub.bus.on('room.member-changed', ({ roomId, userId, lost }) => {
      generation += 1;
      const hers = userChannel(userId);
      if (lost) for (const socket of socketsIn(io, hers)) putOut(socket, roomId);
      // what she may do there is another thing now
      io.to(hers).emit('room:resync', { roomId });
      io.to(hers).emit('rooms:changed', {});
    }),
  ];

  async function poll(): Promise<void> {
    for (const roomId of marks.keys()) if (!io.sockets.adapter.rooms.has(roomChannel(roomId))) marks.delete(roomId);
    if (marks.size === 0) return;
    const found = await hub.rooms.accessRevs([...marks.keys()]);
    for (const [roomId, rev] of found) {
      const mark = marks.get(roomId) ?? rev;
      if (rev <= mark) continue;
      marks.set(roomId, rev);
      hub.rooms.forget(roomId);
      everybodyAnew(roomId);
      io.emit('rooms:changed', {});
    }
  }
  const timer = setInterval(() => {
    poll().catch((error: unknown) => hub.log.warn({ err: error }, 'access of open rooms not checked'));
  }, POLL_MS).unref();

  return {
    get generation() {
      return generation;
    },
    entered(roomId, rev) {
      marks.set(roomId, Math.min(marks.get(roomId) ?? rev, rev));
    },
    poll,
    stop() {
      clearInterval(timer);
      for (const stop of off) stop();
    },
  };
}
