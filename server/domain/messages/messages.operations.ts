// What entries of the log do to stored messages and to older entries. Pure; imported by messages.repository.ts.
import mongoose from 'mongoose';
import type { AnyBulkWriteOperation, Document } from 'mongodb';
import { purgedBy, type EditedEntry, type LogEntry, type Mark, type Message } from './messages.entities.ts';

const objectId = (id: string) => new mongoose.Types.ObjectId(id);
type Operation = AnyBulkWriteOperation<Document>;

const update = (filter: Document, change: Document): Operation => ({ updateOne: { filter, update: change } });
/** Every step applies only above the message's own rev: so it may run twice, and beside other processes. */
const above = (id: string, rev: number): Document => ({ _id: objectId(id), rev: { $lt: rev } });
/** A stone changes no more. */
const alive = (id: string, rev: number): Document => ({ ...above(id, rev), removedBy: null, moved: null });

/** What a stone keeps nothing of; what it keeps is who, when, and the thread below it. */
const WORDS = ['editedAt', 'versions', 'lang', 'replyTo', 'reactors', 'pinned', 'answerTo', 'question', 'verified'];
const GONE = Object.fromEntries([...WORDS, 'cover', 'attachments', 'mentions'].map((field) => [field, '']));
const GONE_EXTRAS = { 'extras.mentions': '', 'extras.attachments': '', 'extras.cover': '', 'extras.replyTo': '' };

/** `null` takes the field away, so that the indexes on it stay small. */
function setting(fields: Document): Document {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  const $unset = Object.fromEntries(entries.filter(([, value]) => value === null).map(([field]) => [field, '']));
  const $set = Object.fromEntries(entries.filter(([, value]) => value !== null));
  if (Object.keys($set).length === 0) return { $unset };
  return Object.keys($unset).length > 0 ? { $set, $unset } : { $set };
}

const unreplied = (threadId: string | null | undefined, rev: number): Operation[] =>
  threadId ? [update(above(threadId, rev), { $set: { rev }, $inc: { threadReplies: -1 } })] : [];

const markFields = ({ question, answerTo, verified }: Mark): Document => ({ question, answerTo, verified });

/** The words of messages before they are edited, by id; `operationsOf` moves them on through several edits. */
export type Before = Map<string, Pick<Message, 'text' | 'at' | 'editedAt' | 'rev'>>;

function edit({ messageId, rev, text, lang, mentions, at }: EditedEntry, before: Before): Operation[] {
  const known = before.get(messageId);
  if (text === null || !known || known.rev >= rev) return [];
  before.set(messageId, { text, at: known.at, editedAt: at, rev });
  const { $set, $unset = {} } = setting({ rev, textRev: rev, text, lang, editedAt: at, mentions });
  const $push = { versions: { text: known.text, at: known.editedAt ?? known.at } };
  const none = Object.keys($unset as Document).length === 0;
  return [update(alive(messageId, rev), none ? { $set, $push } : { $set, $unset, $push })];
}

