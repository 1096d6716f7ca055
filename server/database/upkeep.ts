// What one database remembers about work on itself: leases, nights that were backed up, copies that were not finished. Never part of a backup.
import { randomUUID } from 'node:crypto';
import type { Db } from 'mongodb';
import type { Clock } from '../domain/kernel/clock.ts';
import { isDuplicateKey } from './errors.ts';

export const UPKEEP = 'upkeep';

interface UpkeepDocument {
  _id: string;
  /** Lease: who has it, until when. */
  holder?: string;
  until?: Date;
  /** The night of the last backup, as its planned time. */
  night?: Date;
  /** A copy or restore that is not finished: of what, and which collections are complete. */
  source?: string;
  done?: { name: string; documents: number; sum: string }[];
}

export const upkeepOf = (db: Db) => db.collection<UpkeepDocument>(UPKEEP);

export interface Lease {
  release(): Promise<void>;
}

const LEASE_MS = 60_000;

/** One holder at a time, over all processes; it holds until it is released, or a minute after its process died. null: taken. */
export async function takeLease(db: Db, name: string, clock: Clock): Promise<Lease | null> {
  const holder = randomUUID();
  const _id = `lease:${name}`;
  const claim = async (filter: object, upsert: boolean): Promise<boolean> => {
    const now = clock.now().getTime();
    const update = { $set: { holder, until: new Date(now + LEASE_MS) } };
    const done = await upkeepOf(db).updateOne({ _id, ...filter }, update, { upsert });
    return done.matchedCount + done.upsertedCount > 0;
  };
  try {
    if (!(await claim({ until: { $lt: clock.now() } }, true))) return null;
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
  const renewing = setInterval(() => void claim({ holder }, false).catch(() => false), LEASE_MS / 4);
  renewing.unref();
  return {
    async release() {
      clearInterval(renewing);
      await upkeepOf(db).deleteOne({ _id, holder });
    },
  };
}

/** Copies into a database that were begun and not finished. */
const UNFINISHED = ['restore', 'copy'] as const;

/** A database into which a restore or a copy was not finished must not be used. */
export class UnfinishedError extends Error {
  override readonly name = 'UnfinishedError';
}

/** Raises UnfinishedError. */
export async function requireFinished(db: Db): Promise<void> {
  const found = await upkeepOf(db).findOne({ _id: { $in: [...UNFINISHED] } });
  if (!found) return;
  const command = found._id === 'restore' ? 'npm run restore' : 'npm run data:copy';
  throw new UnfinishedError(`This database is not complete: ${command} was interrupted. Run the same command again.`);
}
