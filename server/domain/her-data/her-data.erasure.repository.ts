// Takes one woman out of every collection, in steps that may each run twice. Only this area's erasure imports it.
import mongoose, { type Connection } from 'mongoose';
import { LIMITS } from '#shared/limits.ts';
import type { MessagesChoice } from '#shared/her-data.ts';
import { guardDatabase, isDuplicateKey, retryIdempotent } from '../../database/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Her } from './her-data.entities.ts';
import type { ErasureDocument, HerDataModels } from './her-data.model.ts';

/** Nobody's number: what stays of her stands under it. */
const NOBODY = '0'.repeat(24);
const BATCH = 100;
const DAY = 24 * 60 * 60 * 1000;

type Id = mongoose.Types.ObjectId;
export interface OwnMessage {
  id: string;
  roomId: string;
}
export type ErasureRepository = ReturnType<typeof createErasureRepository>;

export function createErasureRepository(connection: Connection, { erasures }: HerDataModels) {
  const nobody = new mongoose.Types.ObjectId(NOBODY);
  const at = (name: string) => connection.collection(name);
  const change = (name: string, filter: object, update: object) =>
    retryIdempotent(() => at(name).updateMany(filter as never, update as never));
  const remove = (name: string, filter: object) => retryIdempotent(() => at(name).deleteMany(filter as never));

  return {
    /** The same wish again changes nothing. */
    async ask(userId: string, messages: MessagesChoice, now: Date): Promise<void> {
      try {
        await guardDatabase(() =>
          erasures.collection.insertOne({ _id: userId, messages, askedAt: now, step: 0, doneAt: null } as never),
        );
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    /** Oldest first. */
    open: (before: Date, limit: number): Promise<ErasureDocument[]> =>
      retryIdempotent(() =>
        erasures
          .find({ doneAt: null, askedAt: { $lte: before } })
          .sort({ askedAt: 1 })
          .limit(limit)
          .lean<ErasureDocument[]>(),
      ),
    stepped: (userId: string, step: number): Promise<unknown> =>
      retryIdempotent(() => erasures.updateOne({ _id: userId }, { $max: { step } })),
    done: (userId: string, now: Date): Promise<unknown> =>
      retryIdempotent(() =>
        erasures.updateOne(
          { _id: userId },
          { $set: { doneAt: now, forgetAt: new Date(now.getTime() + (LIMITS.roomLogDays + 1) * DAY) } },
        ),
      ),

    /** What she wrote under her number or an alias, a batch; empty when nothing is left under it. */
    async messagesOf({ authors }: Her): Promise<OwnMessage[]> {
      const query = () =>
        at('messages')
          .find({ authorId: { $in: authors } }, { projection: { roomId: 1 } })
          .limit(BATCH)
          .toArray();
      const found = await retryIdempotent(query);
      return found.map(({ _id, roomId }) => ({ id: String(_id), roomId: String(roomId) }));
    },

    /** These messages are nobody's from now on; `gone`: what could tell their words goes, too. */
    async disown(messages: OwnMessage[], gone: boolean): Promise<void> {
      const ids = messages.map(({ id }) => new mongoose.Types.ObjectId(id));
      const names = messages.map(({ id }) => id);
      await change(
        'messages',
        { 'replyTo.id': { $exists: true }, $and: [{ 'replyTo.id': { $in: names } }] },
        { $set: { 'replyTo.authorId': NOBODY } },
      );
      await change('searchMessages', { _id: { $in: ids } }, { $set: { authorId: null } });
      if (gone) {
        const clientIds = await retryIdempotent(() =>
          at('messages')
            .find({ _id: { $in: ids } }, { projection: { clientId: 1 } })
            .toArray(),
        );
        const known = clientIds.flatMap(({ clientId }) => (typeof clientId === 'string' ? [clientId] : []));
        await change(
          'roomLog',
          { clientId: { $exists: true }, $and: [{ clientId: { $in: known } }] },
          { $set: { textHash: '' } },
        );
      }
      await change(
        'messages',
        { _id: { $in: ids } },
        { $set: { authorId: nobody, ...(gone ? { textHash: '' } : {}) }, $unset: { versions: 1 } },
      );
    },

    /** Her reactions, mentions of her, and that she pinned or checked something. */
    async marks({ id, authors, authorNames }: Her): Promise<void> {
      const names = authors.map(String);
      const reacted = { reactors: { $exists: true }, $and: [{ reactors: { $in: authorNames } }] };
      await change('messages', reacted, { $pullAll: { reactors: authorNames } });
      for (;;) {
        const query = () =>
          at('mentions')
            .find({ userId: { $in: authors } })
            .limit(BATCH)
            .toArray();
        const rows = await retryIdempotent(query);
        if (rows.length === 0) break;
        const ids = rows.map(({ messageId }) => messageId as Id);
        await change('messages', { _id: { $in: ids } }, { $pullAll: { mentions: names } });
        await remove('mentions', { _id: { $in: rows.map(({ _id }) => _id) } });
      }
      const pinned = { 'pinned.order': { $exists: true }, 'pinned.by': { $in: names } };
      await change('messages', pinned, { $set: { 'pinned.by': NOBODY } });
      const checked = { 'verified.until': { $exists: true }, 'verified.by': { $in: names } };
      await change('messages', checked, { $set: { 'verified.by': NOBODY } });
      await change('messageMoves', { by: { $in: authors } }, { $set: { by: nobody } });
      await change('community', { closedBy: id }, { $set: { closedBy: null } });
      await change('wordLists', { reviewedBy: id }, { $set: { reviewedBy: NOBODY } });
    },

    /** What is hers alone. */
    async belongings({ id, oid, authors }: Her): Promise<void> {
      for (const name of [
        'roomMembers',
        'savedMessages',
        'notices',
        'pushDevices',
        'officeHoursFollows',
        'calendarFeeds',
      ])
        await remove(name, { userId: { $in: authors } });
      await remove('pushQuiet', { _id: oid });
      await remove('savedAnswers', { userId: id });
      await remove('sessions', { userId: id });
      await remove('invitations', { createdBy: id });
      await remove('accountLog', { $or: [{ targetId: id }, { actorId: id }] });
      await remove('figures', { who: id });
      await remove('blocks', { $or: [{ by: id }, { whom: id }] });
      await change('users', { invitedBy: id }, { $set: { invitedBy: null } });
    },

    /** Her places in queues, her steps, and that she was the one who helped. */
    async help({ oid }: Her): Promise<void> {
      for (;;) {
        const query = () =>
          at('tickets')
            .find({ ownerId: oid }, { projection: { _id: 1 } })
            .limit(BATCH)
            .toArray();
        const ids = (await retryIdempotent(query)).map(({ _id }) => _id);
        if (ids.length === 0) break;
        await remove('ticketEvents', { ticketId: { $in: ids } });
        await remove('tickets', { _id: { $in: ids } });
      }
      await change('tickets', { heldBy: oid }, { $unset: { heldBy: 1 } });
      await change('tickets', { hostId: oid }, { $set: { hostId: null } });
      await change('tickets', { handOver: oid }, { $set: { handOver: null } });
      await change('tickets', { 'invite.by': oid }, { $set: { invite: null } });
      await change('tickets', { 'last.by': oid }, { $set: { 'last.by': null } });
      await change('ticketEvents', { by: oid }, { $set: { by: null } });
      await remove('nextSteps', { ownerId: oid });
      await change('nextSteps', { by: oid }, { $set: { by: nobody } });
      await change('nextSteps', { sharedWith: oid }, { $set: { sharedWith: null } });
      await change('talks', { hostId: oid }, { $set: { hostId: nobody } });
      const mine = { $pull: { hostIds: oid, duty: { userId: oid } } };
      await change('dropIns', { $or: [{ hostIds: oid }, { 'duty.userId': oid }] }, mine);
      await change('officeHours', { hostIds: oid }, { $pull: { hostIds: oid } });
      await change('officeHours', { createdBy: oid }, { $set: { createdBy: nobody } });
    },

    /** Talks that were with her alone, a batch; from the others she is taken out. */
    async talksOf({ oid }: Her): Promise<string[]> {
      const alone = { owners: { $size: 1 }, 'owners.userId': oid };
      const query = () =>
        at('talks')
          .find(alone, { projection: { _id: 1 } })
          .limit(BATCH)
          .toArray();
      return (await retryIdempotent(query)).map(({ _id }) => String(_id));
    },
    dropTalk: (talkId: string) => remove('talks', { _id: new mongoose.Types.ObjectId(talkId) }),
    leaveTalks: ({ oid }: Her) => change('talks', { 'owners.userId': oid }, { $pull: { owners: { userId: oid } } }),

    /** Decisions about her go; her reports stay as nobody's, without her words. */
    async moderation({ id, authors }: Her): Promise<void> {
      const names = [...new Set([id, ...authors.map(String)])];
      for (;;) {
        const query = () =>
          at('moderationCases')
            .find({ aboutId: { $in: names } }, { projection: { _id: 1 } })
            .limit(BATCH)
            .toArray();
        const ids = (await retryIdempotent(query)).map(({ _id }) => _id);
        if (ids.length === 0) break;
        await remove('moderationReports', { caseId: { $in: ids } });
        await remove('moderationCases', { _id: { $in: ids } });
      }
      for (;;) {
        const report = await retryIdempotent(() => at('moderationReports').findOne({ reporterId: { $in: names } }));
        if (!report) break;
        // each under a number of its own: a case takes one report of everybody
        const nobodys = { $set: { reporterId: newId(), note: '' }, $unset: { unseen: 1 } };
        await change('moderationReports', { _id: report._id }, nobodys);
      }
      await change('moderationCases', { takenBy: id }, { $set: { takenBy: null } });
      await change('moderationCases', { 'looking.userId': id }, { $set: { looking: null } });
      await change('moderationCases', { 'decision.by': id }, { $set: { 'decision.by': NOBODY } });
      await change('moderationCases', { 'decision.proposedBy': id }, { $set: { 'decision.proposedBy': NOBODY } });
    },

    /** Uploads that no message of hers took along: to be removed with their blobs, a batch. */
    async uploadsOf({ authors }: Her): Promise<{ id: string; blobs: string[]; used: boolean }[]> {
      const query = () =>
        at('attachments')
          .find({ ownerId: { $in: authors } })
          .limit(BATCH)
          .toArray();
      return (await retryIdempotent(query)).map(({ _id, blobs, messageId, state }) => ({
        id: String(_id),
        blobs: Array.isArray(blobs) ? blobs.map(String) : [],
        used: messageId !== null && state === 'ready',
      }));
    },
    async dropUpload(uploadId: string): Promise<void> {
      const id = new mongoose.Types.ObjectId(uploadId);
      await remove('attachmentPieces', { attachmentId: id });
      await remove('attachments', { _id: id });
    },
    disownUpload: (uploadId: string) =>
      change('attachments', { _id: new mongoose.Types.ObjectId(uploadId) }, { $set: { ownerId: nobody, name: '' } }),

    async search({ authors }: Her): Promise<void> {
      const hers = { authorId: { $in: authors } };
      await change('searchMessages', hers, { $set: { authorId: null } });
      await remove('searchAuthors', hers);
    },

    account: ({ id }: Her) => remove('users', { _id: id }),
  };
}
