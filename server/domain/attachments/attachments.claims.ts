// Attachments and the messages that use them. Imported by the attachments service; the messages service calls it.
import type { AttachmentView } from '#shared/attachments.ts';
import { attachmentIdsSchema } from '#shared/attachments.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { canUse } from './attachments.policy.ts';
import type { Attachment, AttachmentsRepository } from './attachments.repository.ts';
import { viewOf } from './attachments.views.ts';
import type { createAttachmentWork } from './attachments.work.ts';

export interface Claims {
  /**
   * Gives finished uploads to a message, in this order; call it before the message is stored. Again for the same message
   * is the same. Raises 'not-found' for what is not hers or not of this room, 'conflict' for what is not finished or is
   * in another message, 'unavailable' when another post of hers may be using it this moment; then none is given.
   * `anonymous`: raises 'input.invalid' (field: attachments) for documents, which may say inside who wrote them.
   */
  claim(
    actor: Actor,
    roomId: string,
    ids: readonly string[],
    messageId: string,
    options?: { anonymous?: boolean },
  ): Promise<AttachmentView[]>;
  /** The message was not stored after all: hers to use again. */
  letGo(messageId: string, ids: readonly string[]): Promise<void>;
  /** By id; those that are gone are left out. */
  views(ids: readonly string[]): Promise<Map<string, AttachmentView>>;
  /** The message was removed: nobody can fetch them from now on, and their content is deleted. May run twice. */
  release(messageId: string): Promise<void>;
  /**
   * Messages went to another room: who may read that one may fetch them. `newIdOf`: what a message is called there, so
   * that removing it there removes its files. May run twice.
   */
  moved(messageIds: readonly string[], roomId: string, newIdOf?: (id: string) => string): Promise<void>;
}

interface ClaimParts {
  attachments: AttachmentsRepository;
  existing: (messageIds: string[]) => Promise<Set<string>>;
  clock: Clock;
}

/** So long a message may be on its way to the log. */
const ON_ITS_WAY_MS = 30_000;

export function createClaims(
  { attachments, existing, clock }: ClaimParts,
  work: Pick<ReturnType<typeof createAttachmentWork>, 'end'>,
): Claims {
  /** Takes one for `messageId`; true when it was not that message's before. */
  async function take(attachment: Attachment, messageId: string): Promise<boolean> {
    const had = attachment.messageId;
    if (had === messageId) return false;
    if (had !== null) {
      if ((await existing([had])).has(had)) throw new AppError('conflict');
      const age = clock.now().getTime() - (attachment.usedAt?.getTime() ?? 0);
      if (age < ON_ITS_WAY_MS) throw new AppError('unavailable');
    }
    if (await attachments.claim(attachment.id, messageId, had, clock.now())) return true;
    const now = await attachments.byId(attachment.id);
    if (now?.messageId === messageId) return false;
    throw new AppError('conflict');
  }

  return {
    async claim(actor, roomId, given, messageId, { anonymous = false } = {}) {
      const ids = parse(attachmentIdsSchema, given);
      if (ids.length === 0) return [];
      const found = new Map((await attachments.byIds(ids)).map((attachment) => [attachment.id, attachment]));
      const wanted = ids.map((id) => found.get(id));
      const all = wanted.filter((attachment) => attachment !== undefined);
      if (all.length < wanted.length) throw new AppError('not-found');
      for (const attachment of all) {
        insist(canUse(actor, attachment, roomId));
        if (anonymous && attachment.kind === 'pdf') throw new AppError('input.invalid', { field: 'attachments' });
      }
      const taken: string[] = [];
      try {
        for (const attachment of all) if (await take(attachment, messageId)) taken.push(attachment.id);
      } catch (error) {
        if (taken.length > 0) await attachments.letGo(messageId, taken);
        throw error;
      }
      return all.map(viewOf).filter((view) => view !== null);
    },

    async letGo(messageId, ids) {
      if (ids.length > 0) await attachments.letGo(messageId, ids);
    },

    async views(ids) {
      const found = ids.length > 0 ? await attachments.byIds([...new Set(ids)]) : [];
      const views = found.map(viewOf).filter((view) => view !== null);
      return new Map(views.map((view) => [view.id, view]));
    },

    async release(messageId) {
      for (const attachment of await attachments.ofMessage(messageId)) await work.end(attachment, messageId);
    },

    async moved(messageIds, roomId, newIdOf = (id) => id) {
      for (const id of messageIds) await attachments.move(id, { messageId: newIdOf(id), roomId });
    },
  };
}
