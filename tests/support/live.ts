// The rooms and messages areas on a test database, as one or more processes would run them. Tests only.
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { createEventBus } from '../../server/domain/kernel/event-bus.ts';
import { AppError } from '../../server/domain/kernel/app-error.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import type { Clock } from '../../server/domain/kernel/clock.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import { silentLogger } from '../../server/domain/kernel/logger.ts';
import { noMeasure } from '../../server/domain/kernel/measure.ts';
import { createAuditModels } from '../../server/domain/audit/audit.model.ts';
import { createAuditRepository } from '../../server/domain/audit/audit.repository.ts';
import { createAuditRecorder } from '../../server/domain/audit/audit.service.ts';
import { createLogStore } from '../../server/domain/messages/messages.log-store.ts';
import type { MessageEvents } from '../../server/domain/messages/messages.events.ts';
import { createMessageModels } from '../../server/domain/messages/messages.model.ts';
import { createMessagesRepository } from '../../server/domain/messages/messages.repository.ts';
import { createSideRepository } from '../../server/domain/messages/messages.side.repository.ts';
import { createMessagesService, type MessageLimits } from '../../server/domain/messages/messages.service.ts';
import type { RoomEvents } from '../../server/domain/rooms/rooms.events.ts';
import type { SearchEvents } from '../../server/domain/search/search.events.ts';
import { createRoomModels } from '../../server/domain/rooms/rooms.model.ts';
import { createRoomsRepository, type RoomTexts } from '../../server/domain/rooms/rooms.repository.ts';
import { createRoomsService } from '../../server/domain/rooms/rooms.service.ts';
import type { PersonView, Role } from '../../src/lib/shared/accounts.ts';
import type { RoomChanges } from '../../src/lib/shared/messages.ts';
import { openTestDatabase } from './database.ts';

const names = new Map<string, PersonView>();

/** Someone who is signed in; her name is known to every process of the test. */
export function person(displayName: string, role: Role = 'member'): Actor {
  const id = newId();
  names.set(id, { id, displayName, role, hue: displayName.length % 12 });
  return { id, role, userName: displayName.toLowerCase(), displayName, locale: 'en', sessionId: newId() };
}

const roomTexts = (slug: string, position = 1): RoomTexts => {
  const text = { de: slug, en: slug, ar: slug, uk: slug };
  return { slug, name: text, purpose: text, rules: text, welcome: text, position };
};

export interface LiveOptions {
  limits?: Partial<MessageLimits>;
  clock?: Clock;
  firstRooms?: readonly RoomTexts[];
  readyRooms?: readonly RoomTexts[];
  patienceMs?: number;
  /** Fails as the accounts area would when the database is away. */
  namesFail?: () => boolean;
}
export type Live = ReturnType<typeof createLive>;

const unlimited = { burst: 1_000_000, perSecond: 1_000_000 };

/** The two areas as one process has them; models are compiled once per connection. */
function createLive(connection: mongoose.Connection, options: LiveOptions = {}) {
  const clock = options.clock ?? { now: () => new Date() };
  const models = compiled(connection);
  const bus = createEventBus<MessageEvents & RoomEvents & SearchEvents & { 'user.changed': { userId: string } }>(
    silentLogger,
  );
  const envelopes: RoomChanges[] = [];
  const reads: RoomEvents['room.read'][] = [];
  bus.on('room.changed', (changes) => envelopes.push(changes));
  bus.on('room.read', (event) => reads.push(event));
  const repository = createRoomsRepository(models);
  const audit = createAuditRecorder({ repository: createAuditRepository(models), clock, log: silentLogger });
  const rooms = createRoomsService({
    rooms: repository,
    audit,
    bus,
    clock,
    firstRooms: options.firstRooms ?? [],
    readyRooms: options.readyRooms ?? [],
    personViews: (ids) => Promise.resolve(new Map([...names].filter(([id]) => ids.includes(id)))),
  });
  const messages = createMessagesService({
    messages: createMessagesRepository(models),
    side: createSideRepository(models),
    store: createLogStore(models),
    rooms: repository,
    roomsService: rooms,
    personViews: (ids) => {
      if (options.namesFail?.()) return Promise.reject(new AppError('unavailable'));
      return Promise.resolve(new Map([...names].filter(([id]) => ids.includes(id))));
    },
    audit,
    bus,
    clock,
    log: silentLogger,
    measure: noMeasure,
    limits: { posting: unlimited, ...options.limits },
    patienceMs: options.patienceMs ?? 1_500,
  });
  return { connection, models, bus, rooms, messages, repository, envelopes, reads };
}

const models = new WeakMap<
  mongoose.Connection,
  ReturnType<typeof createRoomModels> & ReturnType<typeof createMessageModels> & ReturnType<typeof createAuditModels>
>();
function compiled(connection: mongoose.Connection) {
  const own = models.get(connection) ?? {
    ...createRoomModels(connection),
    ...createMessageModels(connection),
    ...createAuditModels(connection),
  };
  models.set(connection, own);
  return own;
}

/** A database with indexes and one process on it; `another` adds a process with a connection of its own. */
export async function openLive(options: LiveOptions = {}) {
  const database = await openTestDatabase();
  const { connection } = database;
  const live = createLive(connection, options);
  for (const model of Object.values(live.models)) await model.createIndexes();
  const others: mongoose.Connection[] = [];
  let rooms = 0;

  return {
    ...live,
    /** A fresh room; answers its id. */
    async newRoom(): Promise<string> {
      const slug = `room-${++rooms}-${randomUUID().slice(0, 8)}`;
      await live.repository.makeSure(roomTexts(slug, rooms));
      const room = await live.repository.bySlug(slug);
      if (!room) throw new Error('the room was not made');
      return room.id;
    },
    /** She changes her name, as the accounts area would tell it. */
    rename(actor: Actor, displayName: string): void {
      const known = names.get(actor.id);
      if (known) names.set(actor.id, { ...known, displayName });
      live.bus.emit('user.changed', { userId: actor.id });
    },
    async another(more: LiveOptions & { monitor?: boolean } = {}): Promise<Live> {
      const hosts = connection
        .getClient()
        .options.hosts.map(({ socketPath, host, port }) =>
          socketPath === undefined ? `${host}:${port}` : encodeURIComponent(socketPath),
        );
      const uri = process.env.MONGODB_URI ?? `mongodb://${hosts.join(',')}/?directConnection=true`;
      const settings = { dbName: connection.name, autoIndex: false, autoCreate: false, bufferCommands: false };
      const own = mongoose.createConnection(uri, { ...settings, monitorCommands: more.monitor ?? false });
      others.push(await own.asPromise());
      return createLive(own, { ...options, ...more });
    },
    async close(): Promise<void> {
      await live.messages.flush();
      for (const own of others) await own.close();
      await database.close();
    },
  };
}

export const aPost = (roomId: string, text: string, clientId: string = randomUUID()) => ({ roomId, clientId, text });
