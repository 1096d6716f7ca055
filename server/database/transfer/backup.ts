// Makes a backup: one compressed file with everything, and a manifest with checksums, complete or not at all. For the command and tests.
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../domain/kernel/clock.ts';
import { schemaOf } from '../migrations/migrate.ts';
import { syncToDisk, writeArchive, type Frame } from './archive.ts';
import { collectionsOf, createSum, decode, readRaw, type CollectionSum } from './documents.ts';
import { ARCHIVE, FORMAT, MANIFEST, requireWhole, type Manifest } from './manifest.ts';
import { openMoment, type Moment } from './moment.ts';

/** The folder is taken: a backup never goes over another one. */
class FolderTakenError extends Error {
  override readonly name = 'FolderTakenError';
}

export interface BackupParts {
  /** The database, while others use it. */
  uri: string;
  /** New or empty. */
  folder: string;
  clock: Clock;
}

/** Raises FolderTakenError, or what the disk or the database raises; then the folder is as it was. */
export async function makeBackup({ uri, folder, clock }: BackupParts): Promise<Manifest> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new FolderTakenError(`The folder ${folder} is not empty.`);
  const createdAt = clock.now().toISOString();
  try {
    const moment = await openMoment(uri);
    try {
      return await writeBackup(moment, folder, createdAt);
    } finally {
      await moment.close();
    }
  } catch (error) {
    for (const name of await readdir(folder).catch(() => [])) await rm(join(folder, name), { force: true });
    if (made) await rm(made, { recursive: true, force: true });
    throw error;
  }
}

async function writeBackup(moment: Moment, folder: string, createdAt: string): Promise<Manifest> {
  const collections: (CollectionSum & { name: string })[] = [];
  const schema = await schemaOf(moment.db);
  const part = join(folder, `${ARCHIVE}.part`);
  const written = await writeArchive(part, framesOf(moment, collections));
  await rename(part, join(folder, ARCHIVE));
  const manifest: Manifest = {
    ...{ program: 'strong-together', format: FORMAT, schema, createdAt, oneMoment: moment.still },
    archive: { file: ARCHIVE, ...written },
    collections,
  };
  // read back from the disk: what cannot be read now will not be read in a year
  await requireWhole(folder, manifest);
  const page = join(folder, MANIFEST);
  await writeFile(`${page}.part`, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${page}.part`, page);
  await syncToDisk(folder);
  return manifest;
}

async function* framesOf(
  { db, session }: Moment,
  collections: (CollectionSum & { name: string })[],
): AsyncGenerator<Frame> {
  for (const plan of await collectionsOf(db)) {
    yield { kind: 'collection', plan };
    const sum = createSum();
    for await (const raw of readRaw(db, plan.name, session)) {
      sum.add(decode(raw));
      yield { kind: 'document', raw };
    }
    const total = sum.total();
    collections.push({ name: plan.name, ...total });
    yield { kind: 'end-of-collection', total };
  }
  yield { kind: 'end' };
}
