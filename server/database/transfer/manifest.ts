// The page beside a backup that says what is in it and how to know that it is whole. For backup.ts, restore.ts and nightly.ts.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { DamagedError, sumOfFile } from './archive.ts';

export const MANIFEST = 'manifest.json';
export const ARCHIVE = 'hub.bson.gz';
/** Raised when the archive is laid out in another way. */
export const FORMAT = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const schema = v.object({
  program: v.literal('strong-together'),
  format: count,
  /** The shape of the data, see migrations/. */
  schema: count,
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  /** False: MongoDB without snapshots; what was written meanwhile may be in it or not. */
  oneMoment: v.boolean(),
  archive: v.object({ file: v.literal(ARCHIVE), bytes: count, sha256 }),
  collections: v.array(v.object({ name: v.string(), documents: count, sum: sha256 })),
});

export type Manifest = v.InferOutput<typeof schema>;

/** Raises DamagedError when there is none or it is not ours. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => null);
  if (text === null) throw new DamagedError(`${folder} holds no backup: there is no ${MANIFEST}`);
  try {
    return v.parse(schema, JSON.parse(text));
  } catch {
    throw new DamagedError(`${MANIFEST} in ${folder} is damaged`);
  }
}

/** Reads the whole archive; raises DamagedError when it is not the file that the manifest describes. */
export async function requireWhole(folder: string, { archive }: Manifest): Promise<void> {
  const found = await sumOfFile(join(folder, archive.file)).catch(() => null);
  if (!found) throw new DamagedError(`${archive.file} in ${folder} is missing or cannot be read`);
  if (found.bytes !== archive.bytes || found.sha256 !== archive.sha256) {
    throw new DamagedError(`${archive.file} in ${folder} is damaged: it is not the file that was written`);
  }
}
