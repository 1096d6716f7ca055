// The database work of rooms, in domain words. Imported by services of the domain and the hub's wiring.
import mongoose, { type QueryFilter } from 'mongoose';
import type { LocalizedText } from '#shared/locales.ts';
import type { RoomAccess } from '#shared/rooms.ts';
import { KEPT_DAYS } from '#shared/rooms.keeping.ts';
import { NO_TOOLS, type RoomToolsView } from '#shared/rooms.tools.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { createTogether } from '../kernel/together.ts';
import { createMembersPart } from './members.repository.ts';
import { createKeepingPart } from './rooms.keeping.repository.ts';
import type { RoomDocument, RoomModels } from './rooms.model.ts';

export interface RoomTexts {
  slug: string;
  name: LocalizedText;
  purpose: LocalizedText;
  rules: LocalizedText;
  welcome: LocalizedText;
  position: number;
}
/** What of a room changes with every message. */
export interface RoomHead {
  rev: number;
  posts: number;
  lastAt: Date | null;
  purgedBelow: number;
}
export interface Room extends RoomTexts, RoomHead, RoomToolsView {
  id: string;
  access: RoomAccess;
  /** Raised by every change of texts and access. */
  version: number;
  /** Raised when people may have lost the room. */
  accessRev: number;
  archivedAt: Date | null;
  /** Days that messages are kept. */
  keepDays: number;
}
export type NewRoom = RoomTexts & { access: RoomAccess; clientId: string };
export type RoomChange = Pick<Room, 'name' | 'purpose' | 'rules' | 'welcome' | 'access'>;

export type RoomsRepository = ReturnType<typeof createRoomsRepository>;

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const START = { rev: 0, posts: 0, lastAt: null, purgedBelow: 0 } as const;
const DURABLE = { writeConcern: { w: 'majority' as const } };

const headOf = (document: RoomHead): RoomHead => ({
  rev: document.rev,
  posts: document.posts,
  lastAt: document.lastAt,
  purgedBelow: document.purgedBelow,
});
const roomOf = (document: RoomDocument): Room => ({
  ...headOf(document),
  id: document._id.toHexString(),
  slug: document.slug,
  name: document.name,
  purpose: document.purpose,
  rules: document.rules,
  welcome: document.welcome,
  position: document.position,
  access: document.access ?? 'open',
  version: document.version ?? 0,
  accessRev: document.accessRev ?? 0,
  archivedAt: document.archivedAt ?? null,
  keepDays: document.keepDays ?? KEPT_DAYS,
  writing: document.writing ?? NO_TOOLS.writing,
  slowSeconds: document.slowSeconds ?? NO_TOOLS.slowSeconds,
  newcomerHours: document.newcomerHours ?? NO_TOOLS.newcomerHours,
});