/** The steps of one entry on messages that are there, in order. */
export function operationsOf(entry: LogEntry, before: Before): Operation[] {
  const { rev, messageId, at } = entry;
  switch (entry.kind) {
    case 'posted': {
      const threadId = entry.extras?.threadId;
      const change = { $set: { rev, threadLastAt: entry.extras?.writtenAt ?? at }, $inc: { threadReplies: 1 } };
      return threadId ? [update(above(threadId, rev), change)] : [];
    }
    case 'removed': {
      const $set = { rev, textRev: rev, text: null, removedBy: entry.removedBy };
      return [update(alive(messageId, rev), { $set, $unset: GONE }), ...unreplied(entry.threadId, rev)];
    }
    case 'moved': {
      // its words are taken away by the move itself, once they stand in the other room
      const $set = { rev, textRev: rev, moved: entry.moved };
      return [update(alive(messageId, rev), { $set }), ...unreplied(entry.threadId, rev)];
    }
    case 'edited':
      return edit(entry, before);
    case 'reacted': {
      const names = (on: boolean) =>
        entry.reactions.filter((one) => one.on === on).map(({ reaction, userId }) => `${reaction}:${userId}`);
      const [given, taken] = [names(true), names(false)];
      const off = taken.length > 0 ? [update(alive(messageId, rev), { $pullAll: { reactors: taken } })] : [];
      const on = given.length > 0 ? { $addToSet: { reactors: { $each: given } } } : {};
      return [...off, update(alive(messageId, rev), { $set: { rev }, ...on })];
    }
    case 'pinned': {
      const pinned = entry.order === null ? null : { ...(entry.since ?? { by: entry.by, at }), order: entry.order };
      return [update(alive(messageId, rev), setting({ rev, pinned }))];
    }
    case 'hidden':
      return [update(alive(messageId, rev), setting({ rev, textRev: rev, hidden: entry.state }))];
    case 'language':
      return [update(alive(messageId, rev), { $set: { rev, lang: entry.lang } })];
    case 'purged': {
      const ids = purgedBy(entry).map(({ id }) => id);
      return [
        { deleteMany: { filter: { _id: { $in: ids.map(objectId) } } } },
        {
          updateMany: {
            // the index's own condition as it stands: see withClientIds
            filter: { 'replyTo.id': { $exists: true }, $and: [{ 'replyTo.id': { $in: ids } }] },
            update: { $unset: { replyTo: '' } },
          },
        },
      ];
    }
    case 'marked':
      return entry.marks.map((mark) => update(alive(mark.messageId, rev), setting({ rev, ...markFields(mark) })));
  }
}

/** What was moved here is younger than its words: the log may still hold them. */
function forgottenIn(roomId: string, { id, seq }: { id: string; seq: number }, rev: number): Operation[] {
  const stone = { $set: { text: null, removedBy: 'moderator' }, $max: { removedRev: rev }, $unset: GONE_EXTRAS };
  return [
    update({ roomId: objectId(roomId), rev: seq }, stone),
    { updateMany: { filter: { editOf: objectId(id) }, update: { $set: { text: null } } } },
  ];
}

/**
 * Words that are gone must not stay in the log: of removed and moved messages, and what edits replaced. Words that are
 * hidden stay there, marked: nobody gets them while they are.
 */
export function scrubsOf(entry: LogEntry): Operation[] {
  if (entry.kind === 'hidden') {
    const { roomId, messageId, seq, state: hidden } = entry;
    return [
      update({ roomId: objectId(roomId), rev: seq }, setting({ hidden })),
      { updateMany: { filter: { editOf: objectId(messageId) }, update: setting({ hidden }) } },
    ];
  }
  if (entry.kind === 'purged') return purgedBy(entry).flatMap((one) => forgottenIn(entry.roomId, one, entry.rev));
  if (entry.kind !== 'removed' && entry.kind !== 'edited') return [];
  const posting = { roomId: objectId(entry.roomId), rev: entry.seq };
  const edits = { editOf: objectId(entry.messageId), rev: { $lt: entry.rev } };
  const older: Operation = { updateMany: { filter: edits, update: { $set: { text: null } } } };
  if (entry.kind === 'edited') {
    if (entry.text === null) return [];
    return [older, update({ ...posting, text: { $ne: null } }, { $set: { text: entry.text } })];
  }
  const { removedBy, rev } = entry;
  return [older, update(posting, { $set: { text: null, removedBy }, $max: { removedRev: rev }, $unset: GONE_EXTRAS })];
}

/** Takes the words of moved messages away, which stand in another room by now. */
export function forgetting(moved: readonly Message[]): { stones: Operation[]; scrubs: Operation[] } {
  const stones = moved.map(({ id }) => update({ _id: objectId(id) }, { $set: { text: null }, $unset: GONE }));
  const scrubs = moved.flatMap(({ id, roomId, seq }): Operation[] => [
    update({ roomId: objectId(roomId), rev: seq }, { $set: { text: null }, $unset: GONE_EXTRAS }),
    { updateMany: { filter: { editOf: objectId(id) }, update: { $set: { text: null } } } },
  ]);
  return { stones, scrubs };
}
