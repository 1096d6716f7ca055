// The file of a backup: frames of one byte and one BSON document, compressed. Written and read as a stream; for backup.ts and restore.ts.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { CollectionPlan, CollectionSum } from './documents.ts';
import { decode, encode } from './documents.ts';

/** What a backup holds, in the order of the file. */
export type Frame =
  | { kind: 'collection'; plan: CollectionPlan }
  | { kind: 'document'; raw: Uint8Array }
  | { kind: 'end-of-collection'; total: CollectionSum }
  | { kind: 'end' };

const KINDS = ['collection', 'document', 'end-of-collection', 'end'] as const;
/** A document of the database has at most 16 MiB, and MongoDB adds a little of its own. */
const MOST_BYTES = 17 * 1024 * 1024;

/** Unpacked at a time: a long document comes in few pieces. */
const UNPACKED_BYTES = 1024 * 1024;

/** The file is cut off, changed, or no archive at all. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

export interface WrittenFile {
  bytes: number;
  /** SHA-256 of the file, as hex. */
  sha256: string;
}

function* bytesOf(frame: Frame): Generator<Uint8Array> {
  yield Uint8Array.of(KINDS.indexOf(frame.kind));
  if (frame.kind === 'collection') yield encode({ ...frame.plan });
  else if (frame.kind === 'document') yield frame.raw;
  else if (frame.kind === 'end-of-collection') yield encode({ ...frame.total });
  else yield encode({});
}

/** Writes all frames; resolves when the file is on the disk. */
export async function writeArchive(file: string, frames: AsyncIterable<Frame>): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const frame of frames) yield* bytesOf(frame);
  }
  await pipeline(chunks, createGzip({ level: 6 }), count, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  await syncToDisk(file);
  return { bytes, sha256: hash.digest('hex') };
}

/** Also for a folder: the names in it are then durable. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync().catch(() => undefined); // not every system can for a folder
  } finally {
    await handle.close();
  }
}

export async function sumOfFile(file: string): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** The frames of a file; raises DamagedError where it is not what an archive is. */
export async function* readArchive(file: string): AsyncGenerator<Frame> {
  const unpacked = new PassThrough();
  const reading = pipeline(createReadStream(file), createGunzip({ chunkSize: UNPACKED_BYTES }), unpacked);
  reading.catch(() => undefined); // the loop below meets the same error
  let rest: Buffer = Buffer.alloc(0);
  let ended = false;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let frame = takeFrame(rest); frame; frame = takeFrame(rest)) {
        rest = rest.subarray(frame.length);
        if (ended) throw new DamagedError('something follows the end');
        ended = frame.value.kind === 'end';
        yield frame.value;
      }
    }
    await reading;
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('Z_')) throw new DamagedError('it cannot be unpacked');
    throw error;
  } finally {
    unpacked.destroy();
  }
  if (!ended || rest.length > 0) throw new DamagedError('it ends too early');
}

function takeFrame(buffer: Buffer): { value: Frame; length: number } | null {
  if (buffer.length < 6) return null;
  const kind = KINDS[buffer[0] ?? -1];
  const size = buffer.readInt32LE(1);
  if (!kind || size < 5 || size > MOST_BYTES) throw new DamagedError('it holds something else');
  if (buffer.length < 1 + size) return null;
  const raw = buffer.subarray(1, 1 + size);
  return { value: frameOf(kind, raw), length: 1 + size };
}

function frameOf(kind: Frame['kind'], raw: Buffer): Frame {
  if (kind === 'document') return { kind, raw };
  if (kind === 'end') return { kind };
  const document = decode(raw);
  if (kind === 'collection') {
    return { kind, plan: { name: String(document.name), indexes: document.indexes as CollectionPlan['indexes'] } };
  }
  return { kind, total: { documents: Number(document.documents), sum: String(document.sum) } };
}
