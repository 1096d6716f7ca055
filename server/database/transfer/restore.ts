// Puts a backup into an empty database, and compares every collection with what was written down. For the command and tests.
import { join } from 'node:path';
import type { Db } from 'mongodb';
import { SCHEMA } from '../migrations/index.ts';
import { NewerDatabaseError } from '../migrations/migrate.ts';
import { upkeepOf } from '../upkeep.ts';
import { DamagedError, readArchive } from './archive.ts';
import {
  collectionsOf,
  createIndexes,
  createWriter,
  decode,
  sameSum,
  sumOf,
  type CollectionPlan,
  type CollectionSum,
  type Writer,
} from './documents.ts';
import { FORMAT, readManifest, requireWhole, type Manifest } from './manifest.ts';

/** There is something in the database already. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError';
}

/** Names of collections that hold anything. */
export async function filledCollections(db: Db): Promise<string[]> {
  const filled: string[] = [];
  for (const { name } of await collectionsOf(db)) {
    if (await db.collection(name).findOne({}, { projection: { _id: 1 } })) filled.push(name);
  }
  return filled;
}

/** Reads the backup from end to end without touching any database. Raises DamagedError or NewerDatabaseError. */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest.format > FORMAT || manifest.schema > SCHEMA) throw new NewerDatabaseError(manifest.schema, SCHEMA);
  await requireWhole(folder, manifest);
  return manifest;
}

/**
 * Fills the database. When it is cut off, the hub refuses the database until the same restore was run again, which begins
 * anew. Raises NotEmptyError, DamagedError, NewerDatabaseError.
 */
export async function restoreBackup(db: Db, folder: string, say: (line: string) => void): Promise<Manifest> {
  const manifest = await checkBackup(folder);
  const upkeep = upkeepOf(db);
  const begun = await upkeep.findOne({ _id: 'restore' });
  const filled = await filledCollections(db);
  if (filled.length > 0 && begun?.source !== manifest.archive.sha256) {
    throw new NotEmptyError(`The database is not empty (${filled.join(', ')}). A backup goes into an empty hub only.`);
  }
  await upkeep.updateOne({ _id: 'restore' }, { $set: { source: manifest.archive.sha256 } }, { upsert: true });
  for (const name of filled) await db.collection(name).drop();

  const plans = await readInto(db, join(folder, manifest.archive.file), manifest, say);
  for (const plan of plans) await createIndexes(db, plan);
  await upkeep.deleteOne({ _id: 'restore' });
  return manifest;
}

async function readInto(db: Db, file: string, manifest: Manifest, say: (line: string) => void) {
  const plans: CollectionPlan[] = [];
  let writer: Writer | null = null;
  for await (const frame of readArchive(file)) {
    const plan = plans.at(-1);
    if (frame.kind === 'collection') {
      plans.push(frame.plan);
      await db.createCollection(frame.plan.name).catch(ignoreExisting);
      writer = createWriter(db, frame.plan.name);
    } else if (frame.kind === 'document') await writer?.add(decode(frame.raw), frame.raw.length);
    else if (frame.kind === 'end-of-collection' && plan) {
      await writer?.end();
      const expected = manifest.collections.find(({ name }) => name === plan.name);
      await compare(db, plan.name, expected, frame.total);
      say(`${plan.name}: ${frame.total.documents} documents, as in the backup`);
    }
  }
  if (plans.length !== manifest.collections.length) throw new DamagedError('collections are missing in the backup');
  return plans;
}

const NAMESPACE_EXISTS = 48;
function ignoreExisting(error: unknown): void {
  if ((error as { code?: unknown }).code !== NAMESPACE_EXISTS) throw error;
}

async function compare(db: Db, name: string, ...expected: (CollectionSum | undefined)[]): Promise<void> {
  const found = await sumOf(db, name);
  if (expected.every((one) => one && sameSum(one, found))) return;
  throw new DamagedError(`${name} is not as it was written down`);
}
