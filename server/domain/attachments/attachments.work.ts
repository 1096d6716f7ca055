// What happens with an upload once all of it is here, and what is thrown away. Imported by the attachments service.
import type { UploadFailure } from '#shared/attachments.ts';
import { ATTACHMENT_LIMITS } from '#shared/attachments.limits.ts';
import type { Clock } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Measure } from '../kernel/measure.ts';
import type { StoredSize } from './attachments.model.ts';
import type { Attachment, AttachmentsRepository, Finished } from './attachments.repository.ts';
import { nameOf } from './attachments.views.ts';
import type { BlobStore } from './blob-store.ts';
import type { Prepared } from './image.ts';

export interface WorkParts {
  attachments: AttachmentsRepository;
  blobs: BlobStore;
  prepare: (data: Buffer) => Promise<Prepared>;
  /** Of these messages, the ones that are stored. */
  existing: (messageIds: string[]) => Promise<Set<string>>;
  clock: Clock;
  log: Logger;
  measure: Measure;
}

/** After so long without an end, whoever worked on an upload is taken for dead. */
const STALE_MS = 3 * 60_000;
const HOUR_MS = 60 * 60_000;

/** One after the other: a picture may take 150 MB while it is open, and its file up to ten more. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(run: () => Promise<T>): Promise<T> => {
    const next = last.then(run, run);
    last = next.catch(() => undefined);
    return next;
  };
}

export function createAttachmentWork({ attachments, blobs, prepare, existing, clock, log, measure }: WorkParts) {
  const queue = oneAtATime();
  const waiting = new Set<string>();
  measure.queue('uploads', () => waiting.size);

  async function store(blob: string, made: { data: Buffer; width?: number; height?: number }): Promise<StoredSize> {
    await blobs.put(blob, made.data);
    return { blob, bytes: made.data.length, width: made.width ?? null, height: made.height ?? null };
  }

  async function finished(upload: Attachment, fileId: string, thumbId: string): Promise<Finished | UploadFailure> {
    const prepared = await prepare(await attachments.content(upload.id));
    if (prepared.kind === 'refused') return prepared.failure;
    const { kind } = prepared;
    const name = nameOf(upload.name, upload.id, kind);
    if (kind === 'pdf') return { kind, name, file: await store(fileId, prepared), thumb: null };
    const thumb = prepared.thumb && (await store(thumbId, prepared.thumb));
    return { kind, name, file: await store(fileId, prepared.file), thumb };
  }

  async function throwAway({ id, blobs: all }: Attachment, kept: (string | undefined)[] = []): Promise<void> {
    const gone = all.filter((blob) => !kept.includes(blob));
    await blobs.remove(gone);
    await attachments.forgetBlobs(id, gone);
    await attachments.dropPieces(id);
  }

  async function finishNow(id: string): Promise<Attachment | null> {
    const now = clock.now();
    const [fileId, thumbId] = [newId(), newId()];
    const stale = new Date(now.getTime() - STALE_MS);
    const upload = await attachments.beginWork(id, [fileId, thumbId], now, stale);
    if (!upload) return attachments.byId(id);
    const done = await finished(upload, fileId, thumbId).catch((error: unknown): UploadFailure => {
      log.error({ err: error, attachmentId: id }, 'upload not finished');
      return 'unknown';
    });
    const ready = await attachments.finish(id, now, done);
    if (ready) await throwAway(ready, [ready.file?.blob, ready.thumb?.blob]);
    else await blobs.remove([fileId, thumbId]); // cancelled meanwhile, or somebody else does it
    return ready ?? attachments.byId(id);
  }

  return {
    /** Makes what will be shown of a complete upload. One of all who call does it; the others find it 'working'. */
    async finish(id: string): Promise<Attachment | null> {
      if (waiting.has(id)) return attachments.byId(id);
      waiting.add(id);
      return queue(() => finishNow(id)).finally(() => waiting.delete(id));
    },

    /** Ends what still belongs to `messageId` (null: to nobody) and deletes its content. */
    async end(attachment: Attachment, messageId: string | null): Promise<boolean> {
      const over = await attachments.end(attachment.id, { messageId });
      if (over) await throwAway(over);
      return over !== null;
    },

    /** Deletes what no message used within a day, and what interrupted work left. Never raises. */
    async sweep(): Promise<{ deleted: number }> {
      let deleted = 0;
      try {
        const before = new Date(clock.now().getTime() - ATTACHMENT_LIMITS.orphanHours * HOUR_MS);
        for (;;) {
          const found = await attachments.unsettled(before);
          const used = found.filter(({ messageId, usedAt }) => messageId !== null && usedAt !== null);
          const stored = await existing([...new Set(used.map(({ messageId }) => messageId ?? ''))]);
          const safe = used.filter(({ messageId }) => stored.has(messageId ?? ''));
          await attachments.settle(safe.map(({ id }) => id));
          for (const attachment of found) {
            if (safe.includes(attachment)) continue;
            // a claim of the last minutes may belong to a message that is on its way
            if (attachment.usedAt && attachment.usedAt > new Date(clock.now().getTime() - HOUR_MS)) continue;
            const over = await attachments.end(attachment.id, { messageId: attachment.messageId });
            if (!over) continue;
            await throwAway(over);
            await attachments.drop(attachment.id);
            deleted++;
          }
          if (found.length < 200 || deleted === 0) break;
        }
      } catch (error) {
        log.warn({ err: error }, 'attachments were not cleaned up, the next hour tries again');
      }
      if (deleted > 0) log.info({ deleted }, 'unused attachments deleted');
      return { deleted };
    },
  };
}
