// Sockets that do not read fast enough: bodies are left out for them, then they are told to join again, or closed. Realtime only.
import type { Logger } from '../domain/kernel/logger.ts';
import { SLOW_CHANNEL, roomChannel, roomsAmong } from './channels.ts';
import type { LiveServer, LiveSocket } from './types.ts';

export interface SlowWatch {
  /** Before a fan-out to `channel`: moves sockets with too much waiting to the slow channel. */
  check(channel: string): void;
  /** Sockets that do not get bodies now. */
  behind(): number;
  stop(): void;
}

export const SLOW = { packets: 500, bytes: 1024 * 1024, closeAfterMs: 10_000, lookEveryMs: 250 };

interface Waiting {
  data?: { length?: number };
}
/** engine.io's queue; `bufferedAmount` of the websocket does not show it. */
const queueOf = (socket: LiveSocket): Waiting[] => (socket.conn as unknown as { writeBuffer: Waiting[] }).writeBuffer;

function isBehind(socket: LiveSocket): boolean {
  const queue = queueOf(socket);
  if (queue.length > SLOW.packets) return true;
  let bytes = 0;
  for (const packet of queue) bytes += packet.data?.length ?? 0;
  return bytes > SLOW.bytes;
}

/** A closing handshake needs a reader: a socket that does not read is cut off instead. */
function cutOff(socket: LiveSocket): void {
  const transport = socket.conn.transport as unknown as { socket?: { terminate?: () => void } };
  if (transport.socket?.terminate) transport.socket.terminate();
  else socket.disconnect(true);
}

export function createSlowWatch(io: LiveServer, log: Logger): SlowWatch {
  const behind = new Map<LiveSocket, { since: number; rooms: Set<string> }>();

  function look(): void {
    for (const [socket, state] of behind) {
      if (!socket.connected) {
        behind.delete(socket);
        continue;
      }
      for (const roomId of roomsAmong(socket.rooms)) state.rooms.add(roomId);
      if (queueOf(socket).length === 0) {
        behind.delete(socket);
        void socket.leave(SLOW_CHANNEL);
        for (const roomId of state.rooms)
          if (socket.rooms.has(roomChannel(roomId))) socket.emit('room:resync', { roomId });
      } else if (performance.now() - state.since > SLOW.closeAfterMs) {
        behind.delete(socket);
        log.info({ socket: socket.id }, 'closed a socket that did not read');
        cutOff(socket);
      }
    }
  }
  const timer = setInterval(look, SLOW.lookEveryMs).unref();

  return {
    check(channel) {
      for (const id of io.sockets.adapter.rooms.get(channel) ?? []) {
        const socket = io.sockets.sockets.get(id);
        if (!socket || behind.has(socket) || !isBehind(socket)) continue;
        behind.set(socket, { since: performance.now(), rooms: new Set(roomsAmong(socket.rooms)) });
        void socket.join(SLOW_CHANNEL);
      }
    },
    behind: () => behind.size,
    stop: () => clearInterval(timer),
  };
}
