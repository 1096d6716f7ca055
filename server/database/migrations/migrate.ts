// Brings a database to the shape this code knows, once, whichever process comes first. hub.ts runs it before anything reads.
import type { Db } from 'mongodb';
import type { Clock } from '../../domain/kernel/clock.ts';
import type { Logger } from '../../domain/kernel/logger.ts';
import { requireFinished, takeLease } from '../upkeep.ts';
import { MIGRATIONS, type Migration } from './index.ts';

const COLLECTION = 'migrations';

interface MigrationDocument {
  _id: number;
  name: string;
  doneAt: Date;
}

/** Data of a later release, which this code would misread. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';

  constructor(found: number, known: number) {
    super(
      `The database was written by a newer release (its data has shape ${found}, this release knows ${known}). ` +
        'Update the hub, or restore the backup made before the update.',
    );
  }
}

/** The highest migration that was finished; 0 where there was none yet. */
export async function schemaOf(db: Db): Promise<number> {
  const last = await db.collection<MigrationDocument>(COLLECTION).findOne({}, { sort: { _id: -1 } });
  return last?._id ?? 0;
}

/** How long another process is waited for between two looks, and how often the log says how far a migration is. */
const LOOK_MS = 500;
const SAY_MS = 5_000;

export interface MigrateParts {
  db: Db;
  clock: Clock;
  log: Logger;
  /** For tests. */
  migrations?: readonly Migration[];
}

/** Runs what is missing, in order. Raises NewerDatabaseError, UnfinishedError, or what a migration raises. */
export async function migrate({ db, clock, log, migrations = MIGRATIONS }: MigrateParts): Promise<void> {
  await requireFinished(db);
  const known = migrations.at(-1)?.number ?? 0;
  const missing = async (): Promise<Migration[]> => {
    const found = await schemaOf(db);
    if (found > known) throw new NewerDatabaseError(found, known);
    return migrations.filter(({ number }) => number > found);
  };

  for (let waited = false; (await missing()).length > 0; waited = true) {
    const lease = await takeLease(db, 'migrations', clock);
    if (lease) {
      try {
        // looked up again: another process may have finished just before
        for (const migration of await missing()) await runOne(migration, { db, clock, log });
      } finally {
        await lease.release();
      }
    } else {
      if (!waited) log.info({}, 'another process brings the database up to date, waiting for it');
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}

async function runOne({ number, name, run }: Migration, { db, clock, log }: Omit<MigrateParts, 'migrations'>) {
  const began = performance.now();
  let said = began;
  await run(db, (done, all) => {
    if (performance.now() - said < SAY_MS) return;
    said = performance.now();
    log.info({ migration: number, done, all }, 'migration goes on');
  });
  const migrations = db.collection<MigrationDocument>(COLLECTION);
  const stored = { $set: { name, doneAt: clock.now() } };
  await migrations.updateOne({ _id: number }, stored, { upsert: true, writeConcern: { w: 'majority', journal: true } });
  log.info({ migration: number, name, ms: Math.round(performance.now() - began) }, 'migration done');
}
