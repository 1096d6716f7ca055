// Uploads in pieces, and fetching what became of them. Imported by the hub; doors call it with (actor, input).
import type { Readable } from 'node:stream';
import { attachmentIdSchema, createUploadSchema, type AttachmentView, type UploadView } from '#shared/attachments.ts';
import { ATTACHMENT_LIMITS } from '#shared/attachments.limits.ts';
import * as v from 'valibot';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { newId } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import type { RoomsService } from '../rooms/rooms.service.ts';
import { createClaims, type Claims } from './attachments.claims.ts';
import { canCancel, canContinue, canFetch } from './attachments.policy.ts';
import type { Attachment, AttachmentsRepository } from './attachments.repository.ts';
import { uploadViewOf } from './attachments.views.ts';
import { createAttachmentWork, type WorkParts } from './attachments.work.ts';
import { prepare } from './image.ts';

/** A stored file on its way to somebody who may have it. */
export interface OpenFile {
  kind: AttachmentView['kind'];
  name: string;
  /** Of the stream. */
  bytes: number;
  stream(): Readable;
}

export interface AttachmentsService extends Claims {
  /**
   * Announces a file; the same clientId again answers the same upload. Raises 'payload.too-large' (max: bytes) before
   * anything is sent, 'rate.limited' (seconds) when her day is used up, 'forbidden' where she may not write.
   */
  /** For the doors: where it belongs, so that they know as whom she acts there; null for what is not there. */
  roomOf(id: unknown): Promise<string | null>;
  create(actor: Actor, input: unknown): Promise<UploadView>;
  /**
   * The next piece: `chunkBytes` long, only the last one shorter. An offset that is not the next answers with the state
   * as it is, so that a piece whose answer was lost can be sent again. The last piece is answered when the file is ready.
   */
  append(actor: Actor, id: unknown, offset: number, data: Buffer): Promise<UploadView>;
  /** Where an upload stands, to go on from there. */
  state(actor: Actor, id: unknown): Promise<UploadView>;
  /** Deletes what is there of it. Twice is no error; raises 'conflict' once a message uses it. */
  cancel(actor: Actor, id: unknown): Promise<void>;
  /** Raises 'not-found' for everybody who may not read its room, and for all once its message is removed. A picture too small for a thumb answers its file. */
  open(actor: Actor, id: unknown, size: 'file' | 'thumb'): Promise<OpenFile>;
  /** Deletes what no message used within a day. Every hour, by main.ts. Never raises. */
  sweep(): Promise<{ deleted: number }>;
}

export interface AttachmentsServiceParts extends Omit<WorkParts, 'prepare'> {
  attachments: AttachmentsRepository;
  rooms: Pick<RoomsService, 'authorise' | 'abilities'>;
  perDay?: { files: number; bytes: number };
  prepare?: WorkParts['prepare'];
  /** The author of this message is nobody for her; left out: nobody is. */
  keptFrom?: (viewerId: string, messageId: string) => Promise<boolean>;
}

const DAY_MS = 24 * 60 * 60_000;

