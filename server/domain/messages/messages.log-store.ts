// The database work of the room log. Imported by messages.log.ts, the projection and the hub's wiring.
import mongoose from 'mongoose';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { createShared } from '../kernel/together.ts';
import { NO_EXTRAS, type Draft, type Extras, type LogEntry, type LogHead } from './messages.entities.ts';
import { withClientIds, type MessageModels, type RoomLogDocument } from './messages.model.ts';

export interface LogStore {
  /** The last entry's place, null when the log holds none. 'now' includes what no majority has yet: for numbering only. */
  last(roomId: string, state: 'now' | 'durable'): Promise<LogHead | null>;
  /**
   * Appends in order, all or a prefix. 'collided': some unique index (rev, id, author + clientId) ended it. Raises when
   * the outcome is unknown.
   */
  insert(entries: LogEntry[]): Promise<'stored' | 'collided'>;
  /** The durable entries that carry a draft's id, or its author and clientId: in any room. */
  find(drafts: readonly Draft[]): Promise<LogEntry[]>;
  /** The durable entries with revs `from` to `to`, ascending; fewer when some expired. */
  range(roomId: string, from: number, to: number): Promise<LogEntry[]>;
}

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
const MAJORITY = { readConcern: { level: 'majority' as const } };
const SYNCED = { ordered: true, writeConcern: { w: 'majority' as const, journal: true } };

/** Only what is not as always: most posts bring nothing along. */
function extrasOf(extras: Extras | undefined): { extras?: Partial<Extras> } {
  if (!extras) return {};
  const empty = (value: unknown): boolean =>
    value === null || value === false || (Array.isArray(value) && value.length === 0);
  const said = Object.entries(extras).filter(([, value]) => !empty(value));
  return said.length > 0 ? { extras: Object.fromEntries(said) as Partial<Extras> } : {};
}

function toEntry(document: RoomLogDocument): LogEntry {
  const { _id, kind, rev, posts, at } = document;
  const ids = {
    id: _id.toHexString(),
    roomId: document.roomId.toHexString(),
    by: document.by.toHexString(),
    messageId: document.messageId.toHexString(),
    rev,
    posts,
    at,
  };
  const what = document.what ?? {};
  if (kind === 'removed') {
    const { seq = 0, removedBy } = document;
    return {
      kind,
      ...ids,
      seq,
      removedBy: removedBy ?? 'moderator',
      threadId: (what.threadId ?? null) as string | null,
    };
  }
  if (kind === 'posted') {
    const { clientId = '', textHash = '', text = null, removedBy, removedRev, extras, hidden = null } = document;
    const removed = removedBy && removedRev ? { rev: removedRev, by: removedBy } : null;
    return { kind, ...ids, clientId, textHash, text, hidden, removed, extras: { ...NO_EXTRAS, ...extras } };
  }
  if (kind === 'edited')
    return { ...what, kind, ...ids, text: document.text ?? null, hidden: document.hidden ?? null } as LogEntry;
  return { ...what, kind, ...ids } as LogEntry;
}

function toDocument(entry: LogEntry): RoomLogDocument {
  const { id, roomId, rev, posts, at, by, messageId, kind, ...rest } = entry;
  const common = {
    _id: objectId(id),
    roomId: objectId(roomId),
    rev,
    posts,
    at,
    by: objectId(by),
    messageId: objectId(messageId),
    kind,
  };
  if (entry.kind === 'posted') {
    const { clientId, textHash, text, extras } = entry;
    return { ...common, clientId, textHash, text, ...extrasOf(extras) };
  }
  if (entry.kind === 'removed') {
    const { seq, removedBy, threadId } = entry;
    return { ...common, seq, removedBy, ...(threadId ? { what: { threadId } } : {}) };
  }
  if (entry.kind !== 'edited') return { ...common, what: rest };
  const { seq, text, lang, mentions } = entry;
  return { ...common, text, editOf: common.messageId, what: { seq, lang, mentions } };
}

export function createLogStore({ roomLog }: MessageModels): LogStore {
  const range = createShared(async (key) => {
    const [roomId = '', from, to] = key.split(' ');
    const filter = { roomId: objectId(roomId), rev: { $gte: Number(from), $lte: Number(to) } };
    const query = () =>
      roomLog.collection.find<RoomLogDocument>(filter, MAJORITY).sort({ roomId: 1, rev: 1 }).toArray();
    return (await retryIdempotent(query)).map(toEntry);
  });

  return {
    async last(roomId, state) {
      const filter = { roomId: objectId(roomId) };
      const options = { projection: { rev: 1, posts: 1 }, ...(state === 'durable' ? MAJORITY : {}) };
      const query = () =>
        roomLog.collection.find<RoomLogDocument>(filter, options).sort({ roomId: -1, rev: -1 }).limit(1).toArray();
      const [last] = await retryIdempotent(query);
      return last ? { rev: last.rev, posts: last.posts } : null;
    },

    async insert(entries) {
      try {
        await guardDatabase(() => roomLog.collection.insertMany(entries.map(toDocument), SYNCED));
        return 'stored';
      } catch (error) {
        if (isDuplicateKey(error)) return 'collided';
        throw error;
      }
    },

    async find(drafts) {
      const ids = drafts.map((draft) => objectId(draft.id));
      const clientIds = drafts.flatMap((draft) => (draft.kind === 'posted' ? [draft.clientId] : []));
      const byId = () => roomLog.collection.find<RoomLogDocument>({ _id: { $in: ids } }, MAJORITY).toArray();
      const byClient = () => roomLog.collection.find<RoomLogDocument>(withClientIds(clientIds), MAJORITY).toArray();
      const [own, known] = await Promise.all([
        guardDatabase(byId),
        clientIds.length > 0 ? guardDatabase(byClient) : [],
      ]);
      return [...new Map([...own, ...known].map((found) => [found._id.toHexString(), toEntry(found)])).values()];
    },

    range: (roomId, from, to) => range(`${roomId} ${from} ${to}`),
  };
}
