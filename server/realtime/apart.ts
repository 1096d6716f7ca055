// Frames for a channel: one for all, and each her own for those from whom somebody is kept, in the same order. Realtime only.
import type { ServerToClient } from '#shared/realtime.ts';
import type { Hub } from '../hub.ts';
import { APART_CHANNEL, SLOW_CHANNEL, roomChannel, roomsAmong, socketsIn, userChannel } from './channels.ts';
import type { LiveServer, LiveSocket } from './types.ts';

type EventOf = { [Name in keyof ServerToClient]: Parameters<ServerToClient[Name]>[0] };
export interface Apart {
  /** A new socket: hers is another frame if somebody is kept from her. */
  came(socket: LiveSocket): void;
  /** To everybody in the channel, each as she may see it. Sockets that read too slowly are left out if `shed`. */
  send<Name extends keyof ServerToClient>(
    channel: string,
    name: Name,
    view: EventOf[Name],
    options?: { shed?: boolean; own?: (userId: string) => EventOf[Name] },
  ): void;
  /** What she has on her screen may hold rows from before a block: her first look at this room is a whole one. */
  afresh(socket: LiveSocket, roomId: string): boolean;
  stop(): void;
}

const POLL_MS = 5_000;

export function createApart(io: LiveServer, hub: Hub): Apart {
  const { blocks, log } = hub;
  /** By socket: what is on its way, so that nothing overtakes. */
  const lanes = new WeakMap<LiveSocket, Promise<void>>();
  const looked = new WeakMap<LiveSocket, Set<string>>();

  function sort(socket: LiveSocket): void {
    if (blocks.pairOf(socket.data.actor.id)) void socket.join(APART_CHANNEL);
    else void socket.leave(APART_CHANNEL);
  }

  function ownFrame(socket: LiveSocket, channel: string, name: keyof ServerToClient, view: unknown): void {
    const run = async (): Promise<void> => {
      const pair = blocks.pairOf(socket.data.actor.id);
      const shown = pair ? await hub.sight(pair, view) : view;
      if (shown === undefined || !socket.rooms.has(channel)) return;
      (socket as { emit(name: string, view: unknown): unknown }).emit(name, shown);
    };
    const lane = (lanes.get(socket) ?? Promise.resolve()).then(run);
    lanes.set(
      socket,
      lane.catch((error: unknown) => log.warn({ err: error, event: name }, 'frame not sent')),
    );
  }

  // out of every room until she has come in anew: a talk of the two is not there any more, and an alias hides whose sign it is
  const off = hub.bus.on('block.changed', ({ userIds, on }) => {
    for (const socket of userIds.flatMap((id) => socketsIn(io, userChannel(id)))) {
      sort(socket);
      looked.delete(socket);
      for (const roomId of roomsAmong(socket.rooms)) {
        if (on) void socket.leave(roomChannel(roomId));
        socket.emit('room:resync', { roomId });
      }
      socket.emit('rooms:changed', {});
      socket.emit('notes:changed', {});
    }
  });
  const timer = setInterval(() => {
    blocks.refresh().catch((error: unknown) => log.warn({ err: error }, 'blocks of other processes not read'));
  }, POLL_MS).unref();

  return {
    came: sort,
    send(channel, name, view, { shed = false, own } = {}) {
      const others = io.to(channel).except(shed ? [SLOW_CHANNEL, APART_CHANNEL] : APART_CHANNEL);
      (others as unknown as { emit(name: string, view: unknown): unknown }).emit(name, view);
      const apart = io.sockets.adapter.rooms.get(APART_CHANNEL);
      if (!apart) return;
      for (const id of apart) {
        const socket = io.sockets.sockets.get(id);
        if (!socket?.rooms.has(channel) || (shed && socket.rooms.has(SLOW_CHANNEL))) continue;
        ownFrame(socket, channel, name, own ? own(socket.data.actor.id) : view);
      }
    },
    afresh(socket, roomId) {
      if (!blocks.changedLately(socket.data.actor.id)) return false;
      const known = looked.get(socket) ?? new Set<string>();
      looked.set(socket, known);
      if (known.has(roomId)) return false;
      known.add(roomId);
      return true;
    },
    stop() {
      clearInterval(timer);
      off();
    },
  };
}
