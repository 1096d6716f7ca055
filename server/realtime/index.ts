// The socket server: who may connect, what they may send, what they get. Only main.ts and tests start it.
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { LIMITS } from '#shared/limits.ts';
import { SOCKET_PATH } from '#shared/realtime.ts';
import type { RoomChanges } from '#shared/messages.ts';
import type { Hub } from '../hub.ts';
import { createAccess, type Access } from './access.ts';
import { createApart, type Apart } from './apart.ts';
import { createActivity, type Activity } from './activity.ts';
import { authenticate, comesFromOurPages, letGoOfHeaders } from './authenticate.ts';
import { roomChannel, sessionChannel, userChannel } from './channels.ts';
import { createCoalescer } from './coalescer.ts';
import { createEvents, type Events } from './handle.ts';
import { FanOutAdapter } from './fan-out.ts';
import { createLogins } from './logins.ts';
import { createCluster } from './cluster.ts';
import { createCasesLive, handleCases } from './cases.handlers.ts';
import { handleAnswers } from './answers.handlers.ts';
import { createMentionsLive, handleMessages } from './messages.handlers.ts';
import { createOfficeHoursLive, handleOfficeHours } from './office-hours.handlers.ts';
import { handleTickets } from './tickets.handlers.ts';
import { createQueues, type Queues } from './queues.ts';
import { createNotesLive, handleNotes } from './notes.handlers.ts';
import { createPublisher, mergeChanges, type Publisher } from './publisher.ts';
import { handleRooms } from './rooms.handlers.ts';
import { createSlowWatch } from './slow.ts';
import { createThrottle } from './throttle.ts';
import type { EventName, LiveServer, LiveSocket } from './types.ts';

/** What handlers work with. */
export interface Live {
  hub: Hub;
  access: Access;
  activity: Activity;
  apart: Apart;
  publisher: Publisher;
  queues: Queues;
  events: Events;
}
export interface Realtime {
  io: LiveServer;
  /** Every event that is understood. */
  eventNames(): EventName[];
  /** From now on no new socket is let in. */
  closeDoor(): void;
  /** Tells every socket its own time to come back. */
  announceRestart(): void;
  /** Closes sockets whose login is gone; done by itself every 30 s, for what other processes ended. */
  recheckLogins(): Promise<void>;
  /** Follows sanctions that other processes decided; done by itself every 5 s. */
  recheckSanctions(): Promise<void>;
  /** Looks for rooms that people lost in other processes; done by itself every 5 s. */
  recheckAccess(): Promise<void>;
  /** Closes all sockets and stops every timer; the HTTP server stays the caller's. */
  close(): Promise<void>;
}

/** So long the last packets may take before the transports close. */
const FAREWELL_MS = 150;
const POLL_MS = 5_000;
const AT_MS = 20_000;
const PRESENCE_MS = 200;
const SLOWER_PRESENCE_MS = 1_000;

