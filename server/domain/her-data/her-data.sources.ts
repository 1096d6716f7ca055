// What the hub keeps about one woman, collection by collection: how it is found, and what of it is hers to take. Only this area imports it.
import { list, pick, within, type Source } from './her-data.entities.ts';
import { CARE_SOURCES } from './her-data.sources.care.ts';

const ACCOUNT = [
  ...(['userName', 'displayName', 'role', 'locale', 'reads', 'showsPresence', 'exitTo', 'disguise'] as const),
  ...(['createdAt', 'sanctions'] as const),
];

/** Never in it: passwords, tokens, keys, addresses of devices, and what names or quotes other people. */
export const SOURCES: readonly Source[] = [
  {
    part: 'account',
    collection: 'users',
    filter: ({ id }) => ({ _id: id }),
    say: (row) => ({ at: row.createdAt, words: [row.displayName, row.userName], data: pick(row, ...ACCOUNT) }),
  },
  {
    part: 'account',
    collection: 'accountLog',
    filter: ({ id }) => ({ targetId: id }),
    say: (row) => ({ at: row.at, data: pick(row, 'at', 'kind') }),
  },
  {
    part: 'logins',
    collection: 'sessions',
    filter: ({ id }) => ({ userId: id }),
    say: (row) => ({
      ...{ at: row.lastUsedAt, words: [row.device] },
      data: pick(row, 'device', 'createdAt', 'lastUsedAt', 'expiresAt'),
    }),
  },
  {
    part: 'devices',
    collection: 'pushDevices',
    filter: ({ oid }) => ({ userId: oid }),
    say: (row) => ({ at: row.at, data: pick(row, 'at') }),
  },
  {
    part: 'devices',
    collection: 'pushQuiet',
    filter: ({ oid }) => ({ _id: oid }),
    say: (row) => ({
      words: [`${String(row.quietFrom)} – ${String(row.quietTo)}`],
      data: pick(row, 'quietFrom', 'quietTo'),
    }),
  },
  {
    part: 'rooms',
    collection: 'roomMembers',
    filter: ({ authors }) => ({ userId: { $in: authors } }),
    say: (row) => ({
      ...{ at: row.since, room: row.roomId, words: [row.note] },
      data: pick(
        row,
        ...['standing', 'since', 'host', 'shown', 'aside', 'note', 'readPosts', 'level', 'quietFrom', 'quietTo'],
      ),
    }),
  },
  {
    part: 'messages',
    collection: 'messages',
    filter: ({ authors }) => ({ authorId: { $in: authors } }),
    say: (row) => ({
      ...{ at: row.at, room: row.roomId, words: [row.text, ...list(row.versions).map((one) => within(one).text)] },
      data: {
        id: String(row._id),
        ...pick(row, 'at', 'text', 'editedAt', 'versions', 'lang', 'question', 'removedBy', 'hidden'),
        anonymous: row.anonymous === true,
      },
    }),
  },
  {
    part: 'reactions',
    collection: 'messages',
    filter: ({ authorNames }) => ({ reactors: { $exists: true }, $and: [{ reactors: { $in: authorNames } }] }),
    say: (row, { authorNames }) => ({
      room: row.roomId,
      data: {
        messageId: String(row._id),
        reactions: list(row.reactors).flatMap((one) =>
          authorNames.includes(String(one)) ? [String(one).split(':')[0]] : [],
        ),
      },
    }),
  },
  {
    part: 'saved',
    collection: 'savedMessages',
    filter: ({ authors }) => ({ userId: { $in: authors } }),
    say: (row) => ({ data: { messageId: String(row.messageId) } }),
  },
  {
    part: 'pictures',
    collection: 'attachments',
    filter: ({ authors }) => ({ ownerId: { $in: authors }, state: 'ready' }),
    say: (row) => ({
      ...{ at: row.createdAt, room: row.roomId, words: [row.name] },
      data: { id: String(row._id), ...pick(row, 'name', 'kind', 'bytes', 'createdAt') },
      ...(within(row.file).blob
        ? {
            file: {
              id: String(within(row.file).blob),
              name: `${String(row._id)}.${row.kind === 'pdf' ? 'pdf' : 'webp'}`,
            },
          }
        : {}),
    }),
  },
  ...CARE_SOURCES,
];
