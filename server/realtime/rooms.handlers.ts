// Socket events of rooms: the list, joining, reading, typing. Realtime only.
import { byRoomSchema, type RoomSummaryView } from '#shared/rooms.ts';
import { parse } from '../domain/kernel/parse.ts';
import { muteOf } from '../domain/kernel/sanctions.ts';
import { lobbyChannel, roomChannel } from './channels.ts';
import type { Live } from './index.ts';
import type { LiveSocket } from './types.ts';

const TYPING_EVERY_MS = 1_000;

function unwatch(socket: LiveSocket): void {
  for (const channel of socket.rooms) if (channel.startsWith(lobbyChannel(''))) void socket.leave(channel);
}

export function handleRooms({ hub, access, activity, apart, publisher, events }: Live): void {
  const on = events.answering(hub.talks.personaFor);

  on('rooms:watch', async (actor, _input, socket) => {
    let list: RoomSummaryView[];
    let generation: number;
    do {
      generation = access.generation;
      list = await hub.rooms.list(actor);
    } while (generation !== access.generation); // somebody lost a room meanwhile, perhaps she
    unwatch(socket);
    for (const { roomId, readable } of list) if (readable) void socket.join(lobbyChannel(roomId));
    return list.map((summary) => (summary.readable ? activity.learn(summary, actor.id) : summary));
  });
  on('rooms:unwatch', async (_actor, _input, socket) => {
    unwatch(socket);
    return null;
  });

  function close(socket: LiveSocket, roomId: string): void {
    socket.data.open?.delete(roomId);
    void socket.leave(roomChannel(roomId));
    hub.presence.leave(roomId, socket.id);
  }

  on('room:join', async (actor, input, socket) => {
    const { roomId } = parse(byRoomSchema, input);
    await hub.rooms.authorise(actor, roomId);
    const mine = Symbol(roomId);
    const open = (socket.data.open ??= new Map());
    open.set(roomId, mine);
    // first subscribe, then read: what is published in between waits at the client
    void socket.join(roomChannel(roomId));
    try {
      // she may have lost it while she was not in the channel yet, here or in another process
      access.entered(roomId, (await hub.rooms.enter(actor, roomId)).accessRev);
      const asked = apart.afresh(socket, roomId) ? { roomId } : input;
      const joined = await hub.messages.join(actor, asked);
      publisher.joined(roomId, joined.rev);
      const person = (await hub.people([actor.id])).get(actor.id);
      // as she allows it now, not when she asked
      const named = actor.id === socket.data.actor.id ? (socket.data.actor.showsPresence ?? false) : true;
      const inside = socket.connected && open.get(roomId) === mine && socket.rooms.has(roomChannel(roomId));
      if (person && inside) hub.presence.enter(roomId, socket.id, person, named);
      return joined;
    } catch (error) {
      if (open.get(roomId) === mine) close(socket, roomId);
      throw error;
    }
  });
  on('room:leave', async (_actor, input, socket) => {
    close(socket, parse(byRoomSchema, input).roomId);
    return null;
  });
  on('room:people-suggest', (actor, input) => hub.rooms.suggest(actor, input));
  on('room:read', (actor, input) => hub.rooms.markRead(actor, input));

  events.on('room:typing', (socket, input) => {
    const { actor, open } = socket.data;
    const roomId = (input as { roomId?: unknown } | null | undefined)?.roomId;
    if (typeof roomId !== 'string' || !open?.has(roomId)) return;
    const typedAt = (socket.data.typedAt ??= new Map());
    const now = performance.now();
    if (now - (typedAt.get(roomId) ?? -Infinity) < TYPING_EVERY_MS) return;
    if (muteOf(actor, roomId, hub.clock.now())) return;
    typedAt.set(roomId, now);
    hub.talks.personaOf(actor, roomId).then(
      ({ id }) => hub.presence.typing(roomId, id),
      () => undefined, // a sign of typing may be lost
    );
  });
}