export function createRealtime(http: HttpServer, ofThisProcess: Hub): Realtime {
  let open = true;
  const cluster = createCluster(ofThisProcess);
  const hub: Hub = { ...ofThisProcess, bus: cluster.bus };
  const { log, presence, config, measure } = hub;
  const io: LiveServer = new Server(http, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    adapter: FanOutAdapter,
    serveClient: false,
    maxHttpBufferSize: LIMITS.payloadBytes,
    perMessageDeflate: false,
    httpCompression: false,
    connectTimeout: 10_000,
    allowRequest: (request, answer) => answer(null, open && comesFromOurPages(request, config.origin)),
  });
  const slow = createSlowWatch(io, log);
  measure.queue('slow-sockets', () => slow.behind());
  const access = createAccess(io, hub);
  const apart = createApart(io, hub);
  const activity = createActivity(apart, hub);
  const coalescer = createCoalescer<RoomChanges>((channel, envelopes) => {
    slow.check(channel);
    const sockets = io.sockets.adapter.rooms.get(channel)?.size ?? 0;
    for (const { changes } of envelopes) measure.delivered(sockets * changes.length);
    for (const envelope of mergeChanges(envelopes)) apart.send(channel, 'room:changes', envelope, { shed: true });
  });

  /** Ids of rooms with somebody in them, or in sight of somebody's list. */
  const looked = (): string[] => {
    const names = [...io.sockets.adapter.rooms.keys()];
    return [...new Set(names.flatMap((name) => /^(?:room|lobby):(.+)$/.exec(name)?.[1] ?? []))];
  };
  const publisher = createPublisher({
    changesBetween: (roomId, from, to) => hub.messages.changesBetween(roomId, from, to),
    heads: (roomIds) => hub.messages.heads(roomIds),
    deliver(changes) {
      activity.changed(changes);
      coalescer.push(roomChannel(changes.roomId), changes, changes.changes.length);
    },
    resync: (roomId) => io.to(roomChannel(roomId)).emit('room:resync', { roomId }),
    activeRooms: looked,
    log,
  });
  const showPresence = createThrottle((roomId) => {
    const own = (userId: string) => presence.view(roomId, (id) => hub.blocks.apart(userId, id));
    apart.send(roomChannel(roomId), 'room:presence', presence.view(roomId), { shed: true, own });
  });

  const off = [
    hub.bus.on('room.changed', (changes) => publisher.changed(changes)),
    hub.bus.on('room.read', ({ userId, ...at }) => {
      apart.send(userChannel(userId), 'room:read-at', at);
    }),
    presence.onChange((roomId, change) => {
      if (change === 'here') activity.touch(roomId);
      else if (coalescer.strained(roomChannel(roomId))) return; // typing is shed first
      const often = change === 'here' && presence.here(roomId) <= LIMITS.presenceNames;
      showPresence.touch(roomId, often ? PRESENCE_MS : SLOWER_PRESENCE_MS);
    }),
  ];
  const poll = setInterval(() => {
    publisher.poll().catch((error: unknown) => log.warn({ err: error }, 'active rooms not polled'));
  }, POLL_MS).unref();
  const at = setInterval(() => {
    for (const roomId of looked()) {
      io.to(roomChannel(roomId)).volatile.emit('room:at', { roomId, rev: publisher.published(roomId) });
    }
  }, AT_MS).unref();

  const officeHours = createOfficeHoursLive(io, hub);
  const cases = createCasesLive(io, hub);
  const notes = createNotesLive(io, hub);
  const mentions = createMentionsLive(io, hub);
  const queues = createQueues(io, hub, apart);
  const logins = createLogins(io, hub);
  const warn = (what: string) => (error: unknown) => log.warn({ err: error }, what);
  cluster.follow({
    roomAt: (roomId, rev) => publisher.hinted(roomId, rev),
    lookAtAccess: () => access.poll(),
    queueMoved: (dropInId) => queues.moved(dropInId),
    lookAtAll() {
      const all = [
        publisher.poll(),
        logins.recheck(),
        logins.followSanctions(),
        access.poll(),
        queues.poll(),
        hub.blocks.refresh(),
      ];
      for (const look of all) look.catch(warn('not looked at after hints were lost'));
    },
  });
  const events = createEvents(log);
  const live: Live = { hub, access, activity, apart, publisher, queues, events };
  for (const handle of [
    handleRooms,
    handleMessages,
    handleOfficeHours,
    handleTickets,
    handleCases,
    handleNotes,
    handleAnswers,
  ])
    handle(live);
  /** One function for all of them. */
  function gone(this: LiveSocket): void {
    this.data.open?.clear();
    hub.presence.gone(this.id);
  }
  io.use(authenticate(hub.accounts, hub.clock));
  io.on('connection', (socket) => {
    const { actor } = socket.data;
    if (!logins.stillOpen(socket)) {
      socket.emit('session:ended', {});
      socket.disconnect(true);
      return;
    }
    void socket.join([userChannel(actor.id), sessionChannel(actor.sessionId)]);
    apart.came(socket);
    letGoOfHeaders(socket);
    events.listenTo(socket);
    socket.on('disconnect', gone);
  });

  return {
    io,
    eventNames: () => events.names(),
    closeDoor: () => void (open = false),
    announceRestart() {
      const spread = Math.min(10_000, 1_000 + io.sockets.sockets.size * 2);
      for (const socket of io.sockets.sockets.values()) {
        socket.emit('hub:restarting', { retryInMs: 500 + Math.round(Math.random() * spread) });
      }
    },
    recheckLogins: () => logins.recheck(),
    recheckSanctions: () => logins.followSanctions(),
    recheckAccess: () => access.poll(),
    async close() {
      clearInterval(poll);
      clearInterval(at);
      for (const stop of off) stop();
      const parts = [officeHours, cases, notes, mentions, queues, slow, activity, coalescer, showPresence];
      for (const part of [cluster, apart, access, logins, ...parts]) part.stop();
      // closing the transport (not the socket) is what makes clients come back by themselves
      await new Promise((resolve) => setTimeout(resolve, FAREWELL_MS));
      io.engine.close();
    },
  };
}
