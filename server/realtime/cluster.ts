// What hints between processes mean here: what others did is looked up in the database and told to the sockets of this process. Realtime only.
import { LIMITS } from '#shared/limits.ts';
import { createEventBus } from '../domain/kernel/event-bus.ts';
import type { DomainEvents, Hub } from '../hub.ts';
import type { Hint } from './hint-line.ts';
import { createThrottle } from './throttle.ts';

type Bus = Hub['bus'];

/** Told to sockets here and, as they hold nothing but ids and numbers, to other processes too. */
const RELAYED = [
  'room.read',
  'room.updated',
  'room.requests-changed',
  'mentions.changed',
  'user.changed',
  'session.ended',
  'case.changed',
  'case.told',
  'door.changed',
  'drop-in.changed',
  'notes.seen',
  'notices.read',
] as const;
/** Told to sockets here; other processes get a hint of another shape, or find it by themselves. */
const HERE = [
  'block.changed',
  'room.changed',
  'room.member-changed',
  'room.access-changed',
  'room.access-raised',
  'user.sanctioned',
  'ticket.moved',
  'notice.created',
] as const;
type Relayed = (typeof RELAYED)[number];
const isRelayed = (name: string): name is Relayed => RELAYED.includes(name as Relayed);

/** What a hint makes this process do. */
interface ClusterPorts {
  /** The room is at `rev`, as another process says. */
  roomAt(roomId: string, rev: number): void;
  lookAtAccess(): Promise<void>;
  queueMoved(dropInId: string): void;
  /** Hints were lost: everything is looked at. */
  lookAtAll(): void;
}
export interface Cluster {
  /** What happened here, and what other processes hinted at: sockets are told of both. */
  bus: Bus;
  follow(ports: ClusterPorts): void;
  stop(): void;
}

const PRESENCE_MS = 200;
const SLOWER_PRESENCE_MS = 1_000;
/** So long a hint about who is here may be missed. */
const AGAIN_MS = 15_000;

export function createCluster(hub: Hub): Cluster {
  const { line, presence, log } = hub;
  const bus: Bus = createEventBus<DomainEvents>(log);
  let ports: ClusterPorts | null = null;
  /** What is said here because another process hinted at it is not said again. */
  let relaying = false;

  const send = (name: string, event: object): void =>
    line.send({ kind: 'event', name, event: event as Record<string, unknown> });
  const off = [
    ...RELAYED.map((name) =>
      hub.bus.on(name, (event) => {
        bus.emit(name, event);
        if (!relaying) send(name, event);
      }),
    ),
    ...HERE.map((name) => hub.bus.on(name, (event) => bus.emit(name, event))),
    hub.bus.on('room.changed', ({ roomId, to }) => line.send({ kind: 'room', roomId, rev: to })),
    hub.bus.on('room.member-changed', (event) => send('room.member-changed', { ...event, notice: null })),
    hub.bus.on('room.access-raised', () => line.send({ kind: 'access' })),
    hub.bus.on('ticket.moved', ({ ticket }) => line.send({ kind: 'queue', dropInId: ticket.dropInId })),
    hub.bus.on('notice.created', ({ userId }) => send('notices.read', { userId })),
    hub.bus.on('posting.took', ({ userId }) => line.send({ kind: 'took', userId })),
    hub.bus.on('search.took', ({ userId }) => line.send({ kind: 'searched', userId })),
  ];
  function happenedElsewhere(name: string, event: Record<string, unknown>): void {
    if (name === 'room.member-changed' || name === 'room.updated') hub.rooms.forget(String(event.roomId));
    if (name === 'user.changed') {
      // names are remembered below the sockets, too
      relaying = true;
      hub.bus.emit(name, event as DomainEvents['user.changed']);
      relaying = false;
    } else if (isRelayed(name)) bus.emit(name, event as never);
    else if (name === 'room.member-changed') bus.emit(name, event as unknown as DomainEvents['room.member-changed']);
  }

  /** Who is elsewhere, with names; the newest list of a room wins, however long names take. */
  const lists = new Map<string, symbol>();
  async function showHere(from: string, { roomId, people }: Extract<Hint, { kind: 'here' }>): Promise<void> {
    const key = `${from} ${roomId}`;
    const mine = Symbol(key);
    lists.set(key, mine);
    const few = people.length <= LIMITS.presenceNames;
    const names = few ? await hub.people(people.map(({ id }) => id)) : new Map<string, never>();
    if (lists.get(key) !== mine) return;
    lists.delete(key);
    presence.elsewhere(
      from,
      roomId,
      people.map((one) => ({ ...one, person: names.get(one.id) ?? null })),
    );
  }

  async function lookAtSanctions(userId: string): Promise<void> {
    await hub.accounts.followSanctions([userId], new Date(0));
    await hub.messages.settle();
  }

  const tellWhoIsHere = createThrottle((roomId) => line.send({ kind: 'here', roomId, people: presence.own(roomId) }));
  const offPresence = presence.onChange((roomId, _change, own) => {
    if (!own) return;
    tellWhoIsHere.touch(roomId, presence.own(roomId).length > LIMITS.presenceNames ? SLOWER_PRESENCE_MS : PRESENCE_MS);
  });
  const tellAll = (): void => {
    const roomIds = presence.ownRooms();
    line.send({ kind: 'rooms', roomIds });
    for (const roomId of roomIds) tellWhoIsHere.touch(roomId, PRESENCE_MS);
  };
  const again = setInterval(tellAll, AGAIN_MS).unref();

  function follow(from: string, hint: Hint): Promise<void> | void {
    switch (hint.kind) {
      case 'room':
        return ports?.roomAt(hint.roomId, hint.rev);
      case 'access':
        return ports?.lookAtAccess();
      case 'queue':
        return ports?.queueMoved(hint.dropInId);
      case 'sanctioned':
        return lookAtSanctions(hint.userId);
      case 'blocks':
        return hub.blocks.refresh();
      case 'took':
        return hub.bus.emit('posting.took-elsewhere', { userId: hint.userId });
      case 'searched':
        return hub.bus.emit('search.took-elsewhere', { userId: hint.userId });
      case 'here':
        return showHere(from, hint);
      case 'rooms':
        return presence.keepOnly(from, hint.roomIds);
      case 'event':
        return happenedElsewhere(hint.name, hint.event);
    }
  }
  const offLine = line.listen({
    hint: follow,
    came: tellAll,
    gone: (peer) => presence.forget(peer),
    back() {
      tellAll();
      ports?.lookAtAll();
    },
  });

  return {
    bus,
    follow: (given) => void (ports = given),
    stop() {
      for (const stop of [...off, offPresence, offLine]) stop();
      clearInterval(again);
      tellWhoIsHere.stop();
    },
  };
}