/** All reads see only what a majority has. Every function raises 'unavailable' when the database is away. */
export function createRoomsRepository(models: RoomModels) {
  const { rooms } = models;

  const one = async (filter: QueryFilter<RoomDocument>): Promise<Room | null> => {
    const found = await retryIdempotent(() => rooms.findOne(filter).readConcern('majority').lean().exec());
    return found && roomOf(found);
  };
  const known = createTogether(async (ids) => {
    const query = () =>
      rooms
        .find({ _id: { $in: ids } })
        .readConcern('majority')
        .lean()
        .exec();
    return new Map((await retryIdempotent(query)).map((found) => [found._id.toHexString(), roomOf(found)]));
  });
  const byId = async (id: string): Promise<Room | null> => (await known(objectId(id).toHexString())) ?? null;
  const change = async (filter: QueryFilter<RoomDocument>, update: mongoose.UpdateQuery<RoomDocument>) => {
    const run = () =>
      rooms
        .findOneAndUpdate(filter, update, { returnDocument: 'after', ...DURABLE })
        .lean()
        .exec();
    const found = await guardDatabase(run);
    return found && roomOf(found);
  };

  return {
    ...createMembersPart(models),
    ...createKeepingPart(models),

    byId,
    bySlug: (slug: string): Promise<Room | null> => one({ slug }),
    byClientId: (clientId: string): Promise<Room | null> => one({ clientId }),

    /** Those of the list, in its order; at most `limit`. */
    async all(limit: number): Promise<Room[]> {
      const order = { position: 1, _id: 1 } as const;
      const query = () =>
        rooms.find({ archivedAt: null }).sort(order).limit(limit).readConcern('majority').lean().exec();
      return (await retryIdempotent(query)).map(roomOf);
    },

    /** Archived ones, the last one first; those archived before `before`. */
    async archived(before: Date | null, limit: number): Promise<Room[]> {
      const filter = { archivedAt: { $gt: new Date(0), ...(before ? { $lt: before } : {}) } };
      const query = () =>
        rooms.find(filter).sort({ archivedAt: -1 }).limit(limit).readConcern('majority').lean().exec();
      return (await retryIdempotent(query)).map(roomOf);
    },

    /** Which of these addresses are taken. */
    async taken(slugs: string[]): Promise<Set<string>> {
      const query = () =>
        rooms
          .find({ slug: { $in: slugs } }, { slug: 1 })
          .lean()
          .exec();
      return new Set((await retryIdempotent(query)).map((room) => room.slug));
    },

    async allIds(): Promise<string[]> {
      const query = () => rooms.find({}, { _id: 1 }).sort({ position: 1, _id: 1 }).lean().exec();
      return (await retryIdempotent(query)).map((room) => room._id.toHexString());
    },

    head: (id: string): Promise<RoomHead | null> => byId(id),

    async revs(ids: string[]): Promise<Map<string, number>> {
      const query = () =>
        rooms
          .find({ _id: { $in: ids } }, { rev: 1 })
          .readConcern('majority')
          .lean()
          .exec();
      const found = await retryIdempotent(query);
      return new Map(found.map((room) => [room._id.toHexString(), room.rev]));
    },

    /** After the projection: moves the room forward, never back. May run twice. */
    async raise(id: string, head: { rev: number; posts: number; lastAt: Date | null }): Promise<void> {
      const { rev, posts, lastAt } = head;
      const $max = lastAt ? { rev, posts, lastAt } : { rev, posts };
      await retryIdempotent(() => rooms.collection.updateOne({ _id: objectId(id) }, { $max }, DURABLE));
    },

    /** Makes the room unless one with this slug exists, which is left as it is. Two processes may do so at once. */
    async makeSure(texts: RoomTexts): Promise<void> {
      const { slug, ...rest } = texts;
      const make = () => rooms.updateOne({ slug }, { $setOnInsert: { ...rest, ...START } }, { upsert: true }).exec();
      await retryIdempotent(make).catch((error: unknown) => {
        // two processes at once: the other one made it
        if (!isDuplicateKey(error)) throw error;
      });
    },

    /** Null: the address is taken. The same `clientId` again answers the room that it made. */
    async insert(room: NewRoom): Promise<Room | null> {
      const insert = () => rooms.insertOne({ ...room, ...START, version: 1 });
      try {
        const made = await guardDatabase(insert);
        return await one({ _id: made._id });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return one({ clientId: room.clientId });
      }
    },

    /** The room of a talk, with the talk's id; in no list. May run twice. */
    async makeTalk(id: string): Promise<void> {
      const none = { de: '', en: '', ar: '', uk: '' };
      const texts = { slug: `talk-${id}`, name: none, purpose: none, rules: none, welcome: none, position: 0 };
      const room = { ...texts, ...START, access: 'talk', archivedAt: new Date(0), version: 1 };
      const make = () =>
        rooms.collection.updateOne({ _id: objectId(id) }, { $setOnInsert: room }, { upsert: true, ...DURABLE });
      await retryIdempotent(make).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      });
    },
    closeTalk: (id: string): Promise<unknown> =>
      retryIdempotent(() =>
        rooms.collection.updateOne(
          { _id: objectId(id), access: 'talk' },
          { $set: { archivedAt: new Date(-1) } },
          DURABLE,
        ),
      ),

    /** Null: somebody else changed it since `version`. */
    update: (id: string, version: number, fields: RoomChange): Promise<Room | null> =>
      change(
        { _id: id, version: version === 0 ? { $in: [0, null] } : version },
        { $set: { ...fields, version: version + 1 } },
      ),

    setTools: (id: string, tools: RoomToolsView): Promise<Room | null> => change({ _id: id }, { $set: tools }),

    /** Null: it is there already, or nowhere. */
    archive: (id: string, at: Date): Promise<Room | null> =>
      change({ _id: id, archivedAt: null }, { $set: { archivedAt: at } }),
    reopen: (id: string): Promise<Room | null> =>
      change({ _id: id, archivedAt: { $ne: null } }, { $set: { archivedAt: null } }),

    /** Null: it is not where it was. */
    place: (id: string, from: number, to: number): Promise<Room | null> =>
      change({ _id: id, position: from, archivedAt: null }, { $set: { position: to } }),

    /** Gives the rooms whole numbers in this order, where they still are where they were. */
    async renumber(order: readonly Pick<Room, 'id' | 'position'>[]): Promise<void> {
      for (const [index, { id, position }] of order.entries()) {
        await guardDatabase(() => rooms.updateOne({ _id: id, position }, { $set: { position: index + 1 } }).exec());
      }
    },

    /** Tells other processes that people may have lost this room. */
    async raiseAccess(id: string): Promise<number> {
      return (await change({ _id: id }, { $inc: { accessRev: 1 } }))?.accessRev ?? 0;
    },

    /** A mark per room that changes when people may have lost it. */
    async accessRevs(ids: string[]): Promise<Map<string, number>> {
      const query = () =>
        rooms
          .find({ _id: { $in: ids } }, { accessRev: 1 })
          .readConcern('majority')
          .lean()
          .exec();
      return new Map((await retryIdempotent(query)).map((room) => [room._id.toHexString(), room.accessRev ?? 0]));
    },
  };
}