export function createAttachmentsService(parts: AttachmentsServiceParts): AttachmentsService {
  const { attachments, blobs, rooms, clock } = parts;
  const perDay = parts.perDay ?? ATTACHMENT_LIMITS.perDay;
  const work = createAttachmentWork({ ...parts, prepare: parts.prepare ?? prepare });

  async function known(id: unknown): Promise<Attachment> {
    const found = v.is(attachmentIdSchema, id) ? await attachments.byId(id) : null;
    if (!found) throw new AppError('not-found');
    return found;
  }

  /** Counts her own new row too, so that of many at once too many are refused rather than too few. */
  async function limitDay(ownerId: string): Promise<void> {
    const now = clock.now().getTime();
    const { files, bytes, oldest } = await attachments.sumSince(ownerId, new Date(now - DAY_MS));
    if (files <= perDay.files && bytes <= perDay.bytes) return;
    const free = (oldest?.getTime() ?? now) + DAY_MS - now;
    throw new AppError('rate.limited', { seconds: Math.max(1, Math.ceil(free / 1000)) });
  }

  /** The stored upload of this clientId, when it is the same file. */
  async function again(actor: Actor, upload: { clientId: string; roomId: string; bytes: number }) {
    const before = await attachments.byClientId(actor.id, upload.clientId);
    if (!before) return null;
    if (before.roomId !== upload.roomId || before.bytes !== upload.bytes || before.state === 'over') {
      throw new AppError('conflict');
    }
    return uploadViewOf(before);
  }

  return {
    ...createClaims(parts, work),

    roomOf: (id) =>
      known(id).then(
        ({ roomId }) => roomId,
        () => null,
      ),
    async create(actor, input) {
      const upload = parse(createUploadSchema, input);
      if (upload.bytes > ATTACHMENT_LIMITS.fileBytes) {
        throw new AppError('payload.too-large', { max: ATTACHMENT_LIMITS.fileBytes });
      }
      const room = await rooms.authorise(actor, upload.roomId);
      const abilities = await rooms.abilities(actor, room);
      if (!abilities.post) throw new AppError('forbidden');
      const before = await again(actor, upload);
      if (before) return before;
      const id = newId();
      const made = await attachments.create({ id, ownerId: actor.id, ...upload, createdAt: clock.now() });
      if (!made) return (await again(actor, upload)) ?? Promise.reject(new AppError('conflict'));
      try {
        await limitDay(actor.id);
      } catch (error) {
        await attachments.drop(id);
        throw error;
      }
      return uploadViewOf(await known(id));
    },

    async append(actor, id, offset, data) {
      const upload = await known(id);
      insist(canContinue(actor, upload));
      const complete = upload.received === upload.bytes;
      if (complete || upload.state !== 'uploading' || offset !== upload.received) return uploadViewOf(upload);
      const due = Math.min(ATTACHMENT_LIMITS.chunkBytes, upload.bytes - offset);
      if (data.length !== due) throw new AppError('input.invalid', { field: 'piece' });
      const next = await attachments.append(upload.id, offset, data, clock.now());
      if (next && next.received < next.bytes) return uploadViewOf(next);
      const ready = next && (await work.finish(upload.id));
      return uploadViewOf(ready ?? (await known(id)));
    },

    async state(actor, id) {
      const upload = await known(id);
      insist(canContinue(actor, upload));
      const complete = upload.received === upload.bytes;
      const waiting = complete && (upload.state === 'uploading' || upload.state === 'working');
      // whoever had the work may have died with it
      const now = waiting ? await work.finish(upload.id) : upload;
      return uploadViewOf(now ?? upload);
    },

    async cancel(actor, id) {
      const upload = await known(id);
      if (upload.ownerId === actor.id && upload.state === 'over') return;
      insist(canCancel(actor, upload));
      if (!(await work.end(upload, null))) throw new AppError('conflict');
    },

    async open(actor, id, size) {
      const attachment = await known(id);
      insist(canFetch(actor, attachment));
      await rooms.authorise(actor, attachment.roomId);
      const { messageId } = attachment;
      if (messageId !== null && !(await parts.existing([messageId])).has(messageId)) {
        // removed, though its files could not be deleted at that moment; or not stored yet
        throw new AppError('not-found');
      }
      if (messageId !== null && (await parts.keptFrom?.(actor.id, messageId))) throw new AppError('not-found');
      const { kind, name, file, thumb } = attachment;
      const stored = (size === 'thumb' ? thumb : null) ?? file;
      if (!kind || !stored || (size === 'thumb' && kind !== 'image')) throw new AppError('not-found');
      return { kind, name, bytes: stored.bytes, stream: () => blobs.open(stored.blob) };
    },

    sweep: () => work.sweep(),
  };
}
